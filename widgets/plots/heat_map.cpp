#include "widgets/plots/heat_map.h"

#include "widgets/colors.h"
#include "widgets/plots/cell_grid.h"
#include "widgets/plots/expert_ticker.h"
#include "widgets/plots/key_row.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace moequant {

double ValueRange::position(double value) const {
    if (logarithmic)
        return value <= low ? 0 : std::log(value / low) / std::log(high / low);
    return high > low ? (value - low) / (high - low) : 0;
}

QColor ValueRange::color(double value) const {
    return diverging ? moequant::diverging(position(value)) : viridis(position(value));
}

ValueRange difference_range(const CellMap& map) {
    double most = 0;
    for (const double value : map.values)
        if (std::isfinite(value))
            most = std::max(most, std::abs(value));
    return most > 0 ? ValueRange{-most, most, false, true} : ValueRange{-1, 1, false, true};
}

ValueRange common_range(const QVector<CellMap>& maps) {
    double low = INFINITY, high = -INFINITY, least_positive = INFINITY;
    for (const auto& map : maps)
        for (int row = 0; row < map.layers.size(); ++row)
            for (int expert = 0; expert < map.experts; ++expert) {
                const double value = map.values[map.index(row, expert)];
                if (!std::isfinite(value) || map.without_token(row, expert))
                    continue;
                low = std::min(low, value);
                high = std::max(high, value);
                if (value > 0)
                    least_positive = std::min(least_positive, value);
            }
    if (low > high)
        return {};
    if (high > 100 * least_positive)
        return {least_positive, high, true};
    if (high == low)
        return {low - (low != 0 ? std::abs(low) * 0.1 : 0.5), high + (high != 0 ? std::abs(high) * 0.1 : 0.5),
                false};
    return {low, high, false};
}

HeatMap::HeatMap(const QString& title, QWidget* parent)
    : PlotView(title, parent), grid_(new CellGrid(plot())), scale_(new QCPColorScale(plot())) {
    plot()->xAxis->setTicker(QSharedPointer<ExpertTicker>::create());
    plot()->yAxis->setTicker(QSharedPointer<ExpertTicker>::create());
    plot()->xAxis->setLabel(tr("Expert"));
    plot()->yAxis->setLabel(tr("Layer"));
    plot()->yAxis->setRangeReversed(true);
    for (auto* axis : {plot()->xAxis, plot()->yAxis})
        axis->grid()->setVisible(false);
    grid_->setLayer(QStringLiteral("main"));
    plot()->plotLayout()->addElement(1, 1, scale_);
    scale_->setType(QCPAxis::atRight);
    scale_->setBarWidth(14);
    scale_->setRangeDrag(false);
    scale_->setRangeZoom(false);
    auto* margins = new QCPMarginGroup(plot());
    axes()->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    scale_->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    connect(plot()->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this](const QCPRange& range) {
                plot()->xAxis->setRange(range.bounded(-0.5, qMax(1, map_.experts) - 0.5));
            });
    connect(plot()->yAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this](const QCPRange& range) {
                plot()->yAxis->setRange(range.bounded(-0.5, qMax(1, int(map_.layers.size())) - 0.5));
            });
    restyle();
}

void HeatMap::set_map(const CellMap& map) {
    set_map(map, common_range({map}));
}

void HeatMap::set_map(const CellMap& map, const ValueRange& range) {
    const bool same_shape = map.layers == map_.layers && map.experts == map_.experts;
    map_ = map;
    show_content(!map_.layers.isEmpty() && map_.experts > 0);
    grid_->set(&map_, range);
    if (!content_shown())
        return;
    QVector<int> experts(map_.experts);
    for (int i = 0; i < map_.experts; ++i)
        experts[i] = i;
    plot()->xAxis->ticker().staticCast<ExpertTicker>()->set_labels(experts);
    plot()->yAxis->ticker().staticCast<ExpertTicker>()->set_labels(map_.layers);
    scale_->setLabel(map_.value_title);
    describe(tr("Heat map: %1, %2 layers, %3 experts")
                 .arg(map_.value_title)
                 .arg(map_.layers.size())
                 .arg(map_.experts));
    use_range(range);
    if (!same_shape) {
        row_ = expert_ = -1;
        grid_->select(-1, -1);
        reset_axes();
    }
    restyle();
    redraw();
}

void HeatMap::set_value(int layer, int expert, double value, double tokens) {
    const int row = int(map_.layers.indexOf(layer));
    if (row < 0 || expert < 0 || expert >= map_.experts)
        return;
    map_.values[map_.index(row, expert)] = value;
    if (!map_.tokens.isEmpty())
        map_.tokens[map_.index(row, expert)] = tokens;
    if (tokens == 0)
        restyle();
    else if (std::isfinite(value) && (!any_value_ || value < range_.low || value > range_.high))
        use_range(common_range({map_}));
    redraw();
}

