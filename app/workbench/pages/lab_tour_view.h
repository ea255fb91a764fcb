// The guided tour through a run of the lab: a step's text and picture side by side, its answer on demand.
#pragma once
#include "app/workbench/lab_tour.h"

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedLayout;
class QTextBrowser;
class QToolButton;

namespace moequant {

class Card;
class Settings;

class LabTourView : public QWidget {
    Q_OBJECT
  public:
    /// `measure` makes a run to walk through.
    LabTourView(Settings& settings, QAction* measure, QWidget* parent = nullptr);
    /// `command`: the line that made the run; empty: not known.
    void set_report(const LabReport& report, const QString& command);
    int step() const { return step_; }
    bool answer_shown() const { return revealed_; }
    /// Writes the tour as Markdown, with its pictures beside.
    void save_notebook(const QString& path);

  Q_SIGNALS:
    void message(const QString& text, bool error);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QWidget* build_bar();
    QWidget* build_text();
    void show_step(int step);
    void show_figure(const TourStep& step);
    void reveal();
    void write_text();
    void choose_file();

    Settings& settings_;
    LabReport report_;
    QString command_;
    QVector<TourStep> steps_;
    int step_ = 0;
    bool revealed_ = false;
    QStackedLayout* stack_; ///< the empty state, or the steps
    QSplitter* both_;
    Card* card_;
    QTextBrowser* text_;
    PlotView* figure_ = nullptr; ///< of the step shown
    QLabel* where_;
    QToolButton *back_, *next_;
    QPushButton *reveal_, *save_;
};

} // namespace moequant
