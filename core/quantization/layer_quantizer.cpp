#include "core/quantization/layer_quantizer.h"

#include "core/quantization/layer_work.h"

namespace moequant {

LayerWork::LayerWork(const ModelConfig& config, int index, LayerWeights& weights, const LinearGrids& grids,
                     const QuantizeOptions& options, const ReportSink& report, const std::stop_token& stop)
    : config_(config),
      layer_(config.layers[std::size_t(index)]),
      index_(index),
      weights_(weights),
      grids_(grids),
      options_(options),
      report_(report),
      stop_(stop),
      linears_(layer_linears(config, index)) {
    result_.reports.resize(linears_.size());
    for (std::size_t i = 0; i < linears_.size(); ++i)
        place_[{linears_[i].role, linears_[i].expert}] = i;
}

QuantizedLayer LayerWork::run(LayerInputs inputs, const Rope& rope) {
    inputs_ = &inputs;
    rope_ = &rope;
    attention(); // leaves the hidden states between attention and MLP in inputs.hidden
    if (layer_.moe)
        route_tokens();
    if (scaling())
        scale_mlp_inputs();
    if (layer_.moe)
        quantize_routers();
    mlps();
    add_mlp();
    return finish();
}

void LayerWork::forward(LayerInputs inputs, const Rope& rope) {
    inputs_ = &inputs;
    rope_ = &rope;
    add_attention();
    add_mlp();
}

void LayerWork::add_attention() {
    for (std::size_t b = 0; b < inputs_->hidden.size(); ++b) {
        check_stop(stop_);
        write_back(b, linear(attended(b), weights_.o, weights_.o_bias));
    }
}

void LayerWork::add_mlp() {
    for (std::size_t b = 0; b < inputs_->hidden.size(); ++b) {
        check_stop(stop_);
        write_back(b, mlp_block(layer_, weights_, normed(b, weights_.post_norm)));
    }
}

QuantizedLayer LayerWork::round() {
    for (std::size_t i = 0; i < linears_.size(); ++i)
        if (selected(linears_[i]))
            quantize_one(i, {}, {}, Clock::now());
    return finish();
}

/// Leaves only the rows of linears that were quantized.
QuantizedLayer LayerWork::finish() {
    std::erase_if(result_.reports, [](const LinearReport& row) { return row.bits == 0; });
    return std::move(result_);
}

QuantizedLayer quantize_layer(const ModelConfig& config, int layer, LayerWeights& weights,
                              const LinearGrids& grids, LayerInputs inputs, const Rope& rope,
                              const QuantizeOptions& options, const ReportSink& report,
                              const std::stop_token& stop) {
    return LayerWork(config, layer, weights, grids, options, report, stop).run(inputs, rope);
}

QuantizedLayer round_layer(const ModelConfig& config, int layer, const LayerWeights& weights,
                           const LinearGrids& grids, const QuantizeOptions& options, const ReportSink& report,
                           const std::stop_token& stop) {
    LayerWeights copy = weights;
    return LayerWork(config, layer, copy, grids, options, report, stop).round();
}

void forward_layer(const ModelConfig& config, int layer, LayerWeights& weights, LayerInputs inputs,
                   const Rope& rope, const std::stop_token& stop) {
    const LinearGrids none;
    const QuantizeOptions options;
    const ReportSink no_report;
    LayerWork(config, layer, weights, none, options, no_report, stop).forward(inputs, rope);
}

} // namespace moequant
