// The curves of a layer's experts: Hessian and quantization error against n.
#pragma once
#include "core/hessian_lab/expert_curve.h"
#include "core/hessian_lab/mlp_inputs.h"
#include "core/job/job.h"

#include <nlohmann/json.hpp>

namespace moequant {

struct LabExpert {
    int layer = 0, expert = 0;
    ExpertCurve curve;
};

/// Measures the experts that the option `experts` asks for, one a thread. `calibration` and `reference` are
/// sequences of `inputs`; the weights are those of the option `linear`. Throws Cancelled.
std::vector<LabExpert>
measure_layer_experts(const Job& job, const ModelConfig& config, const MlpInputs& inputs,
                      std::span<const std::size_t> calibration, std::span<const std::size_t> reference,
                      std::int64_t skip, const std::function<void()>& one_done, const std::stop_token& stop);

/// The rows of `experts` and `curve` in the result.
struct LabRows {
    nlohmann::json experts = nlohmann::json::array(), curve = nlohmann::json::array();
};
LabRows to_rows(const std::vector<LabExpert>& experts);

} // namespace moequant
