// Figures of the Hessian lab: six panels that tell the story, or one of them.
#include "app/workbench/figures/figure.h"
#include "app/workbench/lab_notebook.h"
#include "app/workbench/lab_panels.h"
#include "app/workbench/run_report.h"
#include "core/job/error.h"

#include <algorithm>

namespace moequant {
namespace {

LabReport report_of(const FigureRequest& request) {
    if (request.runs.size() != 1)
        throw RequestError("--kind hessian: draws one run, not " + std::to_string(request.runs.size()));
    const QString& run = request.runs.front();
    LabReport report = read_lab(read_result(run.toStdString()), run);
    if (report.points.isEmpty() && report.experts.isEmpty() && report.curve.isEmpty())
        throw RequestError(run.toStdString(), "nothing was measured in this run");
    return report;
}

LabView view_of(const LabReport& report, const FigureRequest& request) {
    LabView view = usual_view(report);
    if (!request.layer)
        return view;
    if (std::none_of(report.experts.begin(), report.experts.end(),
                     [&](const LabExpert& expert) { return expert.layer == *request.layer; }))
        throw RequestError(request.runs.front().toStdString(),
                           "no expert of layer " + std::to_string(*request.layer) + " was measured");
    view.layer = *request.layer;
    view.expert = -1;
    view.every_expert = true;
    return view;
}

struct Part {
    LabPanel panel;
    LabView view;
};

/// Without experts both differences have their surface, so that the figure has no holes.
QVector<Part> overview(const LabReport& report, const LabView& view) {
    LabView noisy = view;
    if (lab_samplings(report).contains("independent"))
        noisy.sampling = QStringLiteral("independent");
    LabView forward = noisy;
    forward.surface_estimator = QStringLiteral("forward");
    LabView all = view; // one line more would need a name in the key of all panels
    all.expert = -1;
    const bool experts = has_panel(LabPanel::HessianError, report);
    QVector<Part> parts = {{LabPanel::BiasEpsilon, view}, {LabPanel::VarianceEpsilon, noisy}};
    if (!experts)
        parts += {{LabPanel::BiasN, view}, {LabPanel::VarianceN, view}, {LabPanel::Surface, forward}};
    else
        parts.append({LabPanel::VarianceN, view});
    parts += {{LabPanel::Surface, noisy}, {LabPanel::HessianError, all}, {LabPanel::QuantizationError, view}};
    parts.removeIf([&](const Part& part) { return !has_panel(part.panel, report); });
    return parts;
}

} // namespace

Figure draw_hessian(const FigureRequest& request) {
    const LabReport report = report_of(request);
    const LabView view = view_of(report, request);
    Figure figure;
    if (request.metric) {
        const auto panel = panel_named(*request.metric);
        if (!panel)
            throw RequestError("--metric", "unknown '" + request.metric->toStdString() +
                                               "' (known: " + panel_names() + ")");
        auto plot = make_panel(*panel, report, view);
        if (!plot->content_shown())
            throw RequestError(request.runs.front().toStdString(),
                               std::string("measured nothing that '") + panel_name(*panel) + "' shows");
        figure.add(std::move(plot), panel_title(*panel, report, view));
        figure.height_mm = 95;
        return figure;
    }
    figure.columns = 2;
    for (const Part& part : overview(report, view)) {
        auto plot = make_panel(part.panel, report, part.view);
        if (auto* scatter = dynamic_cast<ErrorScatter*>(plot.get()))
            scatter->set_short_key(true); // the panels have one key between them
        figure.add(std::move(plot), panel_title(part.panel, report, part.view));
    }
    const auto rows = (figure.panels.size() + 1) / 2;
    figure.height_mm = 15 + 66 * double(rows);
    return figure;
}

QString write_hessian_notebook(const FigureRequest& request) {
    if (request.metric)
        throw RequestError("--metric: a notebook has every panel of the tour");
    return save_lab_notebook(report_of(request), lab_command(request.runs.front()), request.output);
}

} // namespace moequant
