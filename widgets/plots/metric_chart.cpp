#include "widgets/plots/metric_chart.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr QCPScatterStyle::ScatterShape markers[] = {
    QCPScatterStyle::ssDisc,    QCPScatterStyle::ssSquare,           QCPScatterStyle::ssTriangle,
    QCPScatterStyle::ssDiamond, QCPScatterStyle::ssTriangleInverted, QCPScatterStyle::ssCircle};
constexpr double group_width = 0.8; ///< of a category, for its bars together
constexpr double near_pixels = 12;

} // namespace

MetricChart::MetricChart(const QString& title, QWidget* parent) : PlotView(title, parent) {
    restyle();
}

void MetricChart::set_data(const MetricData& data, MetricForm form) {
    data_ = data;
    form_ = data.categories.isEmpty() && form == MetricForm::Bars ? MetricForm::Points : form;
    for (auto& series : data_.series)
        std::stable_sort(series.points.begin(), series.points.end(),
                         [](const MetricPoint& a, const MetricPoint& b) { return a.x < b.x; });
    draw();
}

double MetricChart::bar_width() const {
    return group_width / qMax(1.0, double(data_.series.size()));
}

// Bars of a category stand side by side; all else lies on the setting itself.
double MetricChart::x_of(int series, int point) const {
    const double x = data_.series[series].points[point].x;
    if (form_ != MetricForm::Bars && (form_ != MetricForm::Points || data_.categories.isEmpty()))
        return x;
    return x + (series - (double(data_.series.size()) - 1) / 2) * bar_width();
}

void MetricChart::draw() {
    for (const Drawn& drawn : drawn_) {
        if (drawn.errors)
            plot()->removePlottable(drawn.errors);
        for (QCPAbstractPlottable* part :
             {static_cast<QCPAbstractPlottable*>(drawn.bars), static_cast<QCPAbstractPlottable*>(drawn.graph),
              static_cast<QCPAbstractPlottable*>(drawn.marked)})
            if (part)
                plot()->removePlottable(part);
    }
    drawn_.clear();
    left_ = bottom_ = 1e300, right_ = top_ = -1e300;
    for (int s = 0; s < data_.series.size(); ++s) {
        QVector<double> x, y, margins, marked_x, marked_y;
        bool margin = false;
        for (int p = 0; p < data_.series[s].points.size(); ++p) {
            const MetricPoint& point = data_.series[s].points[p];
            const double at = x_of(s, p), value = y_of(point);
            if (!std::isfinite(at) || !std::isfinite(value))
                continue;
            const double half = std::isfinite(point.margin) ? point.margin * (data_.percent ? 100 : 1) : 0;
            x.append(at), y.append(value), margins.append(half);
            margin = margin || half > 0;
            if (!selected_.isEmpty() && point.id == selected_)
                marked_x.append(at), marked_y.append(value);
            left_ = qMin(left_, at), right_ = qMax(right_, at);
            bottom_ = qMin(bottom_, value - half), top_ = qMax(top_, value + half);
        }
        Drawn drawn;
        QCPAbstractPlottable* base = nullptr;
        if (form_ == MetricForm::Bars) {
            drawn.bars = new QCPBars(plot()->xAxis, plot()->yAxis);
            drawn.bars->setWidth(bar_width() * 0.92);
            drawn.bars->setData(x, y, true);
            base = drawn.bars;
        } else {
            drawn.graph = plot()->addGraph();
            drawn.graph->setData(x, y, true);
            base = drawn.graph;
        }
        base->setSelectable(QCP::stNone);
        if (margin) {
            drawn.errors = new QCPErrorBars(plot()->xAxis, plot()->yAxis);
            drawn.errors->setDataPlottable(base);
            drawn.errors->setData(margins);
            drawn.errors->setSelectable(QCP::stNone);
        }
        drawn.marked = plot()->addGraph();
        drawn.marked->setData(marked_x, marked_y);
        drawn.marked->setLineStyle(QCPGraph::lsNone);
        drawn.marked->setSelectable(QCP::stNone);
        drawn_.append(drawn);
    }
    const bool any = right_ >= left_;
    show_content(any);
    if (!any)
        return;
    auto* axis = plot()->xAxis;
    axis->setLabel(data_.setting_title);
    plot()->yAxis->setLabel(data_.metric_title);
    if (data_.categories.isEmpty()) {
        bool whole = right_ - left_ <= 12; // bits and widths: no ticks between them
        for (const auto& series : std::as_const(data_.series))
            for (const auto& point : series.points)
                whole = whole && (!std::isfinite(point.x) || point.x == std::round(point.x));
        if (whole)
            axis->setTicker(QSharedPointer<QCPAxisTickerFixed>::create()); // its step is 1
        else
            axis->setTicker(QSharedPointer<QCPAxisTicker>::create());
    } else {
        auto ticker = QSharedPointer<QCPAxisTickerText>::create();
        for (int i = 0; i < data_.categories.size(); ++i)
            ticker->addTick(i, data_.categories[i]);
        axis->setTicker(ticker);
    }
    axis->grid()->setVisible(data_.categories.isEmpty());
    describe(tr("Chart: %1 against %2, series: %3")
                 .arg(data_.metric_title, data_.setting_title)
                 .arg(data_.series.size()));
    reset_axes();
    restyle();
    redraw();
}

