#include "widgets/plots/layer_lines.h"

#include "widgets/plots/expert_ticker.h"
#include "widgets/plots/key_row.h"

#include <qcustomplot.h>

#include <cmath>
#include <numeric>

namespace moequant {
namespace {

constexpr int most_markers = 64; ///< more points than this are drawn as a bare line

// Lines differ by marker as well as by colour.
constexpr QCPScatterStyle::ScatterShape markers[] = {
    QCPScatterStyle::ssDisc,    QCPScatterStyle::ssSquare,           QCPScatterStyle::ssTriangle,
    QCPScatterStyle::ssDiamond, QCPScatterStyle::ssTriangleInverted, QCPScatterStyle::ssCircle};

} // namespace

LayerLines::LayerLines(const QString& title, QWidget* parent)
    : PlotView(title, parent), band_(new QCPItemRect(plot())) {
    plot()->xAxis->setTicker(QSharedPointer<ExpertTicker>::create());
    set_step_title(tr("Layer"));
    plot()->xAxis->grid()->setVisible(false);
    band_->setLayer(QStringLiteral("background"));
    band_->setSelectable(false);
    band_->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
    band_->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
    band_->setVisible(false);
    connect(
        plot()->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
        [this](const QCPRange& range) { plot()->xAxis->setRange(range.bounded(first_ - 0.5, last_ + 0.5)); });
    connect(plot()->yAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this](const QCPRange& range) { plot()->yAxis->setRange(range.bounded(0, top_)); });
    restyle();
}

void LayerLines::set_step_title(const QString& title) {
    step_title_ = title;
    plot()->xAxis->setLabel(title);
}

void LayerLines::set_lines(const QVector<LineSeries>& lines, const QString& value_title) {
    lines_ = lines;
    value_title_ = value_title;
    for (auto* graph : graphs_)
        plot()->removeGraph(graph);
    graphs_.clear();
    first_ = 1e9, last_ = -1e9, top_ = 0;
    for (const auto& line : lines_) {
        auto* graph = plot()->addGraph();
        graph->setName(line.name);
        graph->setData(line.layers, line.values);
        graph->setSelectable(QCP::stNone);
        graphs_.append(graph);
        for (int i = 0; i < line.layers.size(); ++i) {
            first_ = qMin(first_, line.layers[i]);
            last_ = qMax(last_, line.layers[i]);
            if (std::isfinite(line.values[i]))
                top_ = qMax(top_, line.values[i]);
        }
    }
    show_content(last_ >= first_);
    if (last_ < first_)
        return;
    top_ = top_ > 0 ? top_ * 1.1 : 1;
    QVector<int> layers(int(last_) + 1);
    std::iota(layers.begin(), layers.end(), 0);
    plot()->xAxis->ticker().staticCast<ExpertTicker>()->set_labels(layers);
    plot()->yAxis->setLabel(value_title);
    describe(tr("Lines: %1 by layer, sources: %2").arg(value_title).arg(lines_.size()));
    reset_axes();
    restyle();
    redraw();
}

void LayerLines::select_layer(int layer) {
    selected_ = layer;
    band_->setVisible(layer >= 0);
    band_->topLeft->setCoords(layer - 0.5, 0);
    band_->bottomRight->setCoords(layer + 0.5, 1);
    redraw();
}

void LayerLines::apply_style(const PlotStyle& style) {
    for (int i = 0; i < graphs_.size(); ++i) {
        const QColor color = lines_[i].color.isValid() ? lines_[i].color : style.text;
        graphs_[i]->setPen(QPen(color, style.line));
        if (lines_[i].layers.size() > most_markers)
            graphs_[i]->setScatterStyle(QCPScatterStyle::ssNone);
        else
            graphs_[i]->setScatterStyle(
                QCPScatterStyle(markers[i % std::size(markers)], color, color, 6 * style.line / 1.6));
    }
    QColor band = style.selection;
    band.setAlphaF(style.print ? 0 : 0.22f);
    band_->setBrush(band);
    band_->setPen(Qt::NoPen);
}

QVector<KeyEntry> LayerLines::key() const {
    QVector<KeyEntry> entries;
    for (int i = 0; i < lines_.size(); ++i)
        entries.append(
            {lines_[i].name, lines_[i].color, KeyEntry::Mark::Line, markers[i % int(std::size(markers))]});
    return entries;
}

void LayerLines::reset_axes() {
    plot()->xAxis->setRange(first_ - 0.5, last_ + 0.5);
    plot()->yAxis->setRange(0, top_);
}

int LayerLines::layer_at(const QPoint& position) const {
    if (!axes()->rect().contains(position))
        return -1;
    const int layer = qRound(plot()->xAxis->pixelToCoord(position.x()));
    for (const auto& line : lines_)
        if (line.layers.contains(layer))
            return layer;
    return -1;
}

QString LayerLines::readout(const QPoint& position) const {
    const int layer = layer_at(position);
    if (layer < 0)
        return {};
    QStringList lines{QStringLiteral("%1 %2, %3").arg(step_title_).arg(layer).arg(value_title_)};
    for (const auto& line : lines_)
        if (const auto i = line.layers.indexOf(layer); i >= 0)
            lines.append(QStringLiteral("%1: %2").arg(line.name).arg(line.values[i], 0, 'g', 5));
    return lines.join('\n');
}

void LayerLines::clicked(const QPoint& position) {
    if (const int layer = layer_at(position); layer >= 0)
        Q_EMIT layer_selected(layer);
}

void LayerLines::step_selection(int layers, int experts) {
    if (!lines_.isEmpty() && layers + experts != 0)
        Q_EMIT layer_selected(qBound(int(first_), selected_ + layers + experts, int(last_)));
}

void LayerLines::resizeEvent(QResizeEvent* event) {
    PlotView::resizeEvent(event);
    plot()->xAxis->ticker().staticCast<ExpertTicker>()->set_room(width() / 36);
}

TextTable LayerLines::data() const {
    TextTable table{{QStringLiteral("source"), QStringLiteral("layer"), value_title_}, {}};
    for (const auto& line : lines_)
        for (int i = 0; i < line.layers.size(); ++i)
            table.rows.append(
                {line.name, QString::number(line.layers[i]), QString::number(line.values[i], 'g', 9)});
    return table;
}

} // namespace moequant
