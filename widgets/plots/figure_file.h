// Plots as files for a paper: PDF, SVG or PNG of an exact size, in the print style, without a window on a
// screen.
#pragma once
#include <QImage>
#include <QString>
#include <QVector>

namespace moequant {

class PlotView;

struct FigureSize {
    double width_mm = 170, height_mm = 75;
    int dpi = 300; ///< of PNG; PDF and SVG are vectors
};

struct FigurePanel {
    PlotView* plot = nullptr;
    QString title; ///< above the panel; empty: none
};

/// Draws the panels row by row in `columns` columns.
QImage figure_image(const QVector<FigurePanel>& panels, int columns, const FigureSize& size);

/// Writes to `path` (by its suffix .pdf, .svg or .png) under a temporary name, then renames. Returns an empty
/// text, or one line that names the file and the fault.
QString save_figure(const QVector<FigurePanel>& panels, int columns, const QString& path,
                    const FigureSize& size);

/// Empty, or why no figure of this size can be made.
QString check_figure_size(const FigureSize& size);

} // namespace moequant
