// What quantizing did to one linear: a row of the error report.
#pragma once
#include "core/model/config.h"
#include "core/quantization/statistics.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace moequant {

struct LinearReport {
    LinearInfo linear;
    int bits = 0;
    std::int64_t tokens = 0;                       ///< that reach it by the model's own routing
    double affinity_sum = 0, effective_tokens = 0; ///< Σc and (Σc)²/Σc²
    std::optional<double> relative_output_error, weighted_output_error; ///< null without tokens
    double weight_mse = 0;
    std::optional<std::int64_t> worst_channel; ///< the output with the greatest relative error
    std::optional<double> worst_channel_error; ///< ‖Δ_r·X‖² / ‖W_r·X‖² of it, on at most 256 of its inputs
    std::optional<double> damp;                ///< null where nothing was factorised
    std::optional<double> condition;           ///< of the damped Hessian, estimated; null likewise
    double clip = 1;                           ///< mean share of the full range that the scales cover
    std::string fallback;            ///< empty, or what a starved expert got: "rtn", "shrink", "route-all"
    std::optional<double> shrinkage; ///< with "shrink": the share of the layer's Hessian
    double seconds = 0;
};
nlohmann::json to_json(const LinearReport& report);

/// Fills in what follows from the weights and the inputs: tokens, errors, worst channel, bits, clip. `weight`
/// float32 as it was (after AWQ's scaling), `quantized` on its grid. `row_scale` [rows] or undefined: outputs
/// are this much larger in the model's own units (AWQ took it out of them). `inputs` null or without tokens:
/// errors stay null.
void judge(LinearReport& report, const at::Tensor& weight, const QuantizedLinear& quantized,
           const InputStatistics* inputs, const at::Tensor& row_scale);

} // namespace moequant
