#include "widgets/plots/cell_grid.h"

#include <cmath>

namespace moequant {

void draw_hatch(QPainter* painter, const QRectF& rect, const PlotStyle& style) {
    painter->fillRect(rect, style.no_token);
    painter->save();
    painter->setPen(QPen(style.no_token_line, style.print ? 1.2 : 1));
    // Lines of the family x + y = constant, cut to the rectangle by hand: SVG has no clipping here.
    const double gap = style.print ? 7 : 5;
    const double from = std::ceil((rect.left() + rect.top()) / gap) * gap;
    for (double c = from; c < rect.right() + rect.bottom(); c += gap) {
        const double x1 = std::max(rect.left(), c - rect.bottom()),
                     x2 = std::min(rect.right(), c - rect.top());
        if (x2 > x1)
            painter->drawLine(QPointF(x1, c - x1), QPointF(x2, c - x2));
    }
    painter->restore();
}

CellGrid::CellGrid(QCustomPlot* plot) : QCPAbstractItem(plot) {
    setSelectable(false);
}

void CellGrid::draw(QCPPainter* painter) {
    if (!map_ || map_->layers.isEmpty())
        return;
    const auto *x = mParentPlot->xAxis, *y = mParentPlot->yAxis;
    const QRectF clip = clipAxisRect()->rect();
    const bool vector = painter->modes().testFlag(QCPPainter::pmVectorized);
    // Where a pixel here is no whole number of the device's, edges of neighbours may be rounded apart.
    const double scale = painter->deviceTransform().m11();
    const bool overlap = vector || std::abs(scale - std::round(scale)) > 1e-6;
    const auto cell = [&](int row, int expert) {
        const double left = x->coordToPixel(expert - 0.5), right = x->coordToPixel(expert + 0.5);
        const double top = y->coordToPixel(row - 0.5), bottom = y->coordToPixel(row + 0.5);
        QRectF rect = QRectF(QPointF(left, top), QPointF(right, bottom)).normalized();
        if (!vector) // whole pixels: neighbours meet without a seam
            rect = QRectF(QPointF(std::round(rect.left()), std::round(rect.top())),
                          QPointF(std::round(rect.right()), std::round(rect.bottom())));
        return rect.intersected(clip);
    };
    painter->setAntialiasing(vector);
    for (int row = 0; row < map_->layers.size(); ++row)
        for (int expert = 0; expert < map_->experts; ++expert) {
            const QRectF rect = cell(row, expert);
            if (rect.isEmpty())
                continue;
            const double value = map_->values[map_->index(row, expert)];
            if (map_->without_token(row, expert))
                draw_hatch(painter, rect, style_);
            else if (std::isfinite(value)) // a hair of overlap hides the seams
                painter->fillRect(overlap ? rect.adjusted(0, 0, 0.3, 0.3).intersected(clip) : rect,
                                  range_.color(value));
        }
    if (row_ < 0 || expert_ < 0 || style_.print)
        return;
    const QRectF rect = cell(row_, expert_);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(Qt::black, 4));
    painter->drawRect(rect);
    painter->setPen(QPen(Qt::white, 2));
    painter->drawRect(rect);
}

} // namespace moequant
