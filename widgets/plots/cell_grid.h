// Draws the cells of a heat map as rectangles, so that they stay sharp in PDF and SVG and can be hatched.
#pragma once
#include "widgets/plots/heat_map.h"

#include <qcustomplot.h>

namespace moequant {

class CellGrid : public QCPAbstractItem {
  public:
    explicit CellGrid(QCustomPlot* plot);
    void set(const CellMap* map, const ValueRange& range) { map_ = map, range_ = range; }
    void set_style(const PlotStyle& style) { style_ = style; }
    void select(int row, int expert) { row_ = row, expert_ = expert; }
    double selectTest(const QPointF&, bool, QVariant* = nullptr) const override { return -1; }

  protected:
    void draw(QCPPainter* painter) override;

  private:
    const CellMap* map_ = nullptr;
    ValueRange range_;
    PlotStyle style_;
    int row_ = -1, expert_ = -1;
};

/// Grey with diagonal lines, the mark of cells without a token.
void draw_hatch(QPainter* painter, const QRectF& rect, const PlotStyle& style);

} // namespace moequant
