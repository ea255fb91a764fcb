#include "core/model/beam_decoder.h"

#include "core/model/matmul.h"

#include <ATen/Parallel.h>

#include <cmath>
#include <limits>

namespace moequant {
namespace {

constexpr float hidden_past = -std::numeric_limits<float>::infinity();

} // namespace

std::int64_t BeamDecoder::bytes_per_sequence(const Decoder& decoder, std::int64_t width,
                                             std::int64_t positions) {
    const ModelConfig& config = decoder.config();
    const std::int64_t cache = std::int64_t(config.layers.size()) * 2 * config.kv_heads * config.head_dim *
                               std::int64_t(at::elementSize(decoder.compute().dtype));
    const std::int64_t row = config.vocab_size * 8 + config.hidden_size * 64;
    return width * (positions * (cache + 2 * width * 4) + row);
}

BeamDecoder::BeamDecoder(const Decoder& decoder, std::int64_t sequences, std::int64_t width,
                         std::int64_t positions)
    : decoder_(decoder), sequences_(sequences), width_(width), positions_(positions) {
    const ModelConfig& config = decoder.config();
    const auto options = at::TensorOptions().dtype(decoder.compute().dtype).device(decoder.compute().device);
    for (std::size_t i = 0; i < config.layers.size(); ++i) {
        // Zeros, not garbage: a masked entry still enters a product as 0 · value.
        keys_.push_back(at::zeros({sequences, config.kv_heads, positions, width, config.head_dim}, options));
        values_.push_back(at::zeros_like(keys_.back()));
    }
    visible_ = at::full({sequences, 1, positions, width}, hidden_past, options.dtype(at::kFloat));
}

at::Tensor BeamDecoder::attend_step(int layer, const Qkv& qkv) {
    const ModelConfig& config = decoder_.config();
    const std::int64_t group = config.heads / config.kv_heads, past = position_ + 1;
    const std::int64_t window = config.layers[std::size_t(layer)].sliding_window;
    const std::int64_t from = window > 0 ? std::max<std::int64_t>(0, past - window) : 0;
    const std::int64_t span = past - from, entries = span * width_;
    at::Tensor& keys = keys_[std::size_t(layer)];
    at::Tensor& values = values_[std::size_t(layer)];
    // k and v [S·beams, 1, kv_heads, head_dim] → [S, kv_heads, beams, head_dim] at this position.
    const auto place = [&](at::Tensor& cache, const at::Tensor& fresh) {
        cache.select(2, position_)
            .narrow(2, 0, beams_)
            .copy_(fresh.view({sequences_, beams_, config.kv_heads, config.head_dim}).transpose(1, 2));
    };
    place(keys, qkv.k);
    place(values, qkv.v);
    const double scale = 1 / std::sqrt(double(config.head_dim));
    // [S, beams, kv_heads, group, head_dim] → [S, kv_heads, beams·group, head_dim]
    const at::Tensor q = qkv.q.view({sequences_, beams_, config.kv_heads, group, config.head_dim})
                             .transpose(1, 2)
                             .reshape({sequences_, config.kv_heads, beams_ * group, config.head_dim});
    const at::Tensor mask = visible_.narrow(2, from, span).reshape({sequences_, beams_, 1, entries});
    at::Tensor out = at::empty_like(q);
    const auto attend = [&](std::int64_t s, std::int64_t h) {
        const at::Tensor k = keys[s][h].narrow(0, from, span).view({entries, config.head_dim});
        const at::Tensor v = values[s][h].narrow(0, from, span).view({entries, config.head_dim});
        at::Tensor scores = at::mm(q[s][h], k.t()).to(at::kFloat).mul_(scale).view({beams_, group, entries});
        scores.add_(mask[s]);
        const at::Tensor weights =
            at::softmax(scores, -1).to(v.scalar_type()).view({beams_ * group, entries});
        out[s][h].copy_(at::mm(weights, v));
    };
    if (q.is_cpu()) {
        at::parallel_for(0, sequences_ * config.kv_heads, 1, [&](std::int64_t begin, std::int64_t end) {
            const OneThreadBlas one_thread;
            for (std::int64_t task = begin; task < end; ++task)
                attend(task / config.kv_heads, task % config.kv_heads);
        });
    } else {
        const std::int64_t tasks = sequences_ * config.kv_heads;
        const at::Tensor k = keys.narrow(2, from, span).reshape({tasks, entries, config.head_dim});
        const at::Tensor v = values.narrow(2, from, span).reshape({tasks, entries, config.head_dim});
        at::Tensor scores = at::bmm(q.view({tasks, beams_ * group, config.head_dim}), k.transpose(1, 2))
                                .to(at::kFloat)
                                .mul_(scale)
                                .view({sequences_, config.kv_heads, beams_, group, entries});
        scores.add_(mask.unsqueeze(1));
        const at::Tensor weights = at::softmax(scores, -1).to(v.scalar_type());
        out = at::bmm(weights.view({tasks, beams_ * group, entries}), v).view(q.sizes());
    }
    return out.view({sequences_, config.kv_heads, beams_, group * config.head_dim})
        .transpose(1, 2)
        .reshape({sequences_ * beams_, config.heads * config.head_dim});
}

at::Tensor BeamDecoder::step(std::span<const std::int32_t> ids, std::vector<Routing>* routing) {
    const ModelConfig& config = decoder_.config();
    const std::int64_t rows = sequences_ * beams_;
    TORCH_CHECK(std::int64_t(ids.size()) == rows && position_ < positions_, "beam step out of its bounds");
    // Each beam sees the entry that it writes now: slot b at this position.
    for (std::int64_t b = 0; b < beams_; ++b)
        visible_.select(1, b).select(1, position_).select(1, b).fill_(0);
    const at::Tensor tokens =
        at::from_blob(const_cast<std::int32_t*>(ids.data()), {rows}, at::TensorOptions().dtype(at::kInt))
            .to(at::kLong);
    at::Tensor x = embed(decoder_, tokens);
    if (routing)
        routing->clear();
    for (int i = 0; i < int(config.layers.size()); ++i) {
        const auto weights = decoder_.layer(i);
        const LayerConfig& layer = config.layers[std::size_t(i)];
        const at::Tensor normed = rms_norm(x, weights->input_norm, config.rms_norm_eps);
        const Qkv qkv = project_qkv(config, *weights, normed, rows, position_, decoder_.rope(positions_));
        x = x + linear(attend_step(i, qkv), weights->o, weights->o_bias);
        Routing routed;
        x = x + mlp_block(layer, *weights, rms_norm(x, weights->post_norm, config.rms_norm_eps), &routed);
        if (routing && layer.moe)
            routing->push_back(routed);
    }
    ++position_;
    return logits(decoder_, x);
}

void BeamDecoder::reorder(std::span<const std::int32_t> parent) {
    TORCH_CHECK(std::int64_t(parent.size()) == sequences_ * width_, "one parent a beam");
    at::Tensor rows = at::empty({sequences_ * width_}, at::kLong);
    auto* row = rows.data_ptr<std::int64_t>();
    for (std::int64_t i = 0; i < sequences_ * width_; ++i)
        row[i] = i / width_ * beams_ + parent[std::size_t(i)];
    at::Tensor fresh = at::full({sequences_, width_, positions_, width_}, hidden_past, visible_.options());
    const at::Tensor past = visible_.view({sequences_ * beams_, positions_, width_}).narrow(1, 0, position_);
    fresh.view({sequences_ * width_, positions_, width_})
        .narrow(1, 0, position_)
        .copy_(past.index_select(0, rows.to(visible_.device())));
    visible_ = fresh;
    beams_ = width_;
}

} // namespace moequant
