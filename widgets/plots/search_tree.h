// An EBSS search over its steps: which candidates were kept, which were pruned, and which kept branches lived
// to the end.
#pragma once
#include "widgets/plots/plot_view.h"
#include "widgets/search.h"

namespace moequant {

class BranchGraph;

class SearchTree : public PlotView {
    Q_OBJECT
  public:
    explicit SearchTree(QWidget* parent = nullptr);
    /// Keeps the shown range of steps when the search has only grown.
    void set_search(const BeamSearch& search);
    /// Steps after this one are drawn faintly: the recorded candidates no longer are what a search would see.
    /// −1: none.
    void set_first_change(int step);
    /// Marks a step and moves the shown range so that it can be seen.
    void select_step(int step);
    /// From the first step to the last, however many there are.
    void show_every_step();
    int step() const { return step_; }
    TextTable data() const override;

  Q_SIGNALS:
    /// A click or an arrow key; rank −1: no candidate was meant.
    void step_selected(int step, int rank);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;
    void step_selection(int layers, int experts) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    /// The candidate nearest to a position; rank −1: none within a few pixels.
    bool place_at(const QPoint& position, int& step, int& rank) const;
    BeamSearch search_;
    QVector<QVector<bool>> alive_;
    QVector<int> path_;
    BranchGraph* branches_;
    int step_ = -1, change_ = -1, ranks_ = 1;
    double left_ = 0, right_ = 0; ///< the range that was chosen here; another one is the user's
};

} // namespace moequant
