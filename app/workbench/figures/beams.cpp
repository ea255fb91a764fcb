// A recorded EBSS search as a figure: its tree, and the best beam's two score parts by step.
#include "app/workbench/figures/figure.h"
#include "app/workbench/search_file.h"
#include "core/job/error.h"
#include "widgets/plots/layer_lines.h"
#include "widgets/plots/search_tree.h"

#include <QFile>

#include <algorithm>

namespace moequant {
namespace {

BeamSearch search_of(const QString& run, std::optional<int> sequence) {
    const QString path = run + QStringLiteral("/search.safetensors");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw RequestError(path.toStdString(), "no recorded search (sample --record keeps one): " +
                                                   file.errorString().toStdString());
    const RecordedRun recorded = read_searches(file.readAll(), path);
    const int wanted = sequence.value_or(recorded.searches.first().sequence);
    for (const auto& search : recorded.searches)
        if (search.sequence == wanted)
            return search;
    throw RequestError("--sequence: sequence " + std::to_string(wanted) + " was not recorded");
}

} // namespace

Figure draw_beams(const FigureRequest& request) {
    Figure figure;
    figure.height_mm = 0;
    for (const QString& run : request.runs) {
        const BeamSearch search = search_of(run, request.sequence);
        const QString title = request.runs.size() > 1 ? run_name(run) : QString();
        auto tree = std::make_unique<SearchTree>();
        tree->set_search(search);
        tree->show_every_step();
        figure.add(std::move(tree), title);
        auto course = std::make_unique<LayerLines>(QObject::tr("Best beam by step"));
        course->set_step_title(QObject::tr("Step"));
        course->set_lines(best_beam_lines(search), QObject::tr("Nats"));
        figure.add(std::move(course), QString());
        figure.height_mm += 140;
    }
    return figure;
}

} // namespace moequant
