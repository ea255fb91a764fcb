// The result of a `hessian-lab` run as plain structs. What the run could not tell is NaN or empty.
#pragma once
#include "widgets/plots/series.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace moequant {

/// One entry (i, j) of the row's Hessian.
struct LabEntry {
    int i = 0, j = 0;
    double truth = no_value, gauss_newton = no_value, affinity = no_value;
    double forward_slope = no_value;       ///< the forward difference's bias over ε, for small ε
    double symmetric_curvature = no_value; ///< the symmetric difference's bias over ε²
    double sample_deviation = no_value;    ///< of one sample's own entry
};

/// What was studied.
struct LabStudy {
    QString loss;                          ///< "expert", "layer", "model" or "polynomial"
    int layer = -1, expert = -1, row = -1; ///< -1: none (polynomial)
    QString linear, tensor;
    QString base, routing; ///< "rounded" or "float"; "frozen" or "free"
    int bits = 0;
    QString unit; ///< what n counts: "tokens", "sequences" or "samples"
    double population = no_value, resamples = no_value;
    double loss_value = no_value, sigma = no_value;
    bool quadratic = false;      ///< exactly, in this linear: differences have no truncation error
    double curvature = no_value; ///< root mean square of the true entries
    double gauss_newton_scale = no_value, affinity_scale = no_value;
    QVector<LabEntry> entries;
};

/// One measurement: an estimator under a way of sampling at one ε and n.
struct LabPoint {
    QString estimator;         ///< "forward", "symmetric", "gauss-newton" or "affinity"
    QString sampling;          ///< "common", "independent" or "exact"
    double epsilon = no_value; ///< NaN: the estimator has none
    double n = no_value;
    double bias = no_value, bias_error = no_value, variance = no_value;
    double predicted_bias = no_value, predicted_variance = no_value;
    double rounding = no_value;
    bool dominated = false; ///< rounding is the largest error here
    double flips = 0;
};

/// A fitted order p of an error ~ ε^p, or of a variance ~ ε^p or n^p.
struct LabOrder {
    QString estimator, sampling;
    QString quantity; ///< "truncation", "noise-epsilon" or "noise-n"
    double measured = no_value, error = no_value, theory = no_value;
    int points = 0;
    double from = no_value, to = no_value;
};

/// Whether there is a bias σ²/(nε²): its fitted coefficient with a 95 % interval.
struct LabSourceTerm {
    QString estimator, sampling;
    double coefficient = no_value, low = no_value, high = no_value;
    bool contains_zero = false;
    int cells = 0, outside = 0;
};

/// An expert's Hessian from its own calibration tokens, judged by the reference's.
struct LabExpert {
    int layer = 0, expert = 0;
    double tokens = no_value, reference_tokens = no_value, effective_tokens = no_value;
    double hessian_error = no_value, predicted_error = no_value;
    double affinity_hessian_error = no_value, affinity_predicted_error = no_value;
    double quantization_error = no_value, reference_error = no_value;
    double dimension = no_value, effective_rank = no_value, condition = no_value;
    QVector<double> spectrum; ///< eigenvalues over the largest, descending, at evenly spaced ranks
};

/// The same expert with n of its tokens.
struct LabCurvePoint {
    int layer = 0, expert = 0, repeat = 0;
    double n = no_value, rank = no_value, effective_tokens = no_value;
    double hessian_error = no_value, predicted_error = no_value;
    double affinity_hessian_error = no_value, affinity_predicted_error = no_value;
    double quantization_error = no_value, excess_error = no_value;
};

/// Spearman's, over all points of `curve` or over the experts.
struct LabCorrelation {
    int points = 0;
    double hessian_quantization = no_value, within_experts = no_value, hessian_excess = no_value;
    double tokens_hessian = no_value, tokens_quantization = no_value;
    double predicted_hessian =
        no_value;                    ///< the error predicted from an expert's tokens with its Hessian error
    double tokens_excess = no_value; ///< tokens with the error that the Hessian adds
    double slope_n = no_value, slope_error = no_value;
    /// The same for n so small that the reference's own error and repeated tokens do not count.
    double slope_small_n = no_value, slope_small_error = no_value;
};

struct LabReport {
    QString model, corpus, reference; ///< empty: none
    LabStudy study;
    QVector<LabPoint> points;
    QVector<LabOrder> orders;
    QVector<LabSourceTerm> source_terms;
    QVector<LabExpert> experts;
    QVector<LabCurvePoint> curve;
    LabCorrelation correlation; ///< NaN throughout where no expert was measured
    double variance_ratio = no_value, predicted_ratio = no_value; ///< weighted over plain, at equal n
    QStringList warnings;
    QString text; ///< what the terminal shows
};

/// Throws RequestError naming the field that is of a wrong type, or the part that is missing.
LabReport read_lab(const nlohmann::json& result, const QString& where);

} // namespace moequant
