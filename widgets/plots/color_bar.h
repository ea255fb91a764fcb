// The colour bar at the right of a plot, in viridis, as high as the axes.
#pragma once
#include "widgets/plots/plot_style.h"

class QCPColorScale;

namespace moequant {

QCPColorScale* add_color_bar(QCustomPlot* plot);
void style_color_bar(QCPColorScale* bar, const PlotStyle& style);

} // namespace moequant
