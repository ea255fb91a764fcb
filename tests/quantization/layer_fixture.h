// A layer of a tiny checkpoint with random sequences before it.
#pragma once
#include "core/model/safetensors.h"
#include "core/quantization/layer_quantizer.h"

#include <QtTest>

#include <random>

namespace moequant {

struct Layer {
    ModelConfig config;
    std::shared_ptr<SafetensorsFolder> source;
    int index;
    std::vector<SequenceBatch> batches;
    std::vector<at::Tensor> hidden;
    Rope rope;
    LinearGrids grids;
};

/// Layer `index` of a tiny checkpoint with `sequences` random sequences of 24 tokens before it.
inline Layer open_layer(const char* model, int index, int sequences) {
    const std::filesystem::path folder =
        std::filesystem::path(MOEQUANT_SOURCE_DIR) / "tests/data/decoder" / model;
    Layer layer{read_config(folder), std::make_shared<SafetensorsFolder>(folder), index, {}, {}, {}, {}};
    std::mt19937_64 engine(11);
    std::vector<std::vector<std::int32_t>> ids(std::size_t(sequences), std::vector<std::int32_t>(24));
    for (auto& sequence : ids)
        for (auto& id : sequence)
            id = std::int32_t(engine() % std::uint64_t(layer.config.vocab_size));
    const Decoder decoder(layer.config, layer.source, Compute{}, 1 << 30);
    layer.batches = batch_sequences(ids, std::nullopt, 100);
    layer.rope = make_rope(layer.config, 24, at::kCPU);
    for (const SequenceBatch& batch : layer.batches) {
        at::Tensor h = embed(decoder, batch.ids.reshape({-1})).view({batch.ids.size(0), 24, -1});
        for (int i = 0; i < index; ++i)
            h = layer_forward(layer.config, i, *decoder.layer(i), h, layer.rope);
        layer.hidden.push_back(h);
    }
    for (const LinearInfo& linear : layer_linears(layer.config, index))
        if (linear.role != Role::Router && linear.role != Role::SharedGate)
            layer.grids[linear.name] = {.group_size = -1};
    return layer;
}

inline LayerWeights weights_of(const Layer& layer) {
    return load_layer(*layer.source, layer.config, layer.index, Compute{});
}

inline QuantizeOptions options_of(bool agq, double exponent = 1) {
    QuantizeOptions options;
    options.gptq.grid.group_size = -1;
    options.agq = agq;
    options.agq_exponent = exponent;
    return options;
}

inline QuantizedLayer quantize(Layer& layer, LayerWeights& weights, const QuantizeOptions& options) {
    return quantize_layer(layer.config, layer.index, weights, layer.grids, {layer.batches, 0, layer.hidden},
                          layer.rope, options, {}, {});
}

/// All codes of a layer, for comparing bits.
inline at::Tensor all_codes(const QuantizedLayer& layer) {
    std::vector<at::Tensor> all;
    for (const auto& [name, linear] : layer.linears)
        all.push_back(linear.codes.reshape({-1}));
    return at::cat(all);
}

} // namespace moequant
