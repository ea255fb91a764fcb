#include "widgets/plots/error_scatter.h"

#include "widgets/colors.h"
#include "widgets/plots/color_bar.h"
#include "widgets/plots/decade_ticker.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr double reach = 8; ///< pixels from a point that still mean it
constexpr int many = 800;   ///< more points than this are small, so that those below are seen

QCPRange padded(double low, double high) {
    return low < high ? QCPRange(low / 1.3, high * 1.3) : QCPRange(low / 2, high * 2);
}

} // namespace

ErrorScatter::ErrorScatter(QWidget* parent)
    : PlotView(tr("Error against tokens"), parent),
      scale_(add_color_bar(plot())),
      ring_(new QCPItemTracer(plot())),
      trend_line_(plot()->addGraph()) {
    for (auto* axis : {plot()->xAxis, plot()->yAxis}) {
        axis->setScaleType(QCPAxis::stLogarithmic);
        axis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
        axis->setNumberFormat(QStringLiteral("gbc"));
        axis->setNumberPrecision(2);
    }
    scale_->setLabel(tr("Layer"));
    auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
    ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
    scale_->axis()->setTicker(ticker);
    trend_line_->setSelectable(QCP::stNone);
    ring_->setStyle(QCPItemTracer::tsCircle);
    ring_->setSize(14);
    ring_->setSelectable(false);
    ring_->setVisible(false);
    restyle();
}

void ErrorScatter::set_map(const CellMap& map) {
    points_.clear();
    tokens_ = true;
    x_title_ = tr("Tokens of the expert");
    value_title_ = map.value_title;
    for (int row = 0; row < map.layers.size(); ++row)
        for (int expert = 0; expert < map.experts; ++expert) {
            const int i = map.index(row, expert);
            const double count = map.tokens.isEmpty() ? no_value : map.tokens[i];
            if (count > 0 && map.values[i] > 0)
                points_.append({map.layers[row], expert, count, map.values[i], {}});
        }
    show_points(map.layers);
    describe(tr("Scatter: %1 against tokens, %2 experts").arg(value_title_).arg(points_.size()));
}

void ErrorScatter::set_points(const ScatterData& data) {
    points_.clear();
    compared_.clear();
    tokens_ = false;
    x_title_ = data.x_title;
    value_title_ = data.y_title;
    QVector<int> layers;
    for (const auto& point : data.points)
        if (point.x > 0 && point.y > 0 && std::isfinite(point.x) && std::isfinite(point.y)) {
            points_.append(point);
            if (!layers.contains(point.layer))
                layers.append(point.layer);
        }
    std::sort(layers.begin(), layers.end());
    for (auto* axis : {plot()->xAxis, plot()->yAxis})
        DecadeTicker::use_on(axis);
    show_points(layers);
    describe(tr("Scatter: %1 against %2, %3 points").arg(value_title_, x_title_).arg(points_.size()));
}

void ErrorScatter::set_short_key(bool shortened) {
    short_key_ = shortened;
    restyle();
    redraw();
}

void ErrorScatter::show_points(const QVector<int>& layers) {
    for (auto* graph : graphs_)
        plot()->removeGraph(graph);
    graphs_.clear();
    first_ = layers.isEmpty() ? 0 : layers.first();
    last_ = layers.isEmpty() ? 1 : layers.last();
    for (const int layer : layers) {
        QVector<double> x, y;
        for (const auto& point : points_)
            if (point.layer == layer) {
                x.append(point.x);
                y.append(point.y);
            }
        auto* graph = plot()->addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setSelectable(QCP::stNone);
        graph->setData(x, y);
        graphs_.append(graph);
    }
    QVector<double> x, y;
    for (const auto& point : points_) {
        x.append(point.x);
        y.append(point.y);
    }
    trend_ = fit_power_law(x, y);
    trend_line_->data()->clear();
    if (std::isfinite(trend_.slope)) {
        const auto [left, right] = std::minmax_element(x.begin(), x.end());
        const auto [low, high] = std::minmax_element(y.begin(), y.end());
        // Not beyond the points: SVG has no clipping.
        const auto end = [&](double at) {
            const double value = std::clamp(trend_.at(at), *low / 1.3, *high * 1.3);
            return trend_.slope == 0 || value == trend_.at(at)
                       ? at
                       : std::pow(10, (std::log10(value) - trend_.intercept) / trend_.slope);
        };
        trend_line_->setData({end(*left), end(*right)}, {trend_.at(end(*left)), trend_.at(end(*right))},
                             true);
    }
    trend_line_->setLayer(QStringLiteral("overlay"));
    show_content(!points_.isEmpty());
    plot()->xAxis->setLabel(x_title_);
    plot()->yAxis->setLabel(value_title_);
    scale_->setDataRange(last_ > first_ ? QCPRange(first_, last_) : QCPRange(first_ - 0.5, first_ + 0.5));
    ring_->setVisible(false);
    reset_axes();
    restyle();
    redraw();
}

