#include "widgets/plots/paired_plot.h"

#include "widgets/colors.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr double reach = 10; ///< pixels from a point that still mean it

double value_in(const CellMap& map, int layer, int expert) {
    const auto row = map.layers.indexOf(layer);
    return row < 0 || expert >= map.experts || map.without_token(int(row), expert)
               ? no_value
               : map.values[map.index(int(row), expert)];
}

void place_line(QCPItemStraightLine* line, double y) {
    line->point1->setCoords(0, y);
    line->point2->setCoords(1, y);
}

} // namespace

QVector<PairedValue> paired_values(const CellMap& map, const CellMap& baseline) {
    QVector<PairedValue> pairs;
    for (int row = 0; row < map.layers.size(); ++row)
        for (int expert = 0; expert < map.experts; ++expert) {
            const double value = value_in(map, map.layers[row], expert),
                         other = value_in(baseline, map.layers[row], expert);
            if (value > 0 && other > 0)
                pairs.append({map.layers[row], expert, value, other});
        }
    return pairs;
}

CellMap paired_differences(const CellMap& map, const CellMap& baseline) {
    CellMap differences = map;
    differences.value_title = QObject::tr("log₂ of the error ratio");
    for (int row = 0; row < map.layers.size(); ++row)
        for (int expert = 0; expert < map.experts; ++expert) {
            const double value = value_in(map, map.layers[row], expert),
                         other = value_in(baseline, map.layers[row], expert);
            differences.values[map.index(row, expert)] =
                value > 0 && other > 0 ? std::log2(value / other) : no_value;
        }
    return differences;
}

PairedPlot::PairedPlot(QWidget* parent)
    : PlotView(tr("Paired differences"), parent),
      better_(plot()->addGraph()),
      worse_(plot()->addGraph()),
      interval_(new QCPItemRect(plot())),
      mean_line_(new QCPItemStraightLine(plot())),
      equal_line_(new QCPItemStraightLine(plot())),
      ring_(new QCPItemTracer(plot())) {
    plot()->yAxis->setScaleType(QCPAxis::stLogarithmic);
    auto ticker = QSharedPointer<QCPAxisTickerLog>::create();
    ticker->setLogBase(2);
    plot()->yAxis->setTicker(ticker);
    plot()->yAxis->setNumberFormat(QStringLiteral("g"));
    plot()->yAxis->setNumberPrecision(4);
    plot()->xAxis->setLabel(tr("Experts, by ratio"));
    plot()->xAxis->grid()->setVisible(false);
    for (auto* graph : {better_, worse_}) {
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setSelectable(QCP::stNone);
    }
    interval_->setLayer(QStringLiteral("background"));
    interval_->topLeft->setTypeX(QCPItemPosition::ptAxisRectRatio);
    interval_->bottomRight->setTypeX(QCPItemPosition::ptAxisRectRatio);
    interval_->setSelectable(false);
    for (auto* line : {mean_line_, equal_line_}) {
        line->setSelectable(false);
        line->setLayer(QStringLiteral("grid"));
    }
    place_line(equal_line_, 1);
    ring_->setStyle(QCPItemTracer::tsCircle);
    ring_->setSize(14);
    ring_->setSelectable(false);
    ring_->setVisible(false);
    restyle();
}

void PairedPlot::set_pairs(const QVector<PairedValue>& pairs, const QString& name, const QString& baseline) {
    pairs_ = pairs;
    name_ = name;
    baseline_ = baseline;
    std::stable_sort(pairs_.begin(), pairs_.end(),
                     [](const PairedValue& a, const PairedValue& b) { return a.ratio() < b.ratio(); });
    QVector<double> logs, better_x, better_y, worse_x, worse_y;
    for (int i = 0; i < pairs_.size(); ++i) {
        const double ratio = pairs_[i].ratio();
        logs.append(std::log2(ratio));
        (ratio <= 1 ? better_x : worse_x).append(i + 1);
        (ratio <= 1 ? better_y : worse_y).append(ratio);
    }
    mean_ = mean_interval(logs);
    better_->setData(better_x, better_y, true);
    worse_->setData(worse_x, worse_y, true);
    show_content(!pairs_.isEmpty());
    plot()->yAxis->setLabel(tr("Error ratio"));
    const bool known = std::isfinite(mean_.low);
    interval_->setVisible(known);
    if (known) {
        interval_->topLeft->setCoords(0, std::exp2(mean_.high));
        interval_->bottomRight->setCoords(1, std::exp2(mean_.low));
    }
    mean_line_->setVisible(mean_.count > 0);
    place_line(mean_line_, mean_.count > 0 ? std::exp2(mean_.mean) : 1);
    describe(tr("Error of %1 over that of %2 for %3 experts").arg(name_, baseline_).arg(pairs_.size()));
    select_cell(-1, -1);
    reset_axes();
    restyle();
    redraw();
}

