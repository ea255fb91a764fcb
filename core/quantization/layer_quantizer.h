// Quantizing one decoder layer from the inputs that reach it: q/k/v, then o, then router and shared gate,
// then gate and up of every expert, then down behind the quantized gate and up.
#pragma once
#include "core/job/event.h"
#include "core/model/decoder.h"
#include "core/quantization/linear_report.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace moequant {

struct QuantizedLayer {
    std::map<std::string, QuantizedLinear> linears; ///< by name without ".weight"
    /// Tensors that stay float but are no longer the source's, by full name, in the stored dtype, on the CPU:
    /// norms, biases, routers and float linears that AWQ rescaled.
    std::map<std::string, at::Tensor> floats;
    std::vector<LinearReport> reports; ///< in the order of layer_linears
    std::int64_t routed_tokens = 0;    ///< routed slots, 0 in a dense layer
};

/// What a layer is quantized from.
struct LayerInputs {
    std::span<const SequenceBatch> batches;
    std::int64_t skip = 0; ///< positions at the start of every sequence that enter no Hessian (a BOS)
    /// [B, T, hidden] a batch, any float dtype, on the device or on the host: replaced by the quantized
    /// layer's outputs, in the same dtype and place.
    std::vector<at::Tensor>& hidden;
};

using ReportSink = std::function<void(const LinearReport&)>;

/// Quantizes the linears of `grids` (others stay float) and replaces their weights in `weights` by the
/// dequantized ones. Experts run in parallel, one a thread; the bits depend on neither threads nor batches.
/// `report` is called from one thread at a time, in any order. Throws RequestError naming a non-finite
/// weight, Cancelled.
QuantizedLayer quantize_layer(const ModelConfig& config, int layer, LayerWeights& weights,
                              const LinearGrids& grids, LayerInputs inputs, const Rope& rope,
                              const QuantizeOptions& options, const ReportSink& report,
                              const std::stop_token& stop);

/// The same without any input: round to nearest, output errors unknown.
QuantizedLayer round_layer(const ModelConfig& config, int layer, const LayerWeights& weights,
                           const LinearGrids& grids, const QuantizeOptions& options, const ReportSink& report,
                           const std::stop_token& stop);

/// The layer's forward on inputs.hidden as quantize_layer does it at its end, between attention and MLP
/// rounded to the dtype of the hidden states: a resumed run gets the same bits.
void forward_layer(const ModelConfig& config, int layer, LayerWeights& weights, LayerInputs inputs,
                   const Rope& rope, const std::stop_token& stop);

} // namespace moequant