void MetricChart::fit_labels(const QFont& font, int width) {
    int widest = 0;
    for (const QString& category : std::as_const(data_.categories))
        widest = qMax(widest, QFontMetrics(font).horizontalAdvance(category) + 12);
    const bool aslant = widest * data_.categories.size() > width;
    plot()->xAxis->setTickLabelRotation(aslant ? -25 : 0);
    // A label that would begin outside of the picture is not drawn: the first one needs room at the left.
    const int first = aslant ? QFontMetrics(font).horizontalAdvance(data_.categories.first()) : 0;
    const int room = int(0.92 * first) - width / int(qMax(qsizetype(2), 2 * data_.categories.size())) + 16;
    axes()->setMinimumMargins(QMargins(qBound(8, room, width / 3), 6, 10, 8));
}

void MetricChart::resizeEvent(QResizeEvent* event) {
    PlotView::resizeEvent(event);
    fit_labels(style_now().small_font, width() - 110);
    redraw();
}

void MetricChart::reset_axes() {
    if (right_ < left_)
        return;
    if (data_.categories.isEmpty()) {
        const double room = right_ > left_ ? 0.06 * (right_ - left_) : 0.5;
        plot()->xAxis->setRange(left_ - room, right_ + room);
    } else {
        plot()->xAxis->setRange(-0.5, double(data_.categories.size()) - 0.5);
    }
    // Bars are read by their length: they begin at 0.
    double bottom = form_ == MetricForm::Bars ? qMin(0.0, bottom_) : bottom_;
    const double top = form_ == MetricForm::Bars ? qMax(0.0, top_) : top_;
    const double room = top > bottom ? 0.08 * (top - bottom) : qMax(0.5, std::abs(top) * 0.1);
    if (form_ != MetricForm::Bars || bottom < 0)
        bottom -= room;
    plot()->yAxis->setRange(bottom, top + room);
}

void MetricChart::apply_style(const PlotStyle& style) {
    fit_labels(style.small_font, style.print ? 850 : width() - 110);
    for (int s = 0; s < drawn_.size(); ++s) {
        const auto& series = data_.series[s];
        const QColor color = series.published         ? style.no_token_line
                             : series.color.isValid() ? series.color
                                                      : style.text;
        const Drawn& drawn = drawn_[s];
        if (drawn.bars) {
            drawn.bars->setPen(series.published ? QPen(color, 1) : QPen(Qt::NoPen));
            drawn.bars->setBrush(series.published ? QBrush(color, Qt::BDiagPattern) : QBrush(color));
        }
        if (drawn.graph) {
            const auto shape = markers[s % int(std::size(markers))];
            drawn.graph->setPen(QPen(color, style.line, series.published ? Qt::DashLine : Qt::SolidLine));
            drawn.graph->setLineStyle(form_ == MetricForm::Lines ? QCPGraph::lsLine : QCPGraph::lsNone);
            drawn.graph->setScatterStyle(QCPScatterStyle(
                shape, QPen(color, style.line), series.published ? QBrush(style.background) : QBrush(color),
                8 * style.line / 1.6));
        }
        if (drawn.errors)
            drawn.errors->setPen(QPen(drawn.bars ? style.text : color, qMax(1.0, style.line * 0.7)));
        drawn.marked->setScatterStyle(QCPScatterStyle(
            QCPScatterStyle::ssCircle, QPen(style.print ? Qt::transparent : style.text, 2), Qt::NoBrush, 15));
    }
}

