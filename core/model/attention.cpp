#include "core/model/attention.h"

#include "core/model/elementwise.h"
#include "core/model/matmul.h"

#include <ATen/Parallel.h>

#include <cmath>
#include <limits>

namespace moequant {

at::Tensor at_least_float(const at::Tensor& x) {
    return x.scalar_type() == at::kDouble ? x : x.to(at::kFloat);
}

at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& weight, double eps) {
    const at::Tensor wide = at_least_float(x);
    const at::Tensor scale = at::rsqrt(wide.square().mean(-1, /*keepdim=*/true) + eps);
    return (wide * scale).to(x.scalar_type()) * weight;
}

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    at::Tensor y = matmul_transposed(x, weight);
    return bias.defined() ? y.add_(bias) : y;
}

Rope make_rope(const ModelConfig& config, std::int64_t positions, at::Device device) {
    const auto wide = at::TensorOptions().dtype(at::kFloat);
    const at::Tensor even =
        at::arange(0, config.head_dim, 2, at::TensorOptions().dtype(at::kLong)).to(at::kFloat);
    const at::Tensor frequency = at::reciprocal(at::pow(config.rope_theta, even / double(config.head_dim)));
    const at::Tensor angles = at::outer(at::arange(positions, wide), frequency);
    const at::Tensor both = at::cat({angles, angles}, 1);
    return {elementwise_cos(both).to(device), elementwise_sin(both).to(device)};
}

namespace {

/// Rotates x [B, T, heads, head_dim] by cos/sin [T, head_dim].
at::Tensor rotate(const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin) {
    const std::int64_t half = x.size(-1) / 2;
    const at::Tensor turned = at::cat({-x.narrow(-1, half, half), x.narrow(-1, 0, half)}, -1);
    return x * cos.to(x.scalar_type()).unsqueeze(1) + turned * sin.to(x.scalar_type()).unsqueeze(1);
}

/// attend() in float64: whole products that autograd can go through.
at::Tensor attend_whole(const ModelConfig& config, const Qkv& qkv, const at::Tensor& mask) {
    const std::int64_t batch = qkv.q.size(0), length = qkv.q.size(1), group = config.heads / config.kv_heads;
    const at::Tensor q =
        qkv.q.view({batch, length, config.kv_heads, group, config.head_dim}).permute({0, 2, 3, 1, 4});
    const at::Tensor k = qkv.k.permute({0, 2, 3, 1}).unsqueeze(2),
                     v = qkv.v.permute({0, 2, 1, 3}).unsqueeze(2);
    const at::Tensor scores = at::matmul(q, k) * (1 / std::sqrt(double(config.head_dim))) + mask;
    return at::matmul(at::softmax(scores, -1), v) // [B, kv_heads, group, T, head_dim]
        .permute({0, 3, 1, 2, 4})
        .reshape({batch * length, config.heads * config.head_dim});
}

} // namespace

Qkv project_qkv(const ModelConfig& config, const LayerWeights& weights, const at::Tensor& x,
                std::int64_t batch, std::int64_t start, const Rope& rope) {
    const std::int64_t length = x.size(0) / batch;
    const at::Tensor cos = rope.cos.narrow(0, start, length), sin = rope.sin.narrow(0, start, length);
    Qkv result;
    result.q = rotate(
        linear(x, weights.q, weights.q_bias).view({batch, length, config.heads, config.head_dim}), cos, sin);
    result.k =
        rotate(linear(x, weights.k, weights.k_bias).view({batch, length, config.kv_heads, config.head_dim}),
               cos, sin);
    result.v = linear(x, weights.v, weights.v_bias).view({batch, length, config.kv_heads, config.head_dim});
    return result;
}

at::Tensor attend(const ModelConfig& config, const LayerConfig& layer, const Qkv& qkv) {
    const std::int64_t batch = qkv.q.size(0), length = qkv.q.size(1), group = config.heads / config.kv_heads;
    at::Tensor mask = at::full({length, length}, -std::numeric_limits<float>::infinity(),
                               at::TensorOptions().dtype(at::kFloat).device(qkv.q.device()));
    mask = mask.triu(1);
    if (layer.sliding_window > 0 && layer.sliding_window < length)
        mask += at::full_like(mask, -std::numeric_limits<float>::infinity()).tril(-layer.sliding_window);
    if (qkv.q.scalar_type() == at::kDouble)
        return attend_whole(config, qkv, mask);
    const double scale = 1 / std::sqrt(double(config.head_dim));
    at::Tensor out = at::empty({batch, length, config.kv_heads, group, config.head_dim}, qkv.q.options());
    // One task a sequence and key head; each runs its products on one thread, so the split changes no bit.
    at::parallel_for(0, batch * config.kv_heads, 1, [&](std::int64_t begin, std::int64_t end) {
        const OneThreadBlas one_thread;
        for (std::int64_t task = begin; task < end; ++task) {
            const std::int64_t b = task / config.kv_heads, h = task % config.kv_heads;
            const at::Tensor k = qkv.k[b].select(1, h).contiguous(),
                             v = qkv.v[b].select(1, h).contiguous(); // [T, d]
            const at::Tensor q =
                qkv.q[b].view({length, config.kv_heads, group, config.head_dim}).select(1, h);
            for (std::int64_t g = 0; g < group; ++g) {
                at::Tensor scores = at::mm(q.select(1, g).contiguous(), k.t()).to(at::kFloat); // [T, T]
                const at::Tensor weights = at::softmax(scores.mul_(scale).add_(mask), -1).to(v.scalar_type());
                out[b].select(1, h).select(1, g).copy_(at::mm(weights, v));
            }
        }
    });
    return out.view({batch * length, config.heads * config.head_dim});
}

} // namespace moequant
