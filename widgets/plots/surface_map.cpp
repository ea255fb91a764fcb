#include "widgets/plots/surface_map.h"

#include "widgets/plots/cell_grid.h"
#include "widgets/plots/color_bar.h"
#include "widgets/plots/decade_ticker.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr int most_labels = 9;

// Labels at powers of ten where there are some, else at every few settings.
QSharedPointer<QCPAxisTickerText> ticker_of(const QVector<double>& settings) {
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    QVector<int> at;
    for (int i = 0; i < settings.size(); ++i)
        if (const double power = std::log10(settings[i]); std::abs(power - std::round(power)) < 1e-6)
            at.append(i);
    if (settings.size() <= most_labels || at.size() < 3) {
        at.clear();
        for (int i = 0; i < settings.size(); ++i)
            at.append(i);
    }
    const int step = (int(at.size()) + most_labels - 1) / most_labels;
    for (int i = 0; i < at.size(); i += std::max(1, step))
        ticker->addTick(at[i], power_text(settings[at[i]]));
    return ticker;
}

} // namespace

QString power_text(double value) {
    static const QString raised[] = {QStringLiteral("⁰"), QStringLiteral("¹"), QStringLiteral("²"),
                                     QStringLiteral("³"), QStringLiteral("⁴"), QStringLiteral("⁵"),
                                     QStringLiteral("⁶"), QStringLiteral("⁷"), QStringLiteral("⁸"),
                                     QStringLiteral("⁹")};
    if (!(value > 0) || !std::isfinite(value) || (value >= 1 && value < 1e5))
        return QString::number(value, 'g', 6);
    int power = int(std::floor(std::log10(value) + 1e-9));
    const double part = std::round(value / std::pow(10.0, power) * 100) / 100;
    QString exponent = power < 0 ? QStringLiteral("⁻") : QString();
    for (const QChar digit : QString::number(std::abs(power)))
        exponent += raised[digit.digitValue()];
    return (part == 1 ? QString() : QString::number(part) + QStringLiteral("·")) + QStringLiteral("10") +
           exponent;
}

ValueRange surface_range(const QVector<Surface>& surfaces) {
    double low = INFINITY, high = -INFINITY;
    for (const auto& surface : surfaces)
        for (const double value : surface.values)
            if (std::isfinite(value) && value > 0) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
    if (low > high)
        return {};
    return low < high ? ValueRange{low, high, true} : ValueRange{low / 2, high * 2, true};
}

SurfaceMap::SurfaceMap(const QString& title, QWidget* parent)
    : PlotView(title, parent), grid_(new CellGrid(plot())), scale_(add_color_bar(plot())) {
    for (auto* axis : {plot()->xAxis, plot()->yAxis})
        axis->grid()->setVisible(false);
    grid_->setLayer(QStringLiteral("main"));
    for (auto** graph : {&halos_, &crosses_}) {
        *graph = plot()->addGraph();
        (*graph)->setLineStyle(QCPGraph::lsNone);
        (*graph)->setSelectable(QCP::stNone);
        (*graph)->setLayer(QStringLiteral("overlay"));
    }
    scale_->setDataScaleType(QCPAxis::stLogarithmic);
    DecadeTicker::use_on(scale_->axis());
    const auto bounded = [this](QCPAxis* axis, auto count) {
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
                [axis, count](const QCPRange& range) {
                    axis->setRange(range.bounded(-0.5, qMax(1, int(count())) - 0.5));
                });
    };
    bounded(plot()->xAxis, [this] { return surface_.columns.size(); });
    bounded(plot()->yAxis, [this] { return surface_.rows.size(); });
    restyle();
}

void SurfaceMap::set_surface(const Surface& surface) {
    set_surface(surface, surface_range({surface}));
}