QVector<KeyEntry> MetricChart::key() const {
    QVector<KeyEntry> entries;
    if (data_.series.size() < 2 && (data_.series.isEmpty() || !data_.series.first().published))
        return entries;
    for (int s = 0; s < data_.series.size(); ++s) {
        const auto& series = data_.series[s];
        const auto mark = form_ != MetricForm::Bars
                              ? form_ == MetricForm::Lines ? KeyEntry::Mark::Line : KeyEntry::Mark::Point
                          : series.published ? KeyEntry::Mark::Hatch
                                             : KeyEntry::Mark::Bar;
        entries.append({series.published ? series.name + QStringLiteral(" †") : series.name,
                        series.published ? QColor(0x8c8c8c) : series.color, mark,
                        form_ != MetricForm::Bars ? int(markers[s % int(std::size(markers))]) : -1});
    }
    return entries;
}

MetricChart::Place MetricChart::place_at(const QPoint& position) const {
    Place best;
    if (!axes()->rect().contains(position))
        return best;
    double nearest = near_pixels;
    for (int s = 0; s < data_.series.size(); ++s)
        for (int p = 0; p < data_.series[s].points.size(); ++p) {
            const double x = x_of(s, p), y = y_of(data_.series[s].points[p]);
            if (!std::isfinite(x) || !std::isfinite(y))
                continue;
            const double dx = plot()->xAxis->coordToPixel(x) - position.x(),
                         dy = plot()->yAxis->coordToPixel(y) - position.y();
            if (form_ == MetricForm::Bars) {
                const double half =
                    (plot()->xAxis->coordToPixel(bar_width()) - plot()->xAxis->coordToPixel(0)) / 2;
                if (std::abs(dx) <= qMax(half, 2.0))
                    return {s, p};
            } else if (std::hypot(dx, dy) < nearest) {
                nearest = std::hypot(dx, dy);
                best = {s, p};
            }
        }
    return best;
}

QString MetricChart::readout(const QPoint& position) const {
    const Place place = place_at(position);
    if (place.series < 0)
        return {};
    const auto& series = data_.series[place.series];
    const MetricPoint& point = series.points[place.point];
    const QString setting =
        data_.categories.isEmpty() ? QString::number(point.x, 'g', 6) : data_.categories.value(int(point.x));
    QString value = QString::number(y_of(point), 'g', 6);
    if (std::isfinite(point.margin))
        value += QStringLiteral(" ± ") + QString::number(point.margin * (data_.percent ? 100 : 1), 'g', 2);
    QStringList lines{point.name.isEmpty() ? series.name : point.name,
                      QStringLiteral("%1: %2").arg(data_.setting_title, setting),
                      QStringLiteral("%1: %2").arg(data_.metric_title, value)};
    if (series.published)
        lines.append(tr("Published, not measured here"));
    lines.removeDuplicates();
    return lines.join('\n');
}

void MetricChart::clicked(const QPoint& position) {
    if (const Place place = place_at(position); place.series >= 0)
        Q_EMIT run_selected(data_.series[place.series].points[place.point].id);
}

void MetricChart::step_selection(int layers, int experts) {
    QStringList ids;
    for (const auto& series : data_.series)
        for (const auto& point : series.points)
            if (!point.id.isEmpty() && std::isfinite(point.value))
                ids.append(point.id);
    if (ids.isEmpty() || layers + experts == 0)
        return;
    const int at = int(ids.indexOf(selected_));
    Q_EMIT run_selected(ids[at < 0 ? 0 : qBound(0, at + layers + experts, int(ids.size()) - 1)]);
}

void MetricChart::select_run(const QString& id) {
    if (id == selected_)
        return;
    selected_ = id;
    draw();
}

TextTable MetricChart::data() const {
    TextTable table{{tr("Run"), tr("Series"), data_.setting_title, data_.metric_title, tr("Half interval")},
                    {}};
    const auto text = [](double value) {
        return std::isfinite(value) ? QString::number(value, 'g', 12) : QString();
    };
    const double factor = data_.percent ? 100 : 1;
    for (const auto& series : data_.series)
        for (const auto& point : series.points)
            table.rows.append(
                {point.name, series.name,
                 data_.categories.isEmpty() ? text(point.x) : data_.categories.value(int(point.x)),
                 text(y_of(point)), text(point.margin * factor)});
    return table;
}

} // namespace moequant
