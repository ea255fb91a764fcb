// Figures of several runs: any metric against any setting, and the curves of a sweep.
#include "app/workbench/compared_runs.h"
#include "app/workbench/figures/figure.h"
#include "core/job/error.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace moequant {
namespace {

QByteArray read_bytes(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw RequestError(path.toStdString(), file.errorString().toStdString());
    return file.readAll();
}

/// A finished run, straight from its folder.
LibraryRun read_finished(const QString& folder) {
    LibraryRun run;
    run.folder = QFileInfo(folder).absoluteFilePath();
    run.name = run_name(folder);
    if (!QFileInfo(folder).isDir())
        throw RequestError(folder.toStdString(), "no such run folder");
    if (!QFileInfo::exists(folder + "/result.json"))
        throw RequestError(folder.toStdString(), "no result.json: the run did not finish");
    run.job = digest_job(read_bytes(folder + "/job.json"), (folder + "/job.json").toStdString());
    run.kind = QString::fromStdString(run.job.kind);
    run.model = QString::fromStdString(run.job.model);
    run.digest =
        digest_result(run.job, read_bytes(folder + "/result.json"), (folder + "/result.json").toStdString());
    run.state = RunState::Finished;
    run.read = true;
    return run;
}

[[noreturn]] void refuse_key(const char* option, const QString& key, const std::vector<std::string>& known) {
    std::string names;
    for (const std::string& each : known)
        names += (names.empty() ? "" : ", ") + each;
    throw RequestError(option, "'" + key.toStdString() + "' is not in these runs (there are: " + names + ")");
}

/// What was asked for, or else the first.
std::string chosen(const char* option, const std::optional<QString>& asked,
                   const std::vector<std::string>& known) {
    if (!asked)
        return known.front();
    if (std::find(known.begin(), known.end(), asked->toStdString()) == known.end())
        refuse_key(option, *asked, known);
    return asked->toStdString();
}

std::unique_ptr<PlotView> chart_of(const std::vector<ComparedRun>& rows,
                                   const std::vector<FactColumn>& columns, const std::string& metric,
                                   const std::string& setting) {
    const auto column = std::find_if(columns.begin(), columns.end(),
                                     [&](const FactColumn& each) { return each.key == metric; });
    const MetricData data = metric_data(rows, *column, setting, column_title(columns, setting));
    auto chart = std::make_unique<MetricChart>(column->shown.title);
    chart->set_data(data, data.categories.isEmpty() ? MetricForm::Lines : MetricForm::Points);
    return chart;
}

} // namespace

Figure draw_compare(const FigureRequest& request) {
    std::vector<LibraryRun> runs;
    for (const QString& folder : request.runs)
        runs.push_back(read_finished(folder));
    const auto rows = compared_runs(runs);
    const auto columns = fact_columns(rows);
    const auto metrics = chart_metrics(rows, columns);
    if (metrics.empty())
        throw RequestError(request.runs.front().toStdString(),
                           "a run of '" + runs.front().kind.toStdString() + "' has nothing to compare");
    Figure figure;
    figure.add(chart_of(rows, columns, chosen("--metric", request.metric, metrics),
                        chosen("--setting", request.setting, chart_settings(columns))),
               QString());
    figure.height_mm = 85;
    return figure;
}

Figure draw_sweep(const FigureRequest& request) {
    std::vector<LibraryRun> runs;
    for (const QString& folder : request.runs) {
        runs.push_back(read_finished(folder));
        if (runs.back().kind != "sweep" || runs.back().digest.cells.empty())
            throw RequestError(folder.toStdString(), "is a run of '" + runs.back().kind.toStdString() +
                                                         "', not a sweep with cells");
    }
    const auto rows = compared_runs(runs);
    const auto columns = fact_columns(rows);
    const auto metrics = chart_metrics(rows, columns);
    const std::string setting = chosen("--setting", request.setting, chart_settings(columns));
    std::vector<std::string> drawn;
    if (request.metric)
        drawn.push_back(chosen("--metric", request.metric, metrics));
    else
        for (const std::string& metric : metrics) // what balance gives and what it costs
            if (metric == "cv" || metric == "perplexity" || metric.starts_with("perplexity/"))
                drawn.push_back(metric);
    Figure figure;
    for (const std::string& metric : drawn)
        figure.add(chart_of(rows, columns, metric, setting),
                   drawn.size() > 1 ? column_title(columns, metric) : QString());
    figure.columns = drawn.size() > 1 ? 2 : 1;
    figure.height_mm =
        70.0 * double((drawn.size() + std::size_t(figure.columns) - 1) / std::size_t(figure.columns));
    return figure;
}

} // namespace moequant
