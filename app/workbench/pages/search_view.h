// One search of the EBSS page, live or recorded: its candidates step by step, its tree, and what another τ
// would have kept.
#pragma once
#include "widgets/search.h"
#include "widgets/tables/beam_model.h"

#include <QTimer>
#include <QWidget>

#include <map>

class QAction;
class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace moequant {

class CandidatePlane;
class DataTable;
class LayerLines;
class SearchTree;

class SearchView : public QWidget {
    Q_OBJECT
  public:
    /// `preview` runs the real search.
    explicit SearchView(QAction* preview, QWidget* parent = nullptr);
    void clear();
    /// A step of a running search at `tau`, candidates in rank order; others may have been left out between.
    void add_step(int sequence, double tau, int step, const QVector<BeamCandidate>& candidates);
    /// Recorded searches; they replace those of the same sequences.
    void set_searches(const QVector<BeamSearch>& searches);
    /// Ranks what is shown at another τ.
    void set_tau(double tau);
    /// The axis' title, "σ" with its unit.
    void set_sigma_title(const QString& title);
    void show_step(int step);
    int step() const { return step_; }
    /// The first step whose choice the present τ changes; −1: none.
    int changed_at() const { return changed_; }

  Q_SIGNALS:
    /// A τ that was drawn in the plane.
    void tau_changed(double tau);
    void message(const QString& text, bool error);

  private:
    QWidget* build_bar();
    BeamSearch* shown();
    void refresh();
    void show_choice();
    void show_course();
    void move(int steps);
    void play(bool on);
    QString title() const;

    std::map<int, BeamSearch> searches_;
    double tau_ = 1.2;
    int step_ = -1, changed_ = -1;
    bool follow_ = true; ///< the last step, while nobody looks at another
    BeamModel beams_;
    DataTable* table_;
    SearchTree* tree_;
    CandidatePlane* plane_;
    LayerLines* course_;
    QAction* preview_;
    QComboBox* sequence_;
    QSlider* steps_;
    QToolButton *back_, *play_, *next_, *search_again_;
    QLabel *where_, *note_;
    QTimer soon_, clock_;
};

} // namespace moequant
