#include "widgets/plots/curve_plot.h"

#include "widgets/colors.h"
#include "widgets/plots/decade_ticker.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr double reach = 10; ///< pixels from a point that still mean it
constexpr int many = 150;    ///< more markers than this are small
/// Of its value: where an error ends whose end a logarithmic axis cannot show.
constexpr double cut = 0.2;

// Measured series differ by marker as well as by colour.
constexpr QCPScatterStyle::ScatterShape shapes[] = {QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare,
                                                    QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond,
                                                    QCPScatterStyle::ssTriangleInverted};

// The n-th marker of the measured series before this one.
QCPScatterStyle::ScatterShape shape_of(const QVector<CurveSeries>& series, qsizetype index) {
    qsizetype before = 0;
    for (qsizetype i = 0; i < index; ++i)
        before += series[i].markers;
    return shapes[std::size_t(before) % std::size(shapes)];
}

Qt::PenStyle pen_style(CurveSeries::Line line) {
    switch (line) {
    case CurveSeries::Line::Dashed:
        return Qt::DashLine;
    case CurveSeries::Line::Dotted:
        return Qt::DotLine;
    default:
        return Qt::SolidLine;
    }
}

void use_scale(QCPAxis* axis, bool logarithmic) {
    if ((axis->scaleType() == QCPAxis::stLogarithmic) == logarithmic)
        return;
    if (logarithmic) {
        DecadeTicker::use_on(axis);
    } else {
        axis->disconnect(axis); // the choice of the number format
        axis->setScaleType(QCPAxis::stLinear);
        axis->setTicker(QSharedPointer<QCPAxisTicker>::create());
        axis->setNumberFormat(QStringLiteral("gb"));
        axis->setNumberPrecision(6);
    }
}

QCPRange padded(double low, double high, bool logarithmic) {
    if (!(low <= high))
        return {0.1, 1};
    if (logarithmic) {
        const double part = std::max(1.25, std::pow(high / low, 0.05));
        return {low / part, high * part};
    }
    const double part = high > low ? 0.05 * (high - low) : (high != 0 ? 0.1 * std::abs(high) : 0.5);
    return {low - part, high + part};
}

