// Colours and fonts of a plot: those of the screen's palette, or a light print style.
#pragma once
#include <QColor>
#include <QFont>

class QCPAxis;
class QCustomPlot;
class QPalette;

namespace moequant {

struct PlotStyle {
    QColor background, text, muted, axis, grid, no_token, no_token_line, selection;
    QFont font;       ///< axis titles and legend
    QFont small_font; ///< tick labels
    double line = 1;  ///< width of a data line in pixels
    bool print = false;
};

PlotStyle screen_style(const QPalette& palette, const QFont& font);
/// Black on white in logical pixels of 1/144 inch: 8 pt titles, 7 pt ticks.
PlotStyle print_style();

void style_axis(QCPAxis* axis, const PlotStyle& style);

} // namespace moequant
