#include "widgets/plots/error_scatter.h"

#include "widgets/colors.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr double reach = 8; ///< pixels from a point that still mean it

QCPRange padded(double low, double high) {
    return low < high ? QCPRange(low / 1.3, high * 1.3) : QCPRange(low / 2, high * 2);
}

} // namespace

ErrorScatter::ErrorScatter(QWidget* parent)
    : PlotView(tr("Error against tokens"), parent),
      scale_(new QCPColorScale(plot())),
      ring_(new QCPItemTracer(plot())),
      trend_line_(plot()->addGraph()) {
    for (auto* axis : {plot()->xAxis, plot()->yAxis}) {
        axis->setScaleType(QCPAxis::stLogarithmic);
        axis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
        axis->setNumberFormat(QStringLiteral("gbc"));
        axis->setNumberPrecision(2);
    }
    plot()->xAxis->setLabel(tr("Tokens of the expert"));
    plot()->plotLayout()->addElement(1, 1, scale_);
    scale_->setType(QCPAxis::atRight);
    scale_->setBarWidth(14);
    scale_->setLabel(tr("Layer"));
    auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    scale_->axis()->setTicker(ticker);
    scale_->setRangeDrag(false);
    scale_->setRangeZoom(false);
    QCPColorGradient gradient;
    gradient.clearColorStops();
    const auto& stops = viridis_stops();
    for (int i = 0; i < stops.size(); ++i)
        gradient.setColorStopAt(double(i) / double(stops.size() - 1), stops[i]);
    scale_->setGradient(gradient);
    auto* margins = new QCPMarginGroup(plot());
    axes()->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    scale_->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    trend_line_->setSelectable(QCP::stNone);
    ring_->setStyle(QCPItemTracer::tsCircle);
    ring_->setSize(14);
    ring_->setSelectable(false);
    ring_->setVisible(false);
    restyle();
}

void ErrorScatter::set_map(const CellMap& map) {
    for (auto* graph : graphs_)
        plot()->removeGraph(graph);
    graphs_.clear();
    points_.clear();
    value_title_ = map.value_title;
    first_ = map.layers.isEmpty() ? 0 : map.layers.first();
    last_ = map.layers.isEmpty() ? 1 : map.layers.last();
    for (int row = 0; row < map.layers.size(); ++row) {
        QVector<double> tokens, errors;
        for (int expert = 0; expert < map.experts; ++expert) {
            const int i = map.index(row, expert);
            const double count = map.tokens.isEmpty() ? no_value : map.tokens[i];
            if (!(count > 0) || !(map.values[i] > 0))
                continue;
            points_.append({map.layers[row], expert, count, map.values[i]});
            tokens.append(count);
            errors.append(map.values[i]);
        }
        auto* graph = plot()->addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setSelectable(QCP::stNone);
        graph->setData(tokens, errors);
        graphs_.append(graph);
    }
    QVector<double> tokens, errors;
    for (const Point& point : points_) {
        tokens.append(point.tokens);
        errors.append(point.error);
    }
    trend_ = fit_power_law(tokens, errors);
    trend_line_->data()->clear();
    if (std::isfinite(trend_.slope)) {
        const auto [fewest, most] = std::minmax_element(tokens.begin(), tokens.end());
        trend_line_->setData({*fewest, *most}, {trend_.at(*fewest), trend_.at(*most)}, true);
    }
    trend_line_->setLayer(QStringLiteral("overlay"));
    show_content(!points_.isEmpty());
    plot()->yAxis->setLabel(value_title_);
    scale_->setDataRange(last_ > first_ ? QCPRange(first_, last_) : QCPRange(first_ - 0.5, first_ + 0.5));
    describe(tr("Scatter: %1 against tokens, %2 experts").arg(value_title_).arg(points_.size()));
    ring_->setVisible(false);
    reset_axes();
    restyle();
    redraw();
}

