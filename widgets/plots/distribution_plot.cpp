#include "widgets/plots/distribution_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr int most_outside = 200; ///< points drawn of one box; the rest would only blacken

} // namespace

DistributionPlot::DistributionPlot(QWidget* parent)
    : PlotView(tr("Distribution of errors"), parent), band_(new QCPItemRect(plot())) {
    plot()->yAxis->setScaleType(QCPAxis::stLogarithmic);
    plot()->yAxis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
    plot()->yAxis->setNumberFormat(QStringLiteral("gbc"));
    plot()->yAxis->setNumberPrecision(2);
    plot()->xAxis->setTicker(QSharedPointer<QCPAxisTickerText>::create());
    plot()->xAxis->grid()->setVisible(false);
    band_->setLayer(QStringLiteral("background"));
    band_->setSelectable(false);
    band_->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
    band_->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
    band_->setVisible(false);
    restyle();
}

double DistributionPlot::place(int group, int series) const {
    const double width = 0.8 / double(std::max<qsizetype>(1, series_.size()));
    return group + width * (series + 0.5) - 0.4;
}

void DistributionPlot::set_series(const QString& value_title, const QString& group_title,
                                  const QStringList& groups, const QVector<DistributionSeries>& series) {
    plot()->clearPlottables();
    groups_ = groups;
    series_ = series;
    value_title_ = value_title;
    boxes_.clear();
    bool any = false;
    for (int s = 0; s < series_.size(); ++s) {
        auto* boxes = new QCPStatisticalBox(plot()->xAxis, plot()->yAxis);
        boxes->setSelectable(QCP::stNone);
        boxes->setWidth(0.8 / double(series_.size()) * 0.8);
        boxes->setWhiskerWidth(0.8 / double(series_.size()) * 0.4);
        QVector<Quantiles> row;
        for (int group = 0; group < groups_.size(); ++group) {
            auto values = series_[s].values.value(group);
            values.removeIf([](double value) { return !(value > 0); });
            row.append(quantiles(values));
            const auto& box = row.last();
            if (box.count == 0)
                continue;
            any = true;
            auto outside = box.outside;
            if (outside.size() > most_outside) { // the farthest
                std::sort(outside.begin(), outside.end(), std::greater<>());
                outside.resize(most_outside);
            }
            boxes->addData(place(group, s), box.low, box.lower, box.median, box.upper, box.high, outside);
        }
        boxes_.append(row);
    }
    show_content(any);
    plot()->xAxis->setLabel(group_title);
    plot()->yAxis->setLabel(value_title_);
    label_groups();
    describe(tr("Box plots: %1 of %2 groups").arg(value_title_).arg(groups_.size()));
    select_group(-1);
    reset_axes();
    restyle();
    redraw();
}

// As many labels as fit; a name of several words stands in several lines.
void DistributionPlot::label_groups() {
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    ticker->setSubTickCount(0);
    int widest = 1;
    for (const QString& group : groups_)
        for (const QString& word : group.split(' '))
            widest = std::max(widest, fontMetrics().horizontalAdvance(word) + 10);
    const int room = std::max(1, (width() - 110) / widest);
    const int step = std::max(1, (int(groups_.size()) + room - 1) / room);
    for (int group = 0; group < groups_.size(); group += step)
        ticker->addTick(group, QString(groups_[group]).replace(' ', '\n'));
    plot()->xAxis->setTicker(ticker);
}

void DistributionPlot::select_group(int group) {
    selected_ = group;
    band_->setVisible(group >= 0 && group < groups_.size());
    band_->topLeft->setCoords(group - 0.48, 0);
    band_->bottomRight->setCoords(group + 0.48, 1);
    redraw();
}

