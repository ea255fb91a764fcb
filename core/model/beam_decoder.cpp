#include "core/model/beam_decoder.h"

#include "core/model/lanes.h"

#include <ATen/Parallel.h>

#include <cmath>
#include <cstring>

namespace moequant {
namespace {

/// On the CPU keys and values are float32 in whole lanes, whatever the weights are.
std::int64_t cached_dim(const Decoder& decoder) {
    const std::int64_t dim = decoder.config().head_dim;
    return decoder.compute().device.is_cpu() ? (dim + lane_count - 1) / lane_count * lane_count : dim;
}
at::ScalarType cached_dtype(const Decoder& decoder) {
    return decoder.compute().device.is_cpu() ? at::kFloat : decoder.compute().dtype;
}

} // namespace

std::int64_t BeamDecoder::bytes_per_sequence(const Decoder& decoder, std::int64_t width,
                                             std::int64_t positions) {
    const ModelConfig& config = decoder.config();
    const std::int64_t cache = std::int64_t(config.layers.size()) * 2 * config.kv_heads *
                               cached_dim(decoder) * std::int64_t(at::elementSize(cached_dtype(decoder)));
    const std::int64_t row = config.vocab_size * 4 + config.hidden_size * 64;
    return width * (positions * (cache + 1) + row);
}

BeamDecoder::BeamDecoder(const Decoder& decoder, std::int64_t sequences, std::int64_t width,
                         std::int64_t positions)
    : decoder_(decoder),
      sequences_(sequences),
      width_(width),
      positions_(positions),
      dim_(cached_dim(decoder)),
      paths_(std::size_t(sequences * width * positions)) {
    TORCH_CHECK(width >= 1 && width <= 255, "a slot is one byte");
    const ModelConfig& config = decoder.config();
    const auto options = at::TensorOptions().dtype(cached_dtype(decoder)).device(decoder.compute().device);
    for (std::size_t i = 0; i < config.layers.size(); ++i) {
        keys_.push_back(at::empty({sequences, config.kv_heads, positions, width, dim_}, options));
        values_.push_back(at::empty_like(keys_.back()));
    }
}

at::Tensor BeamDecoder::attend_step(int layer, const Qkv& qkv) {
    const ModelConfig& config = decoder_.config();
    const std::int64_t rows = std::int64_t(rows_.size()), past = position_ + 1;
    const std::int64_t window = config.layers[std::size_t(layer)].sliding_window;
    const std::int64_t from = window > 0 ? std::max<std::int64_t>(0, past - window) : 0;
    const auto cached = [&](const at::Tensor& x, std::int64_t heads) {
        const at::Tensor flat = x.view({rows, heads, config.head_dim}).to(keys_[0].scalar_type());
        return (dim_ == config.head_dim ? flat : at::constant_pad_nd(flat, {0, dim_ - config.head_dim}, 0))
            .contiguous();
    };
    const at::Tensor q = cached(qkv.q, config.heads);
    at::Tensor& k = fresh_keys_[std::size_t(layer)];
    at::Tensor& v = fresh_values_[std::size_t(layer)];
    k = cached(qkv.k, config.kv_heads);
    v = cached(qkv.v, config.kv_heads);
    const at::Tensor out =
        attend_beams(q, k, v, rows_,
                     {keys_[std::size_t(layer)], values_[std::size_t(layer)], paths_.data(),
                      std::min(from, position_), position_, 1 / std::sqrt(double(config.head_dim))});
    return out.narrow(2, 0, config.head_dim)
        .reshape({rows, config.heads * config.head_dim})
        .to(qkv.q.scalar_type());
}

at::Tensor BeamDecoder::step(std::span<const BeamRow> rows, std::vector<Routing>* routing) {
    const ModelConfig& config = decoder_.config();
    TORCH_CHECK(!rows.empty() && position_ < positions_, "beam step out of its bounds");
    rows_.assign(rows.begin(), rows.end());
    fresh_keys_.resize(config.layers.size());
    fresh_values_.resize(config.layers.size());
    const std::int64_t count = std::int64_t(rows.size());
    at::Tensor tokens = at::empty({count}, at::kLong);
    for (std::int64_t r = 0; r < count; ++r)
        tokens.data_ptr<std::int64_t>()[r] = rows[std::size_t(r)].token;
    at::Tensor x = embed(decoder_, tokens);
    if (routing)
        routing->clear();
    for (int i = 0; i < int(config.layers.size()); ++i) {
        const auto weights = decoder_.layer(i);
        const LayerConfig& layer = config.layers[std::size_t(i)];
        const at::Tensor normed = rms_norm(x, weights->input_norm, config.rms_norm_eps);
        const Qkv qkv = project_qkv(config, *weights, normed, count, position_, decoder_.rope(positions_));
        x = x + linear(attend_step(i, qkv), weights->o, weights->o_bias);
        Routing routed;
        x = x + mlp_block(layer, *weights, rms_norm(x, weights->post_norm, config.rms_norm_eps), &routed);
        if (routing && layer.moe)
            routing->push_back(routed);
    }
    return x;
}

void BeamDecoder::keep(std::span<const Kept> kept) {
    // The paths first: several beams may continue one parent.
    std::vector<std::uint8_t> paths(paths_.size());
    at::Tensor row = at::empty({std::int64_t(kept.size())}, at::kLong), slot = at::empty_like(row);
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const BeamRow& from = rows_.at(std::size_t(kept[i].row));
        const std::size_t target = std::size_t((from.sequence * width_ + kept[i].beam) * positions_);
        std::memcpy(&paths[target], &paths_[std::size_t((from.sequence * width_ + from.parent) * positions_)],
                    std::size_t(position_));
        paths[target + std::size_t(position_)] = std::uint8_t(kept[i].beam);
        row.data_ptr<std::int64_t>()[i] = kept[i].row;
        slot.data_ptr<std::int64_t>()[i] = from.sequence * width_ + kept[i].beam;
    }
    paths_ = std::move(paths);
    // Entry (sequence, position, slot) of every key head takes the row's key and value.
    const at::Device device = decoder_.compute().device;
    const at::Tensor source = row.to(device), target = slot.to(device);
    const at::Tensor sequence = at::div(target, width_, "trunc"), beam = target - sequence * width_;
    for (std::size_t i = 0; i < keys_.size(); ++i)
        for (auto [cache, fresh] :
             {std::pair{&keys_[i], &fresh_keys_[i]}, {&values_[i], &fresh_values_[i]}}) {
            // [S, width, kv_heads, dim] view of this position
            at::Tensor here = cache->select(2, position_).permute({0, 2, 1, 3});
            here.index_put_({sequence, beam}, fresh->index_select(0, source));
        }
    ++position_;
}

} // namespace moequant