void ErrorScatter::select_cell(int layer, int expert) {
    const auto found = std::find_if(points_.begin(), points_.end(), [&](const ScatterPoint& point) {
        return point.layer == layer && point.expert == expert;
    });
    ring_->setVisible(found != points_.end());
    if (found != points_.end())
        ring_->position->setCoords(found->x, found->y);
    redraw();
}

void ErrorScatter::apply_style(const PlotStyle& style) {
    style_color_bar(scale_, style);
    const double size = (style.print ? 8 : 7) * (points_.size() > many ? 0.6 : 1);
    for (int i = 0; i < graphs_.size(); ++i) {
        const QColor color = viridis(graphs_.size() > 1 ? double(i) / double(graphs_.size() - 1) : 0.5);
        QColor edge = style.muted;
        edge.setAlphaF(0.6f);
        graphs_[i]->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, edge, color, size));
    }
    trend_line_->setPen(QPen(style.text, style.line));
    ring_->setPen(QPen(style.selection, style.print ? 0 : 2));
    ring_->setBrush(Qt::NoBrush);
}

QVector<KeyEntry> ErrorScatter::key() const {
    if (!std::isfinite(trend_.slope))
        return {};
    if (!compared_.isEmpty() || short_key_)
        return {{tr("trend"), QColor(), KeyEntry::Mark::Line, -1}};
    return {
        {(tokens_ ? tr("trend: slope %1, r = %2, %L3 experts") : tr("trend: slope %1, r = %2, %L3 points"))
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
    for (const auto& point : points_)
        take(point.x, point.y);
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

const ScatterPoint* ErrorScatter::point_at(const QPoint& position) const {
    const ScatterPoint* nearest = nullptr;
    double best = reach;
    for (const auto& point : points_) {
        const double distance = std::hypot(plot()->xAxis->coordToPixel(point.x) - position.x(),
                                           plot()->yAxis->coordToPixel(point.y) - position.y());
        if (distance < best) {
            best = distance;
            nearest = &point;
        }
    }
    return nearest;
}

QString ErrorScatter::readout(const QPoint& position) const {
    const ScatterPoint* point = point_at(position);
    if (!point)
        return {};
    if (!tokens_) {
        const QString text = tr("Layer %1, expert %2").arg(point->layer).arg(point->expert) +
                             QStringLiteral("\n%1: %2\n%3: %4")
                                 .arg(x_title_)
                                 .arg(point->x, 0, 'g', 5)
                                 .arg(value_title_)
                                 .arg(point->y, 0, 'g', 5);
        return point->note.isEmpty() ? text : text + '\n' + point->note;
    }
    return tr("Layer %1, expert %2\n%3: %4\n%L5 tokens")
        .arg(point->layer)
        .arg(point->expert)
        .arg(value_title_)
        .arg(point->y, 0, 'g', 5)
        .arg(qint64(point->x));
}

void ErrorScatter::clicked(const QPoint& position) {
    if (const ScatterPoint* point = point_at(position))
        Q_EMIT cell_selected(point->layer, point->expert);
}

TextTable ErrorScatter::data() const {
    TextTable table{{QStringLiteral("layer"), QStringLiteral("expert"),
                     tokens_ ? QStringLiteral("tokens") : x_title_, value_title_},
                    {}};
    for (const auto& point : points_)
        table.rows.append({QString::number(point.layer), QString::number(point.expert),
                           QString::number(point.x, 'g', 12), QString::number(point.y, 'g', 9)});
    return table;
}

} // namespace moequant