void SurfaceMap::set_surface(const Surface& surface, const ValueRange& range) {
    surface_ = surface;
    const int rows = int(surface_.rows.size()), columns = int(surface_.columns.size());
    cells_ = {};
    cells_.experts = columns;
    for (int row = 0; row < rows; ++row)
        cells_.layers.append(row);
    cells_.values = surface_.values;
    for (double& value : cells_.values)
        if (!(value > 0)) // the lowest colour is for the least error that was measured
            value = no_value;
    grid_->set(&cells_, range);
    grid_->select(-1, -1);
    row_ = column_ = -1;
    show_content(std::any_of(cells_.values.cbegin(), cells_.values.cend(),
                             [](double value) { return std::isfinite(value); }));
    QVector<double> x, y;
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            if (const int i = surface_.index(row, column);
                i < surface_.doubtful.size() && surface_.doubtful[i] && std::isfinite(cells_.values[i])) {
                x.append(column);
                y.append(row);
            }
    halos_->setData(x, y);
    crosses_->setData(x, y);
    plot()->xAxis->setTicker(ticker_of(surface_.columns));
    plot()->yAxis->setTicker(ticker_of(surface_.rows));
    plot()->xAxis->setLabel(surface_.column_title);
    plot()->yAxis->setLabel(surface_.row_title);
    scale_->setLabel(surface_.value_title);
    scale_->setDataRange(QCPRange(range.low, range.high));
    describe(
        tr("Map: %1 over %2 and %3").arg(surface_.value_title, surface_.column_title, surface_.row_title));
    reset_axes();
    restyle();
    redraw();
}

void SurfaceMap::apply_style(const PlotStyle& style) {
    grid_->set_style(style);
    style_color_bar(scale_, style);
    // Black in white: seen on every colour of the map.
    for (auto* graph : {halos_, crosses_}) {
        QCPScatterStyle cross(QCPScatterStyle::ssCross, style.print ? 9 : 8);
        cross.setPen(
            QPen(graph == halos_ ? Qt::white : Qt::black, style.line * (graph == halos_ ? 2.2 : 0.8)));
        graph->setScatterStyle(cross);
    }
}

QVector<KeyEntry> SurfaceMap::key() const {
    if (crosses_->data()->isEmpty())
        return {};
    return {{tr("rounding dominates"), QColor(), KeyEntry::Mark::Point, QCPScatterStyle::ssCross}};
}

void SurfaceMap::reset_axes() {
    plot()->xAxis->setRange(-0.5, qMax(1, int(surface_.columns.size())) - 0.5);
    plot()->yAxis->setRange(-0.5, qMax(1, int(surface_.rows.size())) - 0.5);
}

bool SurfaceMap::cell_at(const QPoint& position, int& row, int& column) const {
    if (!axes()->rect().contains(position))
        return false;
    column = qRound(plot()->xAxis->pixelToCoord(position.x()));
    row = qRound(plot()->yAxis->pixelToCoord(position.y()));
    return row >= 0 && row < surface_.rows.size() && column >= 0 && column < surface_.columns.size();
}

QString SurfaceMap::readout(const QPoint& position) const {
    int row = 0, column = 0;
    if (!cell_at(position, row, column))
        return {};
    const int i = surface_.index(row, column);
    QStringList lines{
        QStringLiteral("%1: %2").arg(surface_.column_title, power_text(surface_.columns[column])),
        QStringLiteral("%1: %2").arg(surface_.row_title, power_text(surface_.rows[row])),
        std::isfinite(surface_.values[i])
            ? QStringLiteral("%1: %2").arg(surface_.value_title).arg(surface_.values[i], 0, 'g', 4)
            : tr("not measured")};
    if (i < surface_.doubtful.size() && surface_.doubtful[i])
        lines.append(tr("rounding dominates"));
    return lines.join('\n');
}

void SurfaceMap::select(int row, int column) {
    row_ = row;
    column_ = column;
    grid_->select(row, column);
    redraw();
    Q_EMIT cell_selected(row, column);
}

void SurfaceMap::clicked(const QPoint& position) {
    int row = 0, column = 0;
    if (cell_at(position, row, column))
        select(row, column);
}

// Rows count upwards here, layers downwards.
void SurfaceMap::step_selection(int rows, int columns) {
    if (content_shown())
        select(qBound(0, row_ < 0 ? 0 : row_ - rows, int(surface_.rows.size()) - 1),
               qBound(0, column_ + columns, int(surface_.columns.size()) - 1));
}

TextTable SurfaceMap::data() const {
    TextTable table{
        {surface_.column_title, surface_.row_title, surface_.value_title, QStringLiteral("doubtful")}, {}};
    for (int row = 0; row < surface_.rows.size(); ++row)
        for (int column = 0; column < surface_.columns.size(); ++column) {
            const int i = surface_.index(row, column);
            table.rows.append(
                {QString::number(surface_.columns[column], 'g', 9),
                 QString::number(surface_.rows[row], 'g', 9),
                 std::isfinite(surface_.values[i]) ? QString::number(surface_.values[i], 'g', 9) : QString(),
                 QString::number(i < surface_.doubtful.size() && surface_.doubtful[i])});
        }
    return table;
}

} // namespace moequant
