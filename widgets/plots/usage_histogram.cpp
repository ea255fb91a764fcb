#include "widgets/plots/usage_histogram.h"

#include "widgets/plots/expert_ticker.h"
#include "widgets/plots/key_row.h"

#include <qcustomplot.h>

#include <algorithm>
#include <numeric>

namespace moequant {
namespace {

double sum(const QVector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

UsageHistogram::UsageHistogram(QWidget* parent)
    : PlotView(tr("Expert usage"), parent), band_(new QCPItemRect(plot())) {
    plot()->xAxis->setTicker(QSharedPointer<ExpertTicker>::create());
    plot()->xAxis->grid()->setVisible(false);
    plot()->yAxis->setLabel(tr("Share of routed tokens (%)"));
    band_->setLayer(QStringLiteral("background"));
    band_->setSelectable(false);
    band_->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
    band_->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
    uniform_ = plot()->addGraph();
    uniform_->setSelectable(QCP::stNone);
    connect(plot()->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this](const QCPRange& range) {
                plot()->xAxis->setRange(range.bounded(-0.5, qMax(0.5, double(experts_.size()) - 0.5)));
            });
    connect(plot()->yAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this](const QCPRange& range) { plot()->yAxis->setRange(range.bounded(0, top_)); });
    restyle();
}

void UsageHistogram::set_sources(const QVector<UsageSeries>& sources) {
    sources_ = sources;
    rebuild();
}

void UsageHistogram::set_layer(int layer) {
    layer_ = layer;
    rebuild();
}

void UsageHistogram::set_order(Order order) {
    order_ = order;
    rebuild();
}

void UsageHistogram::set_overlaid(bool overlaid) {
    overlaid_ = overlaid;
    rebuild();
}

void UsageHistogram::set_min_tokens(double tokens) {
    min_tokens_ = tokens;
    rebuild();
}

void UsageHistogram::select_expert(int expert) {
    selected_ = expert;
    place_selection();
    redraw();
}

void UsageHistogram::set_top(double percent) {
    top_ = percent;
    reset_view();
}

void UsageHistogram::rebuild() {
    for (auto* bars : bars_)
        plot()->removePlottable(bars);
    for (auto* line : floors_)
        plot()->removeGraph(line);
    bars_.clear();
    floors_.clear();
    experts_.clear();
    top_ = 1e-9;

    QVector<const UsageSeries*> shown;
    int experts = 0;
    for (const auto& source : sources_)
        if (const auto* usage = source.at(layer_); usage && !usage->counts.isEmpty()) {
            shown.append(&source);
            experts = qMax(experts, int(usage->counts.size()));
        }
    show_content(!shown.isEmpty());
    set_title(layer_ < 0 ? tr("Usage") : tr("Usage, layer %1").arg(layer_));
    if (shown.isEmpty())
        return;
    experts_.resize(experts);
    std::iota(experts_.begin(), experts_.end(), 0);
    if (order_ == Order::ByUse) {
        const auto& counts = shown.first()->at(layer_)->counts;
        std::stable_sort(experts_.begin(), experts_.end(),
                         [&](int a, int b) { return counts.value(a) > counts.value(b); });
    }
    const double width = overlaid_ ? 0.84 : 0.84 / shown.size();
    QVector<double> floors;
    for (int s = 0; s < shown.size(); ++s) {
        const auto& counts = shown[s]->at(layer_)->counts;
        const double total = qMax(1.0, sum(counts));
        QVector<double> keys, shares;
        for (int i = 0; i < experts; ++i) {
            keys.append(overlaid_ ? i : i + (s - (shown.size() - 1) / 2.0) * width);
            shares.append(100 * counts.value(experts_[i]) / total);
            top_ = qMax(top_, shares.last());
        }
        auto* bars = new QCPBars(plot()->xAxis, plot()->yAxis);
        bars->setWidth(width);
        bars->setName(shown[s]->name);
        bars->setData(keys, shares, true);
        bars->setAntialiased(false);
        bars->setSelectable(QCP::stNone);
        const bool over = overlaid_ && shown.size() > 1;
        QColor fill = shown[s]->color;
        if (over)
            fill.setAlphaF(0.16f);
        bars->setPen(over ? QPen(shown[s]->color, 2) : QPen(Qt::NoPen));
        bars->setBrush(fill);
        bars_.append(bars);
        const double floor = 100 * min_tokens_ / total;
        if (min_tokens_ > 0 && !floors.contains(floor)) {
            floors.append(floor);
            auto* line = plot()->addGraph();
            line->setData({-0.5, experts - 0.5}, {floor, floor}, true);
            line->setProperty("color", shown[s]->color);
            line->setName(tr("minimum %L1 tokens").arg(min_tokens_));
            floors_.append(line);
        }
    }
    for (auto* line : floors_) {
        top_ = qMax(top_, line->data()->begin()->value);
        line->setProperty("alone", floors_.size() == 1);
    }
    const double uniform = 100.0 / experts;
    uniform_->setData({-0.5, experts - 0.5}, {uniform, uniform}, true);
    uniform_->setName(tr("uniform %1 %").arg(uniform, 0, 'f', 2));
    top_ = qMax(top_, uniform) * 1.06;
    plot()->xAxis->setLabel(order_ == Order::ByUse ? tr("Expert of layer %1, most used first").arg(layer_)
                                                   : tr("Expert of layer %1").arg(layer_));
    plot()->xAxis->ticker().staticCast<ExpertTicker>()->set_labels(experts_);
    describe(tr("Bars: share of tokens of %1 experts, sources: %2").arg(experts).arg(shown.size()));
    place_selection();
    reset_axes();
    restyle();
    redraw();
}

void UsageHistogram::place_selection() {
    const int position = experts_.indexOf(selected_);
    band_->setVisible(position >= 0);
    band_->topLeft->setCoords(position - 0.5, 0);
    band_->bottomRight->setCoords(position + 0.5, 1);
}

void UsageHistogram::apply_style(const PlotStyle& style) {
    uniform_->setPen(QPen(style.text, style.line * 0.8, Qt::DashLine));
    for (auto* line : floors_)
        line->setPen(
            QPen(line->property("alone").toBool() ? style.muted : line->property("color").value<QColor>(),
                 style.line * 0.8, Qt::DotLine));
    QColor band = style.selection;
    band.setAlphaF(style.print ? 0 : 0.22f);
    band_->setBrush(band);
    band_->setPen(Qt::NoPen);
}

QVector<KeyEntry> UsageHistogram::key() const {
    QVector<KeyEntry> entries;
    for (const auto* bars : bars_) {
        QColor color = bars->brush().color();
        color.setAlpha(255); // overlaid bars are translucent
        entries.append({bars->name(), color, KeyEntry::Mark::Bar, -1});
    }
    if (!experts_.isEmpty())
        entries.append({uniform_->name(), QColor(), KeyEntry::Mark::Dashes, -1});
    if (!floors_.isEmpty())
        entries.append({floors_.first()->name(), style_now().muted, KeyEntry::Mark::Dots, -1});
    return entries;
}

void UsageHistogram::reset_axes() {
    plot()->xAxis->setRange(-0.5, qMax(0.5, double(experts_.size()) - 0.5));
    plot()->yAxis->setRange(0, top_);
}

int UsageHistogram::expert_at(const QPoint& position) const {
    if (!axes()->rect().contains(position))
        return -1;
    return experts_.value(qRound(plot()->xAxis->pixelToCoord(position.x())), -1);
}

QString UsageHistogram::readout(const QPoint& position) const {
    const int expert = expert_at(position);
    if (expert < 0)
        return {};
    QStringList lines{tr("Layer %1, expert %2").arg(layer_).arg(expert)};
    for (const auto& source : sources_)
        if (const auto* usage = source.at(layer_)) {
            const double count = usage->counts.value(expert);
            lines.append(tr("%1: %L2 tokens, %3 %")
                             .arg(source.name)
                             .arg(qint64(count))
                             .arg(100 * count / qMax(1.0, sum(usage->counts)), 0, 'f', 3));
        }
    return lines.join('\n');
}

void UsageHistogram::clicked(const QPoint& position) {
    if (const int expert = expert_at(position); expert >= 0)
        Q_EMIT expert_selected(layer_, expert);
}

void UsageHistogram::step_selection(int, int experts) {
    if (experts_.isEmpty() || experts == 0)
        return;
    const int position = qBound(0, int(experts_.indexOf(selected_)) + experts, int(experts_.size()) - 1);
    Q_EMIT expert_selected(layer_, experts_[position]);
}

void UsageHistogram::resizeEvent(QResizeEvent* event) {
    PlotView::resizeEvent(event);
    plot()->xAxis->ticker().staticCast<ExpertTicker>()->set_room(width() / 36);
}

TextTable UsageHistogram::data() const {
    TextTable table{{QStringLiteral("source"), QStringLiteral("layer"), QStringLiteral("expert"),
                     QStringLiteral("tokens"), QStringLiteral("share")},
                    {}};
    for (const auto& source : sources_)
        if (const auto* usage = source.at(layer_)) {
            const double total = qMax(1.0, sum(usage->counts));
            for (int expert = 0; expert < usage->counts.size(); ++expert)
                table.rows.append({source.name, QString::number(layer_), QString::number(expert),
                                   QString::number(usage->counts[expert], 'g', 17),
                                   QString::number(usage->counts[expert] / total, 'g', 9)});
        }
    return table;
}

} // namespace moequant
