// The kinds of figures that --figure draws: one file a kind, one line in the table of kinds.cpp.
#pragma once
#include "widgets/plots/figure_file.h"
#include "widgets/plots/plot_view.h"

#include <QString>
#include <QVector>

#include <memory>
#include <optional>
#include <vector>

namespace moequant {

/// What was asked for on the command line.
struct FigureRequest {
    std::vector<QString> runs; ///< run folders, at least one
    QString kind, output;
    std::optional<double> width, height; ///< mm
    int dpi = 300;
    std::optional<int> layer;
    std::optional<int> sequence;
    std::optional<QString> metric, setting;
};

/// Panels of one figure, row by row, and the size that suits them when none is asked.
struct Figure {
    std::vector<std::unique_ptr<PlotView>> plots;
    QVector<FigurePanel> panels;
    int columns = 1;
    double width_mm = 170, height_mm = 75;

    void add(std::unique_ptr<PlotView> plot, const QString& title);
};

/// `draw` throws RequestError when the runs are of another kind or hold nothing to draw.
struct FigureKind {
    const char* name;
    Figure (*draw)(const FigureRequest& request);
};
const std::vector<FigureKind>& figure_kinds();
/// The kinds' names with commas between.
std::string figure_kind_names();

/// The folder's name, which is how a run is called in a key.
QString run_name(const QString& folder);

Figure draw_usage(const FigureRequest& request);
Figure draw_usage_map(const FigureRequest& request);
Figure draw_balance(const FigureRequest& request);
Figure draw_lorenz(const FigureRequest& request);
Figure draw_beams(const FigureRequest& request);
Figure draw_error_map(const FigureRequest& request);
Figure draw_compare(const FigureRequest& request);
Figure draw_sweep(const FigureRequest& request);
Figure draw_error_tokens(const FigureRequest& request);
Figure draw_error_layers(const FigureRequest& request);
Figure draw_error_pairs(const FigureRequest& request);
Figure draw_hessian(const FigureRequest& request);

/// A run of the Hessian lab as Markdown with its figures, at request.output. Returns a fault to tell, or an
/// empty text.
QString write_hessian_notebook(const FigureRequest& request);

} // namespace moequant
