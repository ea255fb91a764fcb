// Draws the steps of a search that can be seen: a node a candidate, a line to its parent.
#pragma once
#include "widgets/plots/plot_style.h"
#include "widgets/search.h"

#include <qcustomplot.h>

namespace moequant {

/// Of the branch that the best beam of the last step came through, and of what another τ would change.
inline const QColor best_branch_color(0xd55e00);

class BranchGraph : public QCPAbstractItem {
  public:
    explicit BranchGraph(QCustomPlot* plot);
    void set(const BeamSearch* search, const QVector<QVector<bool>>* alive, const QVector<int>* path) {
        search_ = search, alive_ = alive, path_ = path;
    }
    void set_style(const PlotStyle& style) { style_ = style; }
    void set_marks(int step, int change) { step_ = step, change_ = change; }
    double selectTest(const QPointF&, bool, QVariant* = nullptr) const override { return -1; }

  protected:
    void draw(QCPPainter* painter) override;

  private:
    QPointF place(int step, int rank) const;
    void draw_step(QCPPainter* painter, int step, bool nodes);
    void draw_text(QCPPainter* painter, int step);
    const BeamSearch* search_ = nullptr;
    const QVector<QVector<bool>>* alive_ = nullptr;
    const QVector<int>* path_ = nullptr;
    PlotStyle style_;
    int step_ = -1, change_ = -1;
};

} // namespace moequant
