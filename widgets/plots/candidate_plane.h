// A step's candidates by the two terms of the score: likelihood across, imbalance up. Candidates of one score
// lie on a straight line of slope −τ; dragging the line changes τ.
#pragma once
#include "widgets/plots/plot_view.h"
#include "widgets/search.h"

class QCPGraph;
class QCPItemStraightLine;

namespace moequant {

class CandidatePlane : public PlotView {
    Q_OBJECT
  public:
    explicit CandidatePlane(QWidget* parent = nullptr);
    /// Candidates in rank order, and the τ at which they are ranked now.
    void set_candidates(const QVector<BeamCandidate>& candidates, double tau);
    void set_tau(double tau);
    /// The vertical axis' title, "σ" with its unit.
    void set_sigma_title(const QString& title);
    void select_candidate(int rank);
    double tau() const { return tau_; }
    /// Ranks that this τ would keep.
    const QVector<int>& kept_now() const { return choice_.kept; }
    /// Score on the line between what stays and what goes; NaN without candidates.
    double threshold() const { return threshold_; }
    TextTable data() const override;

  Q_SIGNALS:
    /// The line was dragged, or an arrow key pressed.
    void tau_changed(double tau);
    void candidate_selected(int rank);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;
    void step_selection(int layers, int experts) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void place_all();
    void place_line(QCPItemStraightLine* line, double score) const;
    int candidate_at(const QPoint& position) const;
    bool on_line(const QPoint& position) const;
    void drag_to(const QPoint& position);
    QVector<BeamCandidate> candidates_;
    StepChoice choice_;
    double tau_ = 1, threshold_ = no_value;
    QCPGraph *kept_, *pruned_, *now_, *selected_mark_;
    QCPItemStraightLine* line_;
    QVector<QCPItemStraightLine*> equal_;
    int selected_ = -1;
    bool dragging_ = false;
    QPointF pivot_; ///< of the drag, in coordinates
};

} // namespace moequant
