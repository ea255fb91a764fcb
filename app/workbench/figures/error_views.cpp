// Errors of quantizations as figures: against tokens, by layer, and two runs expert by expert.
#include "app/workbench/figures/figure.h"
#include "app/workbench/run_report.h"
#include "core/job/error.h"
#include "widgets/colors.h"
#include "widgets/plots/distribution_plot.h"
#include "widgets/plots/error_scatter.h"
#include "widgets/plots/paired_plot.h"

#include <algorithm>

namespace moequant {
namespace {

CellMap errors_of(const QString& run) {
    CellMap map = expert_errors(read_linears(read_result(run.toStdString()), run), run_name(run));
    if (map.layers.isEmpty())
        throw RequestError(run.toStdString(), "no expert's error is recorded in this run");
    return map;
}

} // namespace

Figure draw_error_tokens(const FigureRequest& request) {
    Figure figure;
    figure.columns = request.runs.size() > 1 ? 2 : 1;
    QVector<CellMap> maps;
    for (const QString& run : request.runs)
        maps.append(errors_of(run));
    for (const CellMap& map : maps) {
        auto plot = std::make_unique<ErrorScatter>();
        plot->set_map(map);
        if (!plot->content_shown())
            throw RequestError(map.name.toStdString(), "no expert has both tokens and an error");
        QString title;
        if (maps.size() > 1) {
            plot->set_compared(maps);
            title = QObject::tr("%1: slope %2, r = %3")
                        .arg(map.name)
                        .arg(plot->trend().slope, 0, 'f', 2)
                        .arg(plot->trend().correlation, 0, 'f', 2);
        }
        figure.add(std::move(plot), title);
    }
    const int rows = (int(request.runs.size()) + figure.columns - 1) / figure.columns;
    figure.height_mm = rows == 1 ? 90 : 75 * rows;
    return figure;
}

Figure draw_error_layers(const FigureRequest& request) {
    QVector<CellMap> maps;
    QVector<int> layers;
    for (const QString& run : request.runs) {
        maps.append(errors_of(run));
        for (const int layer : maps.last().layers)
            if (!layers.contains(layer))
                layers.append(layer);
    }
    std::sort(layers.begin(), layers.end());
    QStringList groups;
    for (const int layer : layers)
        groups.append(QString::number(layer));
    QVector<DistributionSeries> series;
    for (const CellMap& map : maps) {
        DistributionSeries one{map.name, run_color(int(series.size())), {}};
        for (const int layer : layers) {
            const auto row = map.layers.indexOf(layer);
            one.values.append(row < 0 ? QVector<double>() : map.values.mid(row * map.experts, map.experts));
        }
        series.append(one);
    }
    auto plot = std::make_unique<DistributionPlot>();
    plot->set_series(maps.first().value_title, QObject::tr("Layer"), groups, series);
    Figure figure;
    figure.height_mm = 90;
    figure.add(std::move(plot), {});
    return figure;
}

Figure draw_error_pairs(const FigureRequest& request) {
    if (request.runs.size() < 2)
        throw RequestError("--kind error-pairs: needs two runs or more; all are compared with the first");
    const CellMap baseline = errors_of(request.runs.front());
    Figure figure;
    for (std::size_t i = 1; i < request.runs.size(); ++i) {
        const CellMap map = errors_of(request.runs[i]);
        const auto pairs = paired_values(map, baseline);
        if (pairs.isEmpty())
            throw RequestError(request.runs[i].toStdString(),
                               "has no expert in common with " + request.runs.front().toStdString());
        auto plot = std::make_unique<PairedPlot>();
        plot->set_pairs(pairs, map.name, baseline.name);
        figure.add(std::move(plot), QObject::tr("%1 against %2").arg(map.name, baseline.name));
    }
    figure.columns = figure.panels.size() > 1 ? 2 : 1;
    const int rows = (int(figure.panels.size()) + figure.columns - 1) / figure.columns;
    figure.height_mm = rows == 1 ? 90 : 75 * rows;
    return figure;
}

} // namespace moequant
