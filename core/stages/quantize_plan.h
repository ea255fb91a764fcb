// What a quantize job will do to each linear, decided before the work starts.
#pragma once
#include "core/checkpoint/format.h"
#include "core/job/job.h"
#include "core/model/config.h"
#include "core/model/tensor_source.h"
#include "core/quantization/quantize_options.h"

namespace moequant {

/// Bits chosen for routed experts from their measured errors.
struct MixedPrecision {
    double average = 0; ///< bits a weight of the routed experts
    std::vector<int> choices;
    bool whole_layers = false; ///< all experts of a layer alike, as vLLM wants it
};

struct QuantizePlan {
    Format format = Format::gptq;
    QuantizeOptions options;
    LinearGrids grids;
    std::optional<MixedPrecision> mixed;
    std::optional<std::uint64_t> rotation;               ///< seed of the rotation
    bool narrow_hidden = false;                          ///< hidden states kept as bfloat16
    nlohmann::json left_float = nlohmann::json::array(); ///< {name, reason} of linears the format refuses
    std::size_t skipped = 0;                             ///< linears that --override leaves float
    std::vector<std::string> notes;
};

/// Throws RequestError for options that contradict each other or that the format cannot hold.
QuantizePlan plan_quantize(const Job& job, const ModelConfig& config, const TensorSource& source);

/// Checks the grids against the format once more, after mixed precision has changed them; returns its notes.
std::vector<std::string> recheck(const QuantizePlan& plan, const ModelConfig& config);

} // namespace moequant
