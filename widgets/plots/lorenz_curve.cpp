#include "widgets/plots/lorenz_curve.h"

#include "widgets/usage_measures.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace moequant {

LorenzCurve::LorenzCurve(QWidget* parent) : PlotView(tr("Lorenz curve"), parent) {
    plot()->xAxis->setLabel(tr("Experts, least used first (%)"));
    plot()->yAxis->setLabel(tr("Tokens (%)"));
    even_ = plot()->addGraph();
    even_->setData({0, 100}, {0, 100}, true);
    even_->setSelectable(QCP::stNone);
    marks_ = plot()->addGraph();
    marks_->setLineStyle(QCPGraph::lsNone);
    marks_->setSelectable(QCP::stNone);
    for (auto* axis : {plot()->xAxis, plot()->yAxis})
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
                [axis](const QCPRange& range) { axis->setRange(range.bounded(0, 100)); });
    restyle();
}

void LorenzCurve::set_sources(const QVector<UsageSeries>& sources) {
    sources_ = sources;
    rebuild();
}

void LorenzCurve::set_layer(int layer) {
    layer_ = layer;
    rebuild();
}

void LorenzCurve::select_expert(int expert) {
    expert_ = expert;
    QVector<double> x, y;
    for (const auto& curve : curves_)
        if (const auto at = curve.experts.indexOf(expert); at >= 0) {
            x.append(curve.x[at + 1]);
            y.append(curve.y[at + 1]);
        }
    marks_->setData(x, y);
    redraw();
}

void LorenzCurve::rebuild() {
    for (auto* graph : graphs_)
        plot()->removeGraph(graph);
    graphs_.clear();
    curves_.clear();
    for (const auto& source : sources_) {
        const auto* usage = source.at(layer_);
        if (!usage || usage->counts.isEmpty())
            continue;
        Curve curve{source.name, source.color, {}, {}, {}, gini(usage->counts)};
        const auto& counts = usage->counts;
        curve.experts.resize(counts.size());
        std::iota(curve.experts.begin(), curve.experts.end(), 0);
        std::stable_sort(curve.experts.begin(), curve.experts.end(),
                         [&](int a, int b) { return counts[a] < counts[b]; });
        const auto shares = lorenz_curve(counts);
        for (int i = 0; i < shares.size(); ++i) {
            curve.x.append(100.0 * i / double(counts.size()));
            curve.y.append(100 * shares[i]);
        }
        auto* graph = plot()->addGraph();
        graph->setData(curve.x, curve.y, true);
        graph->setSelectable(QCP::stNone);
        graphs_.append(graph);
        curves_.append(curve);
    }
    show_content(!curves_.isEmpty());
    plot()->xAxis->setLabel(layer_ < 0 ? tr("Experts, least used first (%)")
                                       : tr("Experts of layer %1, least used first (%)").arg(layer_));
    QStringList said;
    for (const auto& curve : curves_)
        said.append(tr("%1 Gini %2").arg(curve.name).arg(curve.gini, 0, 'f', 3));
    describe(said.join(QStringLiteral(", ")));
    select_expert(expert_);
    reset_axes();
    restyle();
    redraw();
}

void LorenzCurve::apply_style(const PlotStyle& style) {
    even_->setPen(QPen(style.text, style.line * 0.8, Qt::DashLine));
    for (int i = 0; i < graphs_.size(); ++i)
        graphs_[i]->setPen(QPen(curves_[i].color, style.line));
    marks_->setScatterStyle(
        style.print ? QCPScatterStyle(QCPScatterStyle::ssNone)
                    : QCPScatterStyle(QCPScatterStyle::ssCircle, style.text, style.background, 9));
}

QVector<KeyEntry> LorenzCurve::key() const {
    QVector<KeyEntry> entries;
    for (const auto& curve : curves_)
        entries.append({tr("%1, Gini %2").arg(curve.name).arg(curve.gini, 0, 'f', 3), curve.color,
                        KeyEntry::Mark::Line, -1});
    if (!curves_.isEmpty())
        entries.append({tr("even use"), QColor(), KeyEntry::Mark::Dashes, -1});
    return entries;
}

void LorenzCurve::reset_axes() {
    plot()->xAxis->setRange(0, 100);
    plot()->yAxis->setRange(0, 100);
}

LorenzCurve::Place LorenzCurve::place_at(const QPoint& position) const {
    Place found;
    if (!axes()->rect().contains(position))
        return found;
    double nearest = 14 * 14;
    for (int c = 0; c < curves_.size(); ++c)
        for (int i = 1; i < curves_[c].x.size(); ++i) {
            const double dx = plot()->xAxis->coordToPixel(curves_[c].x[i]) - position.x(),
                         dy = plot()->yAxis->coordToPixel(curves_[c].y[i]) - position.y();
            if (dx * dx + dy * dy < nearest) {
                nearest = dx * dx + dy * dy;
                found = {c, i};
            }
        }
    return found;
}

QString LorenzCurve::readout(const QPoint& position) const {
    const Place place = place_at(position);
    if (place.curve < 0)
        return {};
    const auto& curve = curves_[place.curve];
    return tr("%1, layer %2\nthe %3 least used experts get %4 % of the tokens\nthe last of them: expert %5, "
              "%6 %")
        .arg(curve.name)
        .arg(layer_)
        .arg(place.position)
        .arg(curve.y[place.position], 0, 'f', 2)
        .arg(curve.experts[place.position - 1])
        .arg(curve.y[place.position] - curve.y[place.position - 1], 0, 'f', 2);
}

void LorenzCurve::clicked(const QPoint& position) {
    if (const Place place = place_at(position); place.curve >= 0)
        Q_EMIT expert_selected(layer_, curves_[place.curve].experts[place.position - 1]);
}

TextTable LorenzCurve::data() const {
    TextTable table{{QStringLiteral("source"), QStringLiteral("layer"), QStringLiteral("expert"),
                     QStringLiteral("experts_percent"), QStringLiteral("tokens_percent"),
                     QStringLiteral("gini")},
                    {}};
    for (const auto& curve : curves_)
        for (int i = 1; i < curve.x.size(); ++i)
            table.rows.append({curve.name, QString::number(layer_), QString::number(curve.experts[i - 1]),
                               QString::number(curve.x[i], 'g', 9), QString::number(curve.y[i], 'g', 9),
                               QString::number(curve.gini, 'g', 9)});
    return table;
}

} // namespace moequant