MeanInterval PairedPlot::mean_ratio() const {
    return {std::exp2(mean_.mean), std::exp2(mean_.low), std::exp2(mean_.high), mean_.count};
}

void PairedPlot::select_cell(int layer, int expert) {
    selected_ = -1;
    for (int i = 0; i < pairs_.size(); ++i)
        if (pairs_[i].layer == layer && pairs_[i].expert == expert)
            selected_ = i;
    ring_->setVisible(selected_ >= 0);
    if (selected_ >= 0)
        ring_->position->setCoords(selected_ + 1, pairs_[selected_].ratio());
    redraw();
}

void PairedPlot::apply_style(const PlotStyle& style) {
    const double size = style.print ? 6 : pairs_.size() > 400 ? 4 : 6;
    better_->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, diverging_low(), diverging_low(), size));
    worse_->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDiamond, diverging_high(), diverging_high(), size + 1));
    QColor band = style.text;
    band.setAlphaF(0.15F);
    interval_->setPen(Qt::NoPen);
    interval_->setBrush(band);
    mean_line_->setPen(QPen(style.text, style.line));
    equal_line_->setPen(QPen(style.muted, 1, Qt::DashLine));
    ring_->setPen(QPen(style.selection, style.print ? 0 : 2));
    ring_->setBrush(Qt::NoBrush);
}

QVector<KeyEntry> PairedPlot::key() const {
    if (pairs_.isEmpty())
        return {};
    QVector<KeyEntry> entries;
    const auto better = better_->dataCount(), worse = worse_->dataCount();
    entries.append(
        {tr("smaller: %1").arg(better), diverging_low(), KeyEntry::Mark::Line, int(QCPScatterStyle::ssDisc)});
    entries.append({tr("larger: %1").arg(worse), diverging_high(), KeyEntry::Mark::Line,
                    int(QCPScatterStyle::ssDiamond)});
    const auto mean = mean_ratio();
    entries.append({std::isfinite(mean.low) ? tr("mean ×%1 (95 %: %2 to %3)")
                                                  .arg(mean.mean, 0, 'f', 3)
                                                  .arg(mean.low, 0, 'f', 3)
                                                  .arg(mean.high, 0, 'f', 3)
                                            : tr("mean ×%1").arg(mean.mean, 0, 'f', 3),
                    QColor(), KeyEntry::Mark::Line, -1});
    return entries;
}

void PairedPlot::reset_axes() {
    if (pairs_.isEmpty())
        return;
    const double low = std::min(1.0, pairs_.first().ratio()), high = std::max(1.0, pairs_.last().ratio());
    plot()->xAxis->setRange(0, double(pairs_.size()) + 1);
    plot()->yAxis->setRange(low / 1.1, high * 1.1);
}

int PairedPlot::pair_at(const QPoint& position) const {
    int nearest = -1;
    double best = reach;
    for (int i = 0; i < pairs_.size(); ++i) {
        const double distance = std::hypot(plot()->xAxis->coordToPixel(i + 1) - position.x(),
                                           plot()->yAxis->coordToPixel(pairs_[i].ratio()) - position.y());
        if (distance < best) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

QString PairedPlot::readout(const QPoint& position) const {
    const int at = pair_at(position);
    if (at < 0)
        return {};
    const auto& pair = pairs_[at];
    return tr("Layer %1, expert %2\n%3: %4\n%5: %6\nratio %7")
        .arg(pair.layer)
        .arg(pair.expert)
        .arg(name_)
        .arg(pair.value, 0, 'g', 5)
        .arg(baseline_)
        .arg(pair.baseline, 0, 'g', 5)
        .arg(pair.ratio(), 0, 'f', 3);
}

void PairedPlot::clicked(const QPoint& position) {
    if (const int at = pair_at(position); at >= 0)
        Q_EMIT cell_selected(pairs_[at].layer, pairs_[at].expert);
}

void PairedPlot::step_selection(int, int experts) {
    if (experts == 0 || pairs_.isEmpty())
        return;
    const auto& pair = pairs_[qBound(0, selected_ + experts, int(pairs_.size()) - 1)];
    Q_EMIT cell_selected(pair.layer, pair.expert);
}

TextTable PairedPlot::data() const {
    TextTable table{
        {QStringLiteral("layer"), QStringLiteral("expert"), name_, baseline_, QStringLiteral("ratio")}, {}};
    for (const auto& pair : pairs_)
        table.rows.append({QString::number(pair.layer), QString::number(pair.expert),
                           QString::number(pair.value, 'g', 9), QString::number(pair.baseline, 'g', 9),
                           QString::number(pair.ratio(), 'g', 9)});
    return table;
}

} // namespace moequant
