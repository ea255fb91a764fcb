// From a lab's numbers to what its pictures show: which series, in which colours, with which titles.
#pragma once
#include "app/workbench/lab_report.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/plots/error_scatter.h"
#include "widgets/plots/surface_map.h"

namespace moequant {

/// What the controls choose. `usual_view` gives values that exist in the run.
struct LabView {
    QStringList estimators; ///< drawn ones; empty: all
    QString sampling;       ///< whose measurements are drawn: "common", "independent" or "exact"
    double n = no_value, epsilon = no_value; ///< what is fixed where the other is on the axis
    bool relative = true;                    ///< over the curvature (variance: its square)
    QString surface_estimator;               ///< "forward" or "symmetric"
    int layer = -1, expert = -1;             ///< drawn apart from the others; -1: none
    bool every_expert = false; ///< a line for each expert of `layer` instead of quantiles over all
};
LabView usual_view(const LabReport& report);

/// What the run holds, in the order of the method; numbers ascending. The sizes are those that are sampled.
QStringList lab_estimators(const LabReport& report);
QStringList lab_samplings(const LabReport& report);
QVector<double> lab_epsilons(const LabReport& report);
QVector<double> lab_sizes(const LabReport& report);

/// Names as people read them, and one fixed colour an estimator.
QString estimator_title(const QString& estimator);
QString sampling_title(const QString& sampling);
QColor estimator_color(const QString& estimator);
/// "tokens", "sequences" or "samples", translated.
QString unit_title(const QString& unit);

/// The chosen sampling; where that is "exact", which has one n only, the first that is sampled.
QString sampled(const LabReport& report, const LabView& view);

/// Exact curve solid, measured points (ids: indices into `points`), predictions dashed in the same colour.
enum class LabQuantity { Bias, Variance };
CurveSet curves_by_epsilon(const LabReport& report, LabQuantity quantity, const LabView& view);
CurveSet curves_by_n(const LabReport& report, LabQuantity quantity, const LabView& view);

/// Root mean square error √(bias² + variance) of one estimator over ε and n.
Surface error_surface(const LabReport& report, const LabView& view);

/// The Hessian's error against n: median and 10–90 % over experts with a line 1/√n, and the experts at their
/// own calibration tokens (ids: indices into `experts`).
CurveSet hessian_error_curves(const LabReport& report, const LabView& view);
/// Eigenvalues of the reference Hessians by rank: median and 10–90 % over experts, and the chosen expert.
CurveSet spectrum_curves(const LabReport& report, const LabView& view);
/// A point for each expert and n of `curve`.
ScatterData quantization_against_hessian(const LabReport& report);
/// A point for each expert at its own calibration tokens.
ScatterData hessian_against_tokens(const LabReport& report);

} // namespace moequant
