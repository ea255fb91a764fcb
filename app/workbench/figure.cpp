#include "app/workbench/figure.h"

#include "app/workbench/run_report.h"
#include "core/job/error.h"
#include "widgets/colors.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/heat_map.h"
#include "widgets/plots/usage_histogram.h"

#include <QFileInfo>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <vector>

namespace moequant {
namespace {

struct Request {
    std::vector<QString> runs;
    QString kind, output;
    std::optional<double> width, height;
    int dpi = 300;
    std::optional<int> layer;
};

double number_of(const QString& name, const QString& text) {
    bool good = false;
    const double value = text.toDouble(&good);
    if (!good)
        throw RequestError(name.toStdString(), "'" + text.toStdString() + "' is no number");
    return value;
}

int whole_of(const QString& name, const QString& text) {
    bool good = false;
    const int value = text.toInt(&good);
    if (!good)
        throw RequestError(name.toStdString(), "'" + text.toStdString() + "' is no whole number");
    return value;
}

Request parse(const QStringList& arguments) {
    Request request;
    for (int i = 0; i < arguments.size(); ++i) {
        QString name = arguments[i];
        if (name == "--figure" || name == "--") // the runs follow, with or without options between
            continue;
        if (!name.startsWith('-')) {
            request.runs.push_back(name);
            continue;
        }
        QString value;
        if (const auto equals = name.indexOf('='); name.startsWith("--") && equals > 0) {
            value = name.mid(equals + 1);
            name.truncate(equals);
        } else if (++i < arguments.size()) {
            value = arguments[i];
        } else {
            throw RequestError(name.toStdString() + ": a value is missing");
        }
        if (name == "--kind")
            request.kind = value;
        else if (name == "-o" || name == "--output")
            request.output = value;
        else if (name == "--width")
            request.width = number_of(name, value);
        else if (name == "--height")
            request.height = number_of(name, value);
        else if (name == "--dpi")
            request.dpi = whole_of(name, value);
        else if (name == "--layer")
            request.layer = whole_of(name, value);
        else
            throw RequestError("unknown option " + name.toStdString());
    }
    if (request.kind.isEmpty())
        throw RequestError("--kind: usage or error-map is needed");
    const QStringList later = {"usage-map", "balance", "beams",  "error-tokens",
                               "compare",   "sweep",   "hessian"};
    if (later.contains(request.kind))
        throw RequestError("--kind: '" + request.kind.toStdString() + "' is not built yet");
    if (request.kind != "usage" && request.kind != "error-map")
        throw RequestError("--kind: unknown '" + request.kind.toStdString() + "' (known: usage, error-map)");
    if (request.runs.empty())
        throw RequestError("--figure: no run folder is named");
    if (request.output.isEmpty())
        throw RequestError("-o: the file to write is needed");
    const QString suffix = QFileInfo(request.output).suffix().toLower();
    if (suffix != "pdf" && suffix != "svg" && suffix != "png")
        throw RequestError(request.output.toStdString(), "a figure ends in .pdf, .svg or .png");
    return request;
}

struct Figure {
    std::vector<std::unique_ptr<PlotView>> plots;
    QVector<FigurePanel> panels;
    int columns = 1;
    double width_mm = 170, height_mm = 75;

    void add(std::unique_ptr<PlotView> plot, const QString& title) {
        panels.append({plot.get(), title});
        plots.push_back(std::move(plot));
    }
};

// Models of up to this many MoE layers show all of them, a panel each; larger ones the most unbalanced layer.
constexpr int most_panels = 6;

Figure usage_figure(const Request& request) {
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
            series.name = QFileInfo(QFileInfo(request.runs[i]).absoluteFilePath()).fileName();
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

Figure error_figure(const Request& request) {
    QVector<CellMap> maps;
    for (const QString& run : request.runs) {
        maps.append(expert_errors(read_linears(read_result(run.toStdString()), run),
                                  QFileInfo(QFileInfo(run).absoluteFilePath()).fileName()));
        if (maps.last().layers.isEmpty())
            throw RequestError(run.toStdString(), "no expert's error is recorded in this run");
    }
    const ValueRange range = common_range(maps);
    Figure figure;
    figure.height_mm = 0;
    for (const auto& map : maps) {
        auto plot = std::make_unique<HeatMap>(QObject::tr("Error of every expert"));
        plot->set_map(map, range);
        figure.add(std::move(plot), maps.size() > 1 ? map.name : QString());
        figure.height_mm += std::clamp(25.0 + 4.0 * double(map.layers.size()), 45.0, 140.0);
    }
    return figure;
}

} // namespace

int run_figure(const QStringList& arguments) {
    try {
        const Request request = parse(arguments);
        FigureSize size{170, 75, request.dpi};
        if (const QString fault =
                check_figure_size({request.width.value_or(170), request.height.value_or(75), request.dpi});
            !fault.isEmpty())
            throw RequestError(fault.toStdString());
        const Figure figure = request.kind == "usage" ? usage_figure(request) : error_figure(request);
        size.width_mm = request.width.value_or(figure.width_mm);
        size.height_mm = request.height.value_or(std::min(figure.height_mm, 1000.0));
        const QString fault = save_figure(figure.panels, figure.columns, request.output, size);
        if (!fault.isEmpty()) {
            std::fprintf(stderr, "%s\n", qPrintable(fault));
            return 1;
        }
        std::printf("%s\n", qPrintable(QFileInfo(request.output).absoluteFilePath()));
        return 0;
    } catch (const RequestError& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

const char* figure_help() {
    return "  moequant-workbench --figure RUN... --kind usage|error-map -o FILE.pdf|svg|png\n"
           "                     [--layer N] [--width MM] [--height MM] [--dpi N]\n"
           "                           draw a figure for a paper, without a display\n";
}

} // namespace moequant
