// QuaRot's rotation of the residual stream, fused into the weights: the model computes the same, its weights
// and activations have fewer outliers. Nothing is left to do at run time. Reference: S. Ashkboos et al.,
// QuaRot (2024), section 4, stages 1a and 1b without the online transforms.
#pragma once
#include "core/model/config.h"
#include "core/model/tensor_source.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <set>
#include <string>

namespace moequant {

/// `source` with the norm weights folded into what reads them (they become ones) and the residual stream
/// rotated by the randomised Hadamard matrix Q of `seed` (core/quantization/hadamard.h): W·diag(norm)·Q for
/// q, k, v, gate, up, routers, shared gates and head, embedding·Q, Qᵀ·W and Qᵀ·bias for o and down. The head
/// is a tensor of its own, `lm_head.weight`, also where the model tied it to the embedding.
///
/// One tensor at a time, computed in float64 when it is loaded. The weights of `float32_linears` (names
/// without ".weight": those still to be quantized) are float32, all else is rounded to the dtype in which the
/// source stores it. The same for any number of threads.
std::shared_ptr<const TensorSource> rotate(std::shared_ptr<const TensorSource> source,
                                           const ModelConfig& config, std::uint64_t seed,
                                           std::set<std::string> float32_linears);

/// The config of the rotated model: its head is not tied.
ModelConfig rotated_config(const ModelConfig& config);
/// What that changes in config.json.
nlohmann::json rotated_config_changes();

} // namespace moequant
