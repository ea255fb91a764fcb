#include "app/workbench/figures/figure.h"

#include <QFileInfo>

namespace moequant {

const std::vector<FigureKind>& figure_kinds() {
    static const std::vector<FigureKind> kinds = {
        {"usage", draw_usage},
        {"usage-map", draw_usage_map},
        {"balance", draw_balance},
        {"lorenz", draw_lorenz},
        {"beams", draw_beams},
        {"error-map", draw_error_map},
        {"error-tokens", draw_error_tokens},
        {"error-layers", draw_error_layers},
        {"error-pairs", draw_error_pairs},
        {"compare", draw_compare},
        {"sweep", draw_sweep},
        {"hessian", draw_hessian},
    };
    return kinds;
}

std::string figure_kind_names() {
    std::string names;
    for (const FigureKind& kind : figure_kinds())
        names += (names.empty() ? "" : ", ") + std::string(kind.name);
    return names;
}

void Figure::add(std::unique_ptr<PlotView> plot, const QString& title) {
    panels.append({plot.get(), title});
    plots.push_back(std::move(plot));
}

QString run_name(const QString& folder) {
    return QFileInfo(QFileInfo(folder).absoluteFilePath()).fileName();
}

} // namespace moequant