QColor mixed(const QColor& a, const QColor& b, double part) {
    const auto mix = [part](int x, int y) { return int(std::lround(x + part * (y - x))); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace

CurvePlot::CurvePlot(const QString& title, QWidget* parent)
    : PlotView(title, parent), ring_(new QCPItemTracer(plot())), doubt_(new QCPItemRect(plot())) {
    use_scale(plot()->xAxis, true);
    use_scale(plot()->yAxis, true);
    ring_->setStyle(QCPItemTracer::tsCircle);
    ring_->setSize(15);
    ring_->setSelectable(false);
    ring_->setVisible(false);
    doubt_->setLayer(QStringLiteral("background"));
    doubt_->setSelectable(false);
    doubt_->topLeft->setType(QCPItemPosition::ptAxisRectRatio);
    doubt_->topLeft->setCoords(0, 0);
    doubt_->bottomRight->setTypeX(QCPItemPosition::ptPlotCoords);
    doubt_->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
    doubt_->setVisible(false);
    restyle();
}

bool CurvePlot::shown(const CurvePoint& point) const {
    return std::isfinite(point.x) && std::isfinite(point.y) && (!curves_.x_logarithmic || point.x > 0) &&
           (!curves_.y_logarithmic || point.y > 0);
}

void CurvePlot::set_curves(const CurveSet& curves, bool keep_view) {
    const bool keep = keep_view && content_shown() && curves.x_logarithmic == curves_.x_logarithmic &&
                      curves.y_logarithmic == curves_.y_logarithmic;
    curves_ = curves;
    plot()->clearGraphs();
    drawn_.clear();
    left_out_ = 0;
    any_doubtful_ = any_flipped_ = false;
    use_scale(plot()->xAxis, curves_.x_logarithmic);
    use_scale(plot()->yAxis, curves_.y_logarithmic);
    plot()->xAxis->setLabel(curves_.x_title);
    plot()->yAxis->setLabel(curves_.y_title);
    bool any = false;
    for (const auto& series : curves_.series) {
        draw(series);
        for (const auto& point : series.points) {
            const bool visible = shown(point);
            any = any || visible;
            left_out_ += series.markers && std::isfinite(point.y) && !visible;
            any_doubtful_ = any_doubtful_ || (visible && point.doubtful);
            any_flipped_ = any_flipped_ || (visible && point.flipped);
        }
    }
    show_content(any);
    shade_doubt();
    describe(tr("Curves: %1 against %2, %3 series")
                 .arg(curves_.y_title, curves_.x_title)
                 .arg(curves_.series.size()) +
             (any_doubtful_ ? QStringLiteral(", ") + tr("rounding dominates") : QString()));
    if (!keep)
        reset_axes();
    select_point(selected_);
    restyle();
    redraw();
}

void CurvePlot::draw(const CurveSeries& series) {
    QVector<double> x, y, mark_x, mark_y, cross_x, cross_y, ring_x, ring_y, bar_x, bar_y, low, high;
    for (const auto& point : series.points) {
        if (!shown(point))
            continue;
        x.append(point.x);
        y.append(point.y);
        const double least = curves_.y_logarithmic ? point.y * cut : -INFINITY;
        const double bottom = std::isfinite(point.low) ? std::max(point.low, least) : point.y,
                     top = std::isfinite(point.high) ? point.high : point.y;
        low.append(bottom);
        high.append(top);
        if (!series.band && top > bottom) {
            bar_x << point.x << point.x << point.x;
            bar_y << bottom << top << no_value;
        }
        if (point.flipped) {
            ring_x.append(point.x);
            ring_y.append(point.y);
        }
        if (point.doubtful) {
            cross_x.append(point.x);
            cross_y.append(point.y);
        } else if (series.markers) {
            mark_x.append(point.x);
            mark_y.append(point.y);
        }
    }
    const auto graph = [&](const QVector<double>& keys, const QVector<double>& values, bool line) {
        if (keys.isEmpty())
            return static_cast<QCPGraph*>(nullptr);
        auto* made = plot()->addGraph();
        made->setData(keys, values, true);
        made->setLineStyle(line ? QCPGraph::lsLine : QCPGraph::lsNone);
        made->setSelectable(QCP::stNone);
        // Points in large numbers would be thinned by pixel, which hides the colours below.
        made->setAdaptiveSampling(line);
        return made;
    };
    Drawn drawn;
    if (series.band) {
        drawn.lower = graph(x, low, true);
        drawn.upper = graph(x, high, true);
        if (drawn.upper)
            drawn.upper->setChannelFillGraph(drawn.lower);
    }
    drawn.bars = graph(bar_x, bar_y, true);
    if (series.line != CurveSeries::Line::None)
        drawn.line = graph(x, y, true);
    drawn.marks = graph(mark_x, mark_y, false);
    drawn.crosses = graph(cross_x, cross_y, false);
    drawn.rings = graph(ring_x, ring_y, false);
    drawn_.append(drawn);
}

void CurvePlot::shade_doubt() {
    // From the left to the last x at which a point is doubtful with none before it that is free of doubt.
    QMap<double, bool> doubts;
    for (const auto& series : curves_.series)
        for (const auto& point : series.points)
            if (shown(point) && (series.markers || point.doubtful))
                doubts[point.x] = doubts.value(point.x) || point.doubtful;
    double last = no_value, next = no_value;
    for (auto at = doubts.cbegin(); at != doubts.cend(); ++at) {
        if (!at.value()) {
            next = at.key();
            break;
        }
        last = at.key();
    }
    doubt_->setVisible(std::isfinite(last));
    if (!std::isfinite(last))
        return;
    if (!std::isfinite(next)) // all of it
        doubt_->bottomRight->setTypeX(QCPItemPosition::ptAxisRectRatio);
    else
        doubt_->bottomRight->setTypeX(QCPItemPosition::ptPlotCoords);
    const double middle = curves_.x_logarithmic ? std::sqrt(last * next) : (last + next) / 2;
    doubt_->bottomRight->setCoords(std::isfinite(next) ? middle : 1, 1);
}

void CurvePlot::apply_style(const PlotStyle& style) {
    for (int i = 0; i < drawn_.size(); ++i) {
        const auto& series = curves_.series[i];
        const auto& drawn = drawn_[i];
        const QColor color = series.color.isValid() ? series.color : style.text;
        const double size = (series.points.size() > many ? 4 : 6) * style.line / 1.6;
        if (drawn.line)
            drawn.line->setPen(
                QPen(color, style.line * series.weight * (series.markers ? 0.7 : 1), pen_style(series.line)));
        if (drawn.bars)
            drawn.bars->setPen(QPen(mixed(color, style.background, 0.4), style.line * 0.7));
        if (drawn.marks)
            drawn.marks->setScatterStyle(QCPScatterStyle(shape_of(curves_.series, i), color, color, size));
        if (drawn.crosses) {
            QCPScatterStyle cross(QCPScatterStyle::ssCross, color, 8 * style.line / 1.6);
            cross.setPen(QPen(color, style.line));
            drawn.crosses->setScatterStyle(cross);
        }
        if (drawn.rings) {
            QCPScatterStyle ring(QCPScatterStyle::ssCircle, style.text, 13 * style.line / 1.6);
            ring.setPen(QPen(style.text, style.line * 0.7));
            drawn.rings->setScatterStyle(ring);
        }
        if (drawn.upper) {
            drawn.upper->setPen(Qt::NoPen);
            drawn.lower->setPen(Qt::NoPen);
            QColor fill = color;
            fill.setAlphaF(0.22f);
            drawn.upper->setBrush(fill);
        }
    }
    doubt_->setPen(Qt::NoPen);
    doubt_->setBrush(mixed(style.background, QColor(0xe69f00), 0.14));
    ring_->setPen(QPen(style.selection, style.print ? 0 : 2));
    ring_->setBrush(Qt::NoBrush);
}

QVector<KeyEntry> CurvePlot::key() const {
    QVector<KeyEntry> entries;
    for (qsizetype i = 0; i < curves_.series.size(); ++i) {
        const auto& series = curves_.series[i];
        if (!series.in_key || series.points.isEmpty())
            continue;
        using Mark = KeyEntry::Mark;
        const Mark mark = series.band                                ? Mark::Bar
                          : series.line == CurveSeries::Line::Dashed ? Mark::Dashes
                          : series.line == CurveSeries::Line::Dotted ? Mark::Dots
                          : series.line == CurveSeries::Line::Solid  ? Mark::Line
                                                                     : Mark::Point;
        QColor color = series.color;
        if (series.band && color.isValid())
            color = mixed(color, style_now().background, 0.6);
        entries.append({series.name, color, mark, series.markers ? int(shape_of(curves_.series, i)) : -1});
    }
    entries += curves_.key;
    if (any_doubtful_)
        entries.append({tr("rounding dominates"), QColor(), KeyEntry::Mark::Point, QCPScatterStyle::ssCross});
    if (any_flipped_)
        entries.append({tr("routing changed"), QColor(), KeyEntry::Mark::Point, QCPScatterStyle::ssCircle});
    return entries;
}

void CurvePlot::reset_axes() {
    double left = INFINITY, right = -INFINITY, bottom = INFINITY, top = -INFINITY;
    for (const auto& series : curves_.series)
        for (const auto& point : series.points) {
            if (!shown(point))
                continue;
            left = std::min(left, point.x);
            right = std::max(right, point.x);
            bottom = std::min(bottom, point.y);
            top = std::max(top, std::isfinite(point.high) ? point.high : point.y);
            if (std::isfinite(point.low))
                bottom =
                    std::min(bottom, curves_.y_logarithmic ? std::max(point.low, point.y * cut) : point.low);
        }
    plot()->xAxis->setRange(padded(left, right, curves_.x_logarithmic));
    plot()->yAxis->setRange(padded(bottom, top, curves_.y_logarithmic));
}

CurvePlot::Place CurvePlot::place_at(const QPoint& position) const {
    Place found;
    if (!axes()->rect().contains(position))
        return found;
    double nearest = reach;
    for (int s = 0; s < curves_.series.size(); ++s)
        for (int p = 0; p < curves_.series[s].points.size(); ++p) {
            const auto& point = curves_.series[s].points[p];
            if (!shown(point))
                continue;
            const double distance = std::hypot(plot()->xAxis->coordToPixel(point.x) - position.x(),
                                               plot()->yAxis->coordToPixel(point.y) - position.y());
            if (distance < nearest) {
                nearest = distance;
                found = {s, p};
            }
        }
    return found;
}

QString CurvePlot::readout(const QPoint& position) const {
    const Place place = place_at(position);
    if (place.series < 0)
        return {};
    const auto& series = curves_.series[place.series];
    const auto& point = series.points[place.point];
    QStringList lines{series.name, QStringLiteral("%1: %2").arg(curves_.x_title).arg(point.x, 0, 'g', 6),
                      QStringLiteral("%1: %2").arg(curves_.y_title).arg(point.y, 0, 'g', 5)};
    if (std::isfinite(point.low) && std::isfinite(point.high))
        lines.append(tr("from %1 to %2").arg(point.low, 0, 'g', 4).arg(point.high, 0, 'g', 4));
    if (!point.note.isEmpty())
        lines.append(point.note);
    if (point.doubtful)
        lines.append(tr("rounding dominates"));
    if (point.flipped)
        lines.append(tr("routing changed"));
    return lines.join('\n');
}

void CurvePlot::select_point(int id) {
    selected_ = id;
    ring_->setVisible(false);
    for (const auto& series : curves_.series)
        for (const auto& point : series.points)
            if (id >= 0 && point.id == id && shown(point)) {
                ring_->position->setCoords(point.x, point.y);
                ring_->setVisible(true);
            }
    redraw();
}

void CurvePlot::clicked(const QPoint& position) {
    const Place place = place_at(position);
    if (place.series < 0)
        return;
    if (const int id = curves_.series[place.series].points[place.point].id; id >= 0)
        Q_EMIT point_selected(id);
}

void CurvePlot::step_selection(int layers, int experts) {
    const int step = layers + experts;
    for (const auto& series : curves_.series) {
        QVector<int> ids;
        for (const auto& point : series.points)
            if (point.id >= 0 && shown(point))
                ids.append(point.id);
        if (ids.isEmpty() || (selected_ >= 0 && !ids.contains(selected_)))
            continue;
        const int at = selected_ < 0 ? 0 : int(ids.indexOf(selected_)) + step;
        Q_EMIT point_selected(ids[qBound(0, at, int(ids.size()) - 1)]);
        return;
    }
}

TextTable CurvePlot::data() const {
    TextTable table{{QStringLiteral("series"), curves_.x_title, curves_.y_title, QStringLiteral("low"),
                     QStringLiteral("high"), QStringLiteral("doubtful"), QStringLiteral("flipped")},
                    {}};
    const auto number = [](double value) {
        return std::isfinite(value) ? QString::number(value, 'g', 9) : QString();
    };
    for (const auto& series : curves_.series)
        for (const auto& point : series.points)
            table.rows.append({series.name, number(point.x), number(point.y), number(point.low),
                               number(point.high), QString::number(point.doubtful),
                               QString::number(point.flipped)});
    return table;
}

} // namespace moequant
