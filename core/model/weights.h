// Weights of one decoder layer and of the two ends, as the forward wants them.
#pragma once
#include "core/model/config.h"
#include "core/model/tensor_source.h"

#include <ATen/ATen.h>

#include <functional>
#include <vector>

namespace moequant {

/// A gated MLP: down(silu(gate(x)) * up(x)). gate and up [width, hidden], down [hidden, width].
struct Mlp {
    at::Tensor gate, up, down;
};

struct LayerWeights {
    at::Tensor input_norm, post_norm;          ///< [hidden]
    at::Tensor q, k, v, o;                     ///< [out, in]
    at::Tensor q_bias, k_bias, v_bias, o_bias; ///< undefined without biases
    Mlp dense;                                 ///< undefined in a MoE layer
    at::Tensor router;                         ///< [experts, hidden]
    std::vector<Mlp> experts;
    Mlp shared;             ///< undefined without shared experts
    at::Tensor shared_gate; ///< [1, hidden], undefined without
};

struct EndWeights {
    at::Tensor embedding;  ///< [vocab, hidden]
    at::Tensor final_norm; ///< [hidden]
    at::Tensor head;       ///< [vocab, hidden]; the embedding itself when tied
};

/// Where and how the forward computes.
struct Compute {
    at::Device device = at::kCPU;
    at::ScalarType dtype = at::kFloat;
};

/// Throws RequestError naming the tensor: missing, or of another shape than the config says.
LayerWeights load_layer(const TensorSource& source, const ModelConfig& config, int layer,
                        const Compute& compute);
/// The same with `place` instead, which is given each stored tensor (it may alias the mapped file) and
/// returns the one to compute with.
using Placement = std::function<at::Tensor(const at::Tensor& stored)>;
LayerWeights load_layer(const TensorSource& source, const ModelConfig& config, int layer,
                        const Placement& place);
EndWeights load_ends(const TensorSource& source, const ModelConfig& config, const Compute& compute);

/// Bytes of one layer's weights in `dtype`.
std::int64_t layer_bytes(const ModelConfig& config, int layer, at::ScalarType dtype);

/// The weight (or bias) of a linear inside `layer`, by its place; assigning replaces it.
at::Tensor& linear_weight(LayerWeights& layer, const LinearInfo& linear);

/// Checks names and shapes of the whole model from the headers alone; throws RequestError.
void check_tensors(const TensorSource& source, const ModelConfig& config);

} // namespace moequant
