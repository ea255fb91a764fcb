#include "app/workbench/figures/figure.h"
#include "app/workbench/run_report.h"
#include "core/job/error.h"
#include "widgets/colors.h"
#include "widgets/plots/usage_histogram.h"

#include <algorithm>
#include <cstdio>

namespace moequant {
namespace {

// Models of up to this many MoE layers show all of them, a panel each; larger ones the most unbalanced layer.
constexpr int most_panels = 6;

} // namespace

Figure draw_usage(const FigureRequest& request) {
    QVector<UsageSeries> sources;
    QStringList specs;
    std::vector<ProfileReport> reports;
    for (const QString& run : request.runs) {
        reports.push_back(read_profile(read_result(run.toStdString()), run));
        specs.append(reports.back().spec);
    }
    const auto colors = source_colors(specs);
    QVector<int> layers;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        UsageSeries series = reports[i].usage;
        series.color = colors[int(i)];
        if (specs.count(specs[int(i)]) > 1)
            series.name = run_name(request.runs[i]);
        sources.append(series);
        for (const auto& usage : series.layers)
            if (!layers.contains(usage.layer))
                layers.append(usage.layer);
    }
    std::sort(layers.begin(), layers.end());
    if (layers.isEmpty())
        throw RequestError(request.runs.front().toStdString(), "the profile has no MoE layer");
    if (request.layer) {
        if (!layers.contains(*request.layer))
            throw RequestError("--layer: no MoE layer " + std::to_string(*request.layer) + " in these runs");
        layers = {*request.layer};
    } else if (layers.size() > most_panels) {
        const auto& first = reports.front();
        const auto worst = std::max_element(first.cv.begin(), first.cv.end()) - first.cv.begin();
        layers = {int(first.layers.value(int(worst), layers.first()))};
        std::fprintf(stderr,
                     "showing layer %d, the most unbalanced of the first run; --layer N shows another\n",
                     layers.first());
    }
    Figure figure;
    figure.columns = layers.size() > 1 ? 2 : 1;
    std::vector<UsageHistogram*> plots;
    double top = 0;
    for (const int layer : layers) {
        auto plot = std::make_unique<UsageHistogram>();
        plot->set_sources(sources);
        plot->set_layer(layer);
        top = std::max(top, plot->top());
        plots.push_back(plot.get());
        figure.add(std::move(plot), layers.size() > 1 ? QObject::tr("Layer %1").arg(layer) : QString());
    }
    for (auto* plot : plots)
        plot->set_top(top);
    const int rows = (int(layers.size()) + figure.columns - 1) / figure.columns;
    figure.height_mm = rows == 1 ? 75 : 60 * rows;
    return figure;
}

} // namespace moequant
