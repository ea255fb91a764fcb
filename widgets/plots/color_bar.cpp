#include "widgets/plots/color_bar.h"

#include "widgets/colors.h"

#include <qcustomplot.h>

namespace moequant {

QCPColorScale* add_color_bar(QCustomPlot* plot) {
    auto* bar = new QCPColorScale(plot);
    plot->plotLayout()->addElement(1, 1, bar);
    bar->setType(QCPAxis::atRight);
    bar->setBarWidth(14);
    bar->setRangeDrag(false);
    bar->setRangeZoom(false);
    const auto& stops = viridis_stops();
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (int i = 0; i < stops.size(); ++i)
        gradient.setColorStopAt(double(i) / double(stops.size() - 1), stops[i]);
    bar->setGradient(gradient);
    auto* margins = new QCPMarginGroup(plot);
    plot->axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    bar->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    return bar;
}

void style_color_bar(QCPColorScale* bar, const PlotStyle& style) {
    style_axis(bar->axis(), style);
    bar->setMargins(QMargins()); // its margins in the group would never shrink by themselves
    bar->setBarWidth(style.print ? 18 : 14);
}

} // namespace moequant
