// Profiles as figures: maps of every layer and expert on one colour range, balance by layer, Lorenz curves.
#include "app/workbench/figures/figure.h"
#include "app/workbench/run_report.h"
#include "core/job/error.h"
#include "widgets/colors.h"
#include "widgets/plots/heat_map.h"
#include "widgets/plots/layer_lines.h"
#include "widgets/plots/lorenz_curve.h"
#include "widgets/usage_measures.h"

#include <algorithm>

namespace moequant {
namespace {

/// The runs' profiles in the order asked, each with a colour and a name of its own.
QVector<ProfileReport> profiles_of(const FigureRequest& request) {
    QVector<ProfileReport> reports;
    QStringList specs;
    for (const QString& run : request.runs) {
        reports.append(read_profile(read_result(run.toStdString()), run));
        if (reports.last().layers.isEmpty())
            throw RequestError(run.toStdString(), "the profile has no MoE layer");
        specs.append(reports.last().spec);
    }
    const auto colors = source_colors(specs);
    for (int i = 0; i < reports.size(); ++i) {
        reports[i].usage.color = colors[i];
        if (specs.count(specs[i]) > 1)
            reports[i].usage.name = run_name(request.runs[std::size_t(i)]);
    }
    return reports;
}

struct Measure {
    const char* name;
    QVector<double> ProfileReport::*values;
    QString title;
};

} // namespace

Figure draw_usage_map(const FigureRequest& request) {
    QVector<CellMap> maps;
    for (const auto& report : profiles_of(request))
        maps.append(share_map(report.usage));
    const ValueRange range = common_range(maps);
    Figure figure;
    figure.height_mm = 0;
    for (const auto& map : maps) {
        auto plot = std::make_unique<HeatMap>(QObject::tr("Layer × expert"));
        plot->set_map(map, range);
        figure.add(std::move(plot), maps.size() > 1 ? map.name : QString());
        figure.height_mm += std::clamp(25.0 + 4.0 * double(map.layers.size()), 45.0, 140.0);
    }
    return figure;
}

Figure draw_balance(const FigureRequest& request) {
    const Measure measures[] = {
        {"cv", &ProfileReport::cv, QObject::tr("Coefficient of variation")},
        {"std_percent", &ProfileReport::std_percent, QObject::tr("STD of shares (percentage points)")},
        {"std_share", &ProfileReport::std_share, QObject::tr("STD of shares (fraction)")}};
    const QString asked = request.metric.value_or(QStringLiteral("cv"));
    const auto measure = std::find_if(std::begin(measures), std::end(measures),
                                      [&](const Measure& one) { return asked == QLatin1String(one.name); });
    if (measure == std::end(measures))
        throw RequestError("--metric: cv, std_percent or std_share, not '" + asked.toStdString() + "'");
    QVector<LineSeries> lines;
    for (const auto& report : profiles_of(request))
        lines.append({report.usage.name, report.usage.color, report.layers, report.*(measure->values)});
    Figure figure;
    auto plot = std::make_unique<LayerLines>(QObject::tr("Balance by layer"));
    plot->set_lines(lines, measure->title);
    figure.width_mm = 120;
    figure.add(std::move(plot), QString());
    return figure;
}

Figure draw_lorenz(const FigureRequest& request) {
    const auto reports = profiles_of(request);
    QVector<UsageSeries> sources;
    for (const auto& report : reports)
        sources.append(report.usage);
    // The most unbalanced layer of the first run, unless one is asked for.
    const auto& first = reports.first();
    const auto worst = std::max_element(first.cv.begin(), first.cv.end()) - first.cv.begin();
    const int layer = request.layer.value_or(int(first.layers[worst]));
    Figure figure;
    auto plot = std::make_unique<LorenzCurve>();
    plot->set_sources(sources);
    plot->set_layer(layer);
    if (!plot->content_shown())
        throw RequestError("--layer: no MoE layer " + std::to_string(layer) + " in these runs");
    figure.width_mm = 100;
    figure.height_mm = 90;
    figure.add(std::move(plot), QString());
    return figure;
}

} // namespace moequant
