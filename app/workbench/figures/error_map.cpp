#include "app/workbench/figures/figure.h"
#include "app/workbench/run_report.h"
#include "core/job/error.h"
#include "widgets/plots/heat_map.h"

#include <algorithm>

namespace moequant {

Figure draw_error_map(const FigureRequest& request) {
    QVector<CellMap> maps;
    for (const QString& run : request.runs) {
        maps.append(expert_errors(read_linears(read_result(run.toStdString()), run), run_name(run)));
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

} // namespace moequant
