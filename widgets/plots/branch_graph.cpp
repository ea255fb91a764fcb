#include "widgets/plots/branch_graph.h"

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr double pruned_alpha = 0.45, late_alpha = 0.28;
constexpr double text_spacing = 64; ///< pixels between steps from which the tokens can be written

QColor faded(QColor color, double alpha) {
    color.setAlphaF(float(color.alphaF() * alpha));
    return color;
}

} // namespace

BranchGraph::BranchGraph(QCustomPlot* plot) : QCPAbstractItem(plot) {
    setSelectable(false);
}

QPointF BranchGraph::place(int step, int rank) const {
    return {mParentPlot->xAxis->coordToPixel(step), mParentPlot->yAxis->coordToPixel(rank + 1)};
}

void BranchGraph::draw(QCPPainter* painter) {
    if (!search_ || search_->steps.isEmpty())
        return;
    const auto* axis = mParentPlot->xAxis;
    const QRectF clip = clipAxisRect()->rect();
    const int first = std::max(0, int(std::floor(axis->range().lower)) - 1),
              last = std::min(int(search_->steps.size()) - 1, int(std::ceil(axis->range().upper)) + 1);
    painter->save();
    painter->setClipRect(clip);
    painter->setAntialiasing(true);
    if (step_ >= 0 && !style_.print) {
        const double left = axis->coordToPixel(step_ - 0.5), right = axis->coordToPixel(step_ + 0.5);
        QColor band = style_.selection;
        band.setAlphaF(0.22f);
        painter->fillRect(
            QRectF(QPointF(left, clip.top()), QPointF(std::max(right, left + 2), clip.bottom())), band);
    }
    for (const bool nodes : {false, true})
        for (int step = first; step <= last; ++step)
            draw_step(painter, step, nodes);
    if (change_ >= 0) {
        const double x = axis->coordToPixel(change_ + 0.5);
        painter->setPen(QPen(best_branch_color, style_.line, Qt::DashLine));
        painter->drawLine(QPointF(x, clip.top()), QPointF(x, clip.bottom()));
    }
    if (axis->coordToPixel(1) - axis->coordToPixel(0) >= text_spacing)
        for (int step = first; step <= last; ++step)
            draw_text(painter, step);
    painter->restore();
}

void BranchGraph::draw_step(QCPPainter* painter, int step, bool nodes) {
    const auto& candidates = search_->steps[step];
    const double late = change_ >= 0 && step > change_ ? late_alpha : 1;
    const double spacing = mParentPlot->xAxis->coordToPixel(1) - mParentPlot->xAxis->coordToPixel(0);
    const double radius = std::clamp(spacing / 5, 1.2, 4.0) * (style_.print ? 1.3 : 1);
    for (int rank = int(candidates.size()) - 1; rank >= 0; --rank) { // the best on top
        const auto& candidate = candidates[rank];
        const bool best = path_->value(step, -1) == rank;
        const QColor color = best ? best_branch_color : candidate.kept ? style_.text : style_.muted;
        const double alpha = late * (best                    ? 1
                                     : (*alive_)[step][rank] ? 0.9
                                     : candidate.kept        ? 0.6
                                                             : pruned_alpha);
        const QPointF here = place(step, rank);
        if (!nodes) {
            const int parent = step > 0 ? rank_of_kept(search_->steps[step - 1], candidate.parent) : -1;
            if (parent < 0)
                continue;
            painter->setPen(QPen(faded(color, alpha), best             ? style_.line * 1.5
                                                      : candidate.kept ? style_.line
                                                                       : style_.line * 0.6));
            painter->drawLine(place(step - 1, parent), here);
            continue;
        }
        if (!candidate.kept && spacing < 5)
            continue;
        painter->setPen(QPen(faded(color, alpha), 1));
        painter->setBrush(candidate.kept ? QBrush(faded(color, alpha)) : QBrush(style_.background));
        painter->drawEllipse(here, radius, radius);
    }
    painter->setBrush(Qt::NoBrush);
}

void BranchGraph::draw_text(QCPPainter* painter, int step) {
    const auto& candidates = search_->steps[step];
    painter->setFont(style_.small_font);
    const QFontMetricsF metrics(style_.small_font);
    const double room = mParentPlot->xAxis->coordToPixel(1) - mParentPlot->xAxis->coordToPixel(0) - 12;
    const double height = mParentPlot->yAxis->coordToPixel(2) - mParentPlot->yAxis->coordToPixel(1);
    if (height < metrics.height())
        return;
    for (int rank = 0; rank < candidates.size(); ++rank) {
        const auto& candidate = candidates[rank];
        if (!candidate.kept || candidate.text.isEmpty())
            continue;
        const QString text = metrics.elidedText(candidate.text.right(24), Qt::ElideLeft, room);
        painter->setPen(faded(style_.text, change_ >= 0 && step > change_ ? 0.5 : 1));
        painter->drawText(place(step, rank) + QPointF(-metrics.horizontalAdvance(text) / 2, -6), text);
    }
}

} // namespace moequant
