// Routing and the expert MLPs.
#pragma once
#include "core/model/config.h"
#include "core/model/weights.h"

#include <ATen/ATen.h>

#include <vector>

namespace moequant {

/// What the router decided for N tokens.
struct Routing {
    at::Tensor index; ///< int64 [N, k], by descending probability
    at::Tensor
        weight; ///< float32 [N, k], the coefficients that multiply the experts' outputs: the affinities
};

/// Softmax of the router logits over all experts, float32 [N, experts]. x [N, hidden].
at::Tensor router_probability(const at::Tensor& router, const at::Tensor& x);

/// Router logits → softmax in float32 → top-k → renormalised if the layer says so. x [N, hidden]. `chosen`
/// int64 [N, k] or undefined: these experts whatever their probability, for a routing that is kept while
/// weights move.
Routing route(const LayerConfig& layer, const at::Tensor& router, const at::Tensor& x,
              const at::Tensor& chosen = {});

/// The rows that each expert receives, with the (token, slot) they belong to; affinities are looked up by it,
/// never by order of arrival.
struct Dispatch {
    at::Tensor token;                 ///< int64 [N·k], grouped by expert, ascending inside an expert
    at::Tensor slot;                  ///< int64 [N·k]
    std::vector<std::int64_t> offset; ///< expert e owns entries offset[e] … offset[e+1]−1
};
Dispatch dispatch(const Routing& routing, std::int64_t experts);

/// Affinities of the entries of `dispatch` in its order: float32 [N·k].
at::Tensor dispatched_affinity(const Routing& routing, const Dispatch& dispatch);

/// down(silu(gate x) ∘ up x).
at::Tensor mlp_hidden(const Mlp& mlp, const at::Tensor& x); ///< the input of down_proj [N, width]
at::Tensor mlp_forward(const Mlp& mlp, const at::Tensor& x);

/// sigmoid of the shared expert's gate, float32 (float64 in float64) [N, 1].
at::Tensor shared_affinity(const LayerWeights& weights, const at::Tensor& x);

/// Routed and shared experts of a MoE layer, or the dense MLP. x [N, hidden] → [N, hidden]. `routing` is
/// filled for a MoE layer when given, `chosen` is as in route().
at::Tensor mlp_block(const LayerConfig& layer, const LayerWeights& weights, const at::Tensor& x,
                     Routing* routing = nullptr, const at::Tensor& chosen = {});

} // namespace moequant
