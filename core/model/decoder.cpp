#include "core/model/decoder.h"

#include "core/model/matmul.h"

#include <algorithm>
#include <map>

namespace moequant {

Decoder::Decoder(ModelConfig config, std::shared_ptr<const TensorSource> source, Compute compute,
                 std::int64_t resident_bytes)
    : config_(std::move(config)),
      source_(std::move(source)),
      compute_(compute),
      resident_bytes_(resident_bytes),
      layers_(config_.layers.size()) {}

std::shared_ptr<const LayerWeights> Decoder::layer(int index) const {
    auto& kept = layers_.at(std::size_t(index));
    if (kept)
        return kept;
    auto loaded = std::make_shared<const LayerWeights>(load_layer(*source_, config_, index, compute_));
    std::int64_t upto = 0; // the first layers that fit stay; the same ones whatever the order of use
    for (int i = 0; i <= index; ++i)
        upto += layer_bytes(config_, i, compute_.dtype);
    if (upto <= resident_bytes_)
        kept = loaded;
    return loaded;
}

const EndWeights& Decoder::ends() const {
    if (!ends_)
        ends_ = std::make_unique<EndWeights>(load_ends(*source_, config_, compute_));
    return *ends_;
}

void Decoder::release() const {
    layers_.assign(layers_.size(), nullptr);
    ends_.reset();
}

const Rope& Decoder::rope(std::int64_t positions) const {
    if (!rope_.cos.defined() || rope_.cos.size(0) < positions)
        rope_ = make_rope(config_, positions, compute_.device);
    return rope_;
}

at::Tensor embed(const Decoder& decoder, const at::Tensor& ids) {
    return decoder.ends().embedding.index_select(0, ids.to(decoder.compute().device));
}

at::Tensor attention_block(const ModelConfig& config, int index, const LayerWeights& weights,
                           const at::Tensor& hidden, const Rope& rope) {
    const std::int64_t batch = hidden.size(0), length = hidden.size(1);
    const at::Tensor x = hidden.reshape({batch * length, config.hidden_size});
    const at::Tensor normed = rms_norm(x, weights.input_norm, config.rms_norm_eps);
    const Qkv qkv = project_qkv(config, weights, normed, batch, 0, rope);
    return x + linear(attend(config, config.layers[std::size_t(index)], qkv), weights.o, weights.o_bias);
}

at::Tensor layer_forward(const ModelConfig& config, int index, const LayerWeights& weights,
                         const at::Tensor& hidden, const Rope& rope, Routing* routing,
                         const at::Tensor& chosen) {
    at::Tensor x = attention_block(config, index, weights, hidden, rope);
    x = x + mlp_block(config.layers[std::size_t(index)], weights,
                      rms_norm(x, weights.post_norm, config.rms_norm_eps), routing, chosen);
    return x.view(hidden.sizes());
}

at::Tensor logits(const Decoder& decoder, const at::Tensor& hidden) {
    const EndWeights& ends = decoder.ends();
    const at::Tensor normed = rms_norm(hidden, ends.final_norm, decoder.config().rms_norm_eps);
    return at_least_float(matmul_transposed(normed, ends.head));
}

std::vector<SequenceBatch> batch_sequences(std::span<const std::vector<std::int32_t>> sequences,
                                           std::optional<std::int32_t> prefix, std::int64_t max_tokens) {
    std::map<std::size_t, std::vector<std::size_t>> by_length;
    for (std::size_t i = 0; i < sequences.size(); ++i)
        by_length[sequences[i].size()].push_back(i);
    std::vector<SequenceBatch> result;
    for (const auto& [size, members] : by_length) {
        const std::int64_t length = std::int64_t(size) + (prefix ? 1 : 0);
        const auto rows =
            std::size_t(std::max<std::int64_t>(1, max_tokens / std::max<std::int64_t>(1, length)));
        for (std::size_t first = 0; first < members.size(); first += rows) {
            const std::size_t count = std::min(rows, members.size() - first);
            SequenceBatch batch;
            batch.sequences.assign(members.begin() + std::ptrdiff_t(first),
                                   members.begin() + std::ptrdiff_t(first + count));
            batch.ids = at::empty({std::int64_t(count), length}, at::kLong);
            auto* at = batch.ids.data_ptr<std::int64_t>();
            for (const std::size_t member : batch.sequences) {
                if (prefix)
                    *at++ = *prefix;
                at = std::copy(sequences[member].begin(), sequences[member].end(), at);
            }
            result.push_back(std::move(batch));
        }
    }
    return result;
}

std::vector<at::Tensor> forward_batches(const Decoder& decoder, std::span<const SequenceBatch> batches,
                                        const BatchDone& done) {
    std::vector<at::Tensor> hidden;
    std::int64_t longest = 1;
    for (const SequenceBatch& batch : batches) {
        hidden.push_back(
            embed(decoder, batch.ids.reshape({-1})).view({batch.ids.size(0), batch.ids.size(1), -1}));
        longest = std::max(longest, batch.ids.size(1));
    }
    for (int i = 0; i < int(decoder.config().layers.size()); ++i) {
        const auto weights = decoder.layer(i);
        const bool moe = decoder.config().layers[std::size_t(i)].moe;
        for (std::size_t b = 0; b < hidden.size(); ++b) {
            Routing routing;
            hidden[b] =
                layer_forward(decoder.config(), i, *weights, hidden[b], decoder.rope(longest), &routing);
            done(i, b, moe ? &routing : nullptr);
        }
    }
    return hidden;
}

} // namespace moequant
