// The pictures of the Hessian lab by name, for the page, the figures and the notebook alike.
#pragma once
#include "app/workbench/lab_curves.h"

#include <memory>
#include <optional>

namespace moequant {

enum class LabPanel {
    BiasEpsilon,
    VarianceEpsilon,
    BiasN,
    VarianceN,
    Surface,
    HessianError,
    Spectrum,
    QuantizationError,
    Tokens
};
const QVector<LabPanel>& lab_panels();

/// "bias-epsilon", as --metric names it.
const char* panel_name(LabPanel panel);
/// All of them with commas between.
std::string panel_names();
std::optional<LabPanel> panel_named(const QString& name);
/// What stands above the picture, with the setting it is for: "Bias against ε, n = 256".
QString panel_title(LabPanel panel, const LabReport& report, const LabView& view);
/// False where this run did not measure what the panel shows.
bool has_panel(LabPanel panel, const LabReport& report);
/// A CurvePlot, SurfaceMap or ErrorScatter, filled; empty (`content_shown()` false) where nothing was
/// measured.
std::unique_ptr<PlotView> make_panel(LabPanel panel, const LabReport& report, const LabView& view,
                                     QWidget* parent = nullptr);
/// The curves of every panel that is a CurvePlot (all but Surface, QuantizationError and Tokens).
CurveSet panel_curves(LabPanel panel, const LabReport& report, const LabView& view);

} // namespace moequant