void ErrorScatter::select_cell(int layer, int expert) {
    const auto found = std::find_if(points_.begin(), points_.end(), [&](const Point& point) {
        return point.layer == layer && point.expert == expert;
    });
    ring_->setVisible(found != points_.end());
    if (found != points_.end())
        ring_->position->setCoords(found->tokens, found->error);
    redraw();
}

void ErrorScatter::apply_style(const PlotStyle& style) {
    style_axis(scale_->axis(), style);
    scale_->setMargins(QMargins()); // its margins in the group would never shrink by themselves
    scale_->setBarWidth(style.print ? 18 : 14);
    for (int i = 0; i < graphs_.size(); ++i) {
        const QColor color = viridis(graphs_.size() > 1 ? double(i) / double(graphs_.size() - 1) : 0.5);
        QColor edge = style.muted;
        edge.setAlphaF(0.6f);
        graphs_[i]->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, edge, color, style.print ? 8 : 7));
    }
    trend_line_->setPen(QPen(style.text, style.line));
    ring_->setPen(QPen(style.selection, style.print ? 0 : 2));
    ring_->setBrush(Qt::NoBrush);
}

QVector<KeyEntry> ErrorScatter::key() const {
    if (!std::isfinite(trend_.slope))
        return {};
    if (!compared_.isEmpty())
        return {{tr("trend"), QColor(), KeyEntry::Mark::Line, -1}};
    return {{tr("trend: slope %1, r = %2, %L3 experts")
                 .arg(trend_.slope, 0, 'f', 2)
                 .arg(trend_.correlation, 0, 'f', 2)
                 .arg(trend_.points),
             QColor(), KeyEntry::Mark::Line, -1}};
}

void ErrorScatter::reset_axes() {
    if (points_.isEmpty())
        return;
    double fewest = INFINITY, most = 0, least = INFINITY, worst = 0;
    const auto take = [&](double tokens, double error) {
        fewest = std::min(fewest, tokens);
        most = std::max(most, tokens);
        least = std::min(least, error);
        worst = std::max(worst, error);
    };
    for (const Point& point : points_)
        take(point.tokens, point.error);
    for (const CellMap& map : compared_)
        for (qsizetype i = 0; i < std::min(map.values.size(), map.tokens.size()); ++i)
            if (map.tokens[i] > 0 && map.values[i] > 0)
                take(map.tokens[i], map.values[i]);
    plot()->xAxis->setRange(padded(fewest, most));
    plot()->yAxis->setRange(padded(least, worst));
}

void ErrorScatter::set_compared(const QVector<CellMap>& maps) {
    compared_ = maps;
    reset_axes();
    restyle();
    redraw();
}

const ErrorScatter::Point* ErrorScatter::point_at(const QPoint& position) const {
    const Point* nearest = nullptr;
    double best = reach;
    for (const Point& point : points_) {
        const double distance = std::hypot(plot()->xAxis->coordToPixel(point.tokens) - position.x(),
                                           plot()->yAxis->coordToPixel(point.error) - position.y());
        if (distance < best) {
            best = distance;
            nearest = &point;
        }
    }
    return nearest;
}

QString ErrorScatter::readout(const QPoint& position) const {
    const Point* point = point_at(position);
    if (!point)
        return {};
    return tr("Layer %1, expert %2\n%3: %4\n%L5 tokens")
        .arg(point->layer)
        .arg(point->expert)
        .arg(value_title_)
        .arg(point->error, 0, 'g', 5)
        .arg(qint64(point->tokens));
}

void ErrorScatter::clicked(const QPoint& position) {
    if (const Point* point = point_at(position))
        Q_EMIT cell_selected(point->layer, point->expert);
}

TextTable ErrorScatter::data() const {
    TextTable table{
        {QStringLiteral("layer"), QStringLiteral("expert"), QStringLiteral("tokens"), value_title_}, {}};
    for (const Point& point : points_)
        table.rows.append({QString::number(point.layer), QString::number(point.expert),
                           QString::number(point.tokens, 'g', 12), QString::number(point.error, 'g', 9)});
    return table;
}

} // namespace moequant
