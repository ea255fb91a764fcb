// How well n of an expert's tokens know its Hessian, and what that does to its quantized weights.
#pragma once
#include "core/quantization/factor.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

/// Inputs of one linear and the affinities of their tokens.
struct LinearInputs {
    at::Tensor x;        ///< [N, columns] float32
    at::Tensor affinity; ///< [N] float32
};

struct CurveOptions {
    std::vector<std::int64_t> n;
    std::int64_t repeats = 1;
    GptqOptions gptq = {};
    std::uint64_t seed = 0;
};

/// Hessians are Σ x·xᵀ/n and Σ c·x·xᵀ/Σc; errors relative to the reference's, in the Frobenius norm.
struct CurvePoint {
    std::int64_t n = 0, repeat = 0;
    double hessian_error = 0;
    double predicted_error = 0; ///< √((E‖x‖⁴/‖H‖² − 1)·(1/n + 1/N)), N the reference's tokens
    double rank = 0;            ///< (Σλ)²/Σλ² of the sample's Hessian, at most n
    double effective_tokens = 0; ///< (Σc)²/Σc²
    double affinity_error = 0, affinity_predicted_error = 0;
    /// tr(ΔHΔᵀ)/tr(WHWᵀ) with the reference's H of the weight quantized with the sample's.
    std::optional<double> quantization_error;
    std::optional<double> excess_error; ///< over the one quantized with the reference's own, minus 1
};

struct ExpertCurve {
    std::int64_t tokens = 0, reference_tokens = 0, dimension = 0;
    double effective_tokens = 0;
    std::optional<CurvePoint> calibration; ///< from all tokens; none without any
    std::optional<double> reference_error; ///< quantized with the reference's Hessian
    /// Of the reference's: exp of the entropy of its eigenvalues (Roy & Vetterli 2007), condition number with
    /// GPTQ's damping, and at most 64 eigenvalues over the greatest, descending.
    double effective_rank = 0, condition = 0;
    std::vector<double> spectrum;
    std::vector<CurvePoint> points; ///< n up to the tokens there are
};

/// `weight` float32 [rows, columns], quantized by GPTQ. Each repeat draws one order of `calibration`'s tokens
/// and takes its first n for every n. Hessians are summed as the pipeline does, in float32; norms and
/// eigenvalues are float64. On one thread; an empty reference gives no points.
ExpertCurve measure_expert(const at::Tensor& weight, const LinearInputs& calibration,
                           const LinearInputs& reference, const CurveOptions& options,
                           const std::string& name);

} // namespace moequant