QVector<KeyEntry> HeatMap::key() const {
    if (!map_.tokens.contains(0.0))
        return {};
    return {{tr("no token"), QColor(), KeyEntry::Mark::Hatch, -1}};
}

void HeatMap::use_range(const ValueRange& range) {
    range_ = range;
    if (diverging_shown_ != range.diverging) {
        diverging_shown_ = range.diverging;
        const auto& stops = range.diverging ? diverging_stops() : viridis_stops();
        QCPColorGradient gradient;
        gradient.clearColorStops();
        for (int i = 0; i < stops.size(); ++i)
            gradient.setColorStopAt(double(i) / double(stops.size() - 1), stops[i]);
        scale_->setGradient(gradient);
    }
    any_value_ = std::any_of(map_.values.begin(), map_.values.end(),
                             [](double value) { return std::isfinite(value); });
    grid_->set(&map_, range_);
    scale_->setDataScaleType(range_.logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    scale_->setDataRange(QCPRange(range_.low, range_.high));
    scale_->axis()->setTicker(range_.logarithmic ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                                                 : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    scale_->axis()->setNumberFormat(range_.logarithmic ? QStringLiteral("gbc") : QStringLiteral("gb"));
    scale_->axis()->setNumberPrecision(range_.logarithmic ? 2 : 4);
}

void HeatMap::select_cell(int layer, int expert) {
    row_ = int(map_.layers.indexOf(layer));
    expert_ = expert < map_.experts ? expert : -1;
    grid_->select(row_, expert_);
    redraw();
}

void HeatMap::apply_style(const PlotStyle& style) {
    grid_->set_style(style);
    style_axis(scale_->axis(), style);
    scale_->setMargins(QMargins()); // its margins in the group would never shrink by themselves
    scale_->setBarWidth(style.print ? 18 : 14);
}

void HeatMap::reset_axes() {
    plot()->xAxis->setRange(-0.5, qMax(1, map_.experts) - 0.5);
    plot()->yAxis->setRange(-0.5, qMax(1, int(map_.layers.size())) - 0.5);
}

bool HeatMap::cell_at(const QPoint& position, int& row, int& expert) const {
    if (!axes()->rect().contains(position))
        return false;
    expert = qRound(plot()->xAxis->pixelToCoord(position.x()));
    row = qRound(plot()->yAxis->pixelToCoord(position.y()));
    return row >= 0 && row < map_.layers.size() && expert >= 0 && expert < map_.experts;
}

QString HeatMap::readout(const QPoint& position) const {
    int row = 0, expert = 0;
    if (!cell_at(position, row, expert))
        return {};
    const double value = map_.values[map_.index(row, expert)];
    QStringList lines{tr("Layer %1, expert %2").arg(map_.layers[row]).arg(expert)};
    if (!map_.name.isEmpty())
        lines.append(map_.name);
    if (std::isfinite(value))
        lines.append(QStringLiteral("%1: %2").arg(map_.value_title).arg(value, 0, 'g', 5));
    else if (!map_.without_token(row, expert))
        lines.append(tr("%1: not known yet").arg(map_.value_title));
    if (!map_.tokens.isEmpty() && std::isfinite(map_.tokens[map_.index(row, expert)]))
        lines.append(tr("%L1 tokens").arg(qint64(map_.tokens[map_.index(row, expert)])));
    return lines.join('\n');
}

void HeatMap::clicked(const QPoint& position) {
    int row = 0, expert = 0;
    if (cell_at(position, row, expert))
        Q_EMIT cell_selected(map_.layers[row], expert);
}

void HeatMap::step_selection(int layers, int experts) {
    if (map_.layers.isEmpty())
        return;
    const int row = qBound(0, row_ + layers, int(map_.layers.size()) - 1);
    Q_EMIT cell_selected(map_.layers[row], qBound(0, expert_ + experts, map_.experts - 1));
}

void HeatMap::resizeEvent(QResizeEvent* event) {
    PlotView::resizeEvent(event);
    plot()->xAxis->ticker().staticCast<ExpertTicker>()->set_room(width() / 36);
    plot()->yAxis->ticker().staticCast<ExpertTicker>()->set_room(height() / 26);
}

TextTable HeatMap::data() const {
    TextTable table{
        {QStringLiteral("layer"), QStringLiteral("expert"), map_.value_title, QStringLiteral("tokens")}, {}};
    const auto number = [](double value) {
        return std::isfinite(value) ? QString::number(value, 'g', 9) : QString();
    };
    for (int row = 0; row < map_.layers.size(); ++row)
        for (int expert = 0; expert < map_.experts; ++expert) {
            const int i = map_.index(row, expert);
            table.rows.append({QString::number(map_.layers[row]), QString::number(expert),
                               number(map_.values[i]),
                               map_.tokens.isEmpty() ? QString() : number(map_.tokens[i])});
        }
    return table;
}

} // namespace moequant