void DistributionPlot::apply_style(const PlotStyle& style) {
    QColor band = style.selection;
    band.setAlphaF(style.print ? 0.0F : 0.18F);
    band_->setPen(Qt::NoPen);
    band_->setBrush(band);
    for (int s = 0; s < plot()->plottableCount(); ++s) {
        auto* boxes = qobject_cast<QCPStatisticalBox*>(plot()->plottable(s));
        if (!boxes || s >= series_.size())
            continue;
        QColor fill = series_[s].color;
        fill.setAlphaF(0.35F);
        boxes->setPen(QPen(series_[s].color, style.line * 0.8));
        boxes->setBrush(fill);
        boxes->setMedianPen(QPen(style.text, style.line));
        boxes->setWhiskerPen(QPen(series_[s].color, style.line * 0.8));
        boxes->setWhiskerBarPen(QPen(series_[s].color, style.line * 0.8));
        boxes->setOutlierStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, series_[s].color, style.print ? 4 : 3));
    }
}

QVector<KeyEntry> DistributionPlot::key() const {
    QVector<KeyEntry> entries;
    if (series_.size() > 1)
        for (const auto& series : series_)
            entries.append({series.name, series.color, KeyEntry::Mark::Bar, -1});
    entries.append(
        {tr("box: middle half, line: median, whiskers: 5 to 95 %"), QColor(), KeyEntry::Mark::Line, -1});
    return entries;
}

void DistributionPlot::reset_axes() {
    double low = INFINITY, high = 0;
    for (const auto& row : boxes_)
        for (const auto& box : row) {
            if (box.count == 0)
                continue;
            low = std::min(low, box.low);
            high = std::max(high, box.high);
            for (const double value : box.outside) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
    plot()->xAxis->setRange(-0.6, double(std::max<qsizetype>(1, groups_.size())) - 0.4);
    if (high > 0)
        plot()->yAxis->setRange(low / 1.3, high * 1.3);
}

int DistributionPlot::group_at(const QPoint& position) const {
    if (!axes()->rect().contains(position))
        return -1;
    const int group = qRound(plot()->xAxis->pixelToCoord(position.x()));
    return group >= 0 && group < groups_.size() ? group : -1;
}

QString DistributionPlot::readout(const QPoint& position) const {
    const int group = group_at(position);
    if (group < 0)
        return {};
    QStringList lines{QStringLiteral("%1: %2").arg(plot()->xAxis->label(), groups_[group])};
    for (int s = 0; s < series_.size(); ++s) {
        const auto& box = boxes_[s][group];
        if (box.count > 0)
            lines.append(tr("%1: median %2, middle half %3 to %4, %L5 values")
                             .arg(series_[s].name)
                             .arg(box.median, 0, 'g', 4)
                             .arg(box.lower, 0, 'g', 4)
                             .arg(box.upper, 0, 'g', 4)
                             .arg(box.count));
    }
    return lines.join('\n');
}

void DistributionPlot::clicked(const QPoint& position) {
    if (const int group = group_at(position); group >= 0)
        Q_EMIT group_selected(group);
}

void DistributionPlot::step_selection(int, int experts) {
    if (experts != 0 && !groups_.isEmpty())
        Q_EMIT group_selected(qBound(0, selected_ + experts, int(groups_.size()) - 1));
}

void DistributionPlot::resizeEvent(QResizeEvent* event) {
    PlotView::resizeEvent(event);
    label_groups();
}

TextTable DistributionPlot::data() const {
    TextTable table{{QStringLiteral("series"), QStringLiteral("group"), QStringLiteral("values"),
                     QStringLiteral("5 %"), QStringLiteral("25 %"), QStringLiteral("median"),
                     QStringLiteral("75 %"), QStringLiteral("95 %")},
                    {}};
    const auto number = [](double value) { return QString::number(value, 'g', 9); };
    for (int s = 0; s < series_.size(); ++s)
        for (int group = 0; group < groups_.size(); ++group) {
            const auto& box = boxes_[s][group];
            if (box.count > 0)
                table.rows.append({series_[s].name, groups_[group], QString::number(box.count),
                                   number(box.low), number(box.lower), number(box.median), number(box.upper),
                                   number(box.high)});
        }
    return table;
}

} // namespace moequant
