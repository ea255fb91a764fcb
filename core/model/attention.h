// Grouped-query attention with rotary positions, for whole sequences and for beams that share a cache.
#pragma once
#include "core/model/config.h"
#include "core/model/weights.h"

#include <ATen/ATen.h>

namespace moequant {

/// x as float32, or as it is in float64.
at::Tensor at_least_float(const at::Tensor& x);

/// Root-mean-square norm over the last dimension, computed in float32 (float64 in float64), returned in x's
/// dtype.
at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& weight, double eps);

/// x [N, in] times weight [out, in] transposed, plus bias [out] if defined: [N, out].
at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias = {});

/// cos and sin of the rotary angles, float32 [positions, head_dim], both halves filled (Hugging Face's
/// layout).
struct Rope {
    at::Tensor cos, sin;
};
Rope make_rope(const ModelConfig& config, std::int64_t positions, at::Device device);

/// q, k and v of normed inputs x [B·T, hidden], rotated for positions start…start+T−1:
/// q [B, T, heads, head_dim], k and v [B, T, kv_heads, head_dim].
struct Qkv {
    at::Tensor q, k, v;
};
Qkv project_qkv(const ModelConfig& config, const LayerWeights& weights, const at::Tensor& x,
                std::int64_t batch, std::int64_t start, const Rope& rope);

/// Causal attention inside each sequence: [B·T, heads·head_dim], the input of o_proj.
at::Tensor attend(const ModelConfig& config, const LayerConfig& layer, const Qkv& qkv);

} // namespace moequant
