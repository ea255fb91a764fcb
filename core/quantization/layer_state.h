// A quantized layer as a file: what a run keeps until its checkpoint is written, and resumes from.
#pragma once
#include "core/quantization/layer_quantizer.h"

#include <filesystem>

namespace moequant {

/// Codes, scales, zeros and groups of every linear, the changed float tensors, and the report rows and
/// `facts` as metadata.
void write_layer_state(const std::filesystem::path& path, const QuantizedLayer& layer,
                       const nlohmann::json& facts);

struct LayerState {
    std::map<std::string, QuantizedLinear> linears; ///< tensors alias the mapped file
    std::map<std::string, at::Tensor> floats;       ///< likewise
    nlohmann::json reports;                         ///< rows as to_json gives them
    nlohmann::json facts;
};

/// Throws RequestError for a file that is not such a state.
LayerState read_layer_state(const std::filesystem::path& path);

/// Replaces the weights of the state's linears in `weights` by the dequantized ones, and its float tensors.
void apply_layer_state(const ModelConfig& config, int layer, const LayerState& state, LayerWeights& weights);

} // namespace moequant
