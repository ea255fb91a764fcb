// Quantizing one decoder layer from the inputs that reach it: q/k/v, then o, then router and shared gate,
// then gate and up of every expert, then down behind the quantized gate and up.
#pragma once
#include "core/job/event.h"
#include "core/model/decoder.h"
#include "core/quantization/gptq.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace moequant {

enum class Method { Rtn, Gptq };

struct QuantizeOptions {
    Method method = Method::Gptq;
    GptqOptions gptq; ///< its grid serves RTN too
    bool agq = false; ///< tokens weigh by their affinity in the experts' Hessians (MoEQuant, equation 19)
    double agq_exponent = 1;
    /// Every token of the layer enters every routed expert's Hessians, as if all experts saw all tokens; with
    /// `agq` it weighs by the router's softmax over all experts, else 1. Outputs combine by true routing.
    bool all_tokens = false;
};

/// One row of the error report.
struct LinearReport {
    LinearInfo linear;
    int bits = 0;
    std::int64_t tokens = 0;
    double affinity_sum = 0, effective_tokens = 0;
    std::optional<double> relative_output_error, weighted_output_error; ///< null without tokens
    double weight_mse = 0;
    std::optional<double> damp; ///< null where nothing was factorised
    std::string fallback;       ///< empty, or "rtn" for an expert without tokens
    double seconds = 0;
};
nlohmann::json to_json(const LinearReport& report);

struct QuantizedLayer {
    std::map<std::string, QuantizedLinear> linears; ///< by name without ".weight"
    std::vector<LinearReport> reports;              ///< in the order of layer_linears
    std::int64_t routed_tokens = 0;                 ///< routed slots, 0 in a dense layer
};

/// What a layer is quantized from.
struct LayerInputs {
    std::span<const SequenceBatch> batches;
    std::int64_t skip = 0; ///< positions at the start of every sequence that enter no Hessian (a BOS)
    std::vector<at::Tensor>& hidden; ///< [B, T, hidden] a batch: replaced by the quantized layer's outputs
};

using ReportSink = std::function<void(const LinearReport&)>;

/// Quantizes the linears of `selected` (others stay float) and replaces their weights in `weights` by the
/// dequantized ones. Experts run in parallel, one a thread; the bits depend on neither threads nor batches.
/// `report` is called from one thread at a time, in any order. Throws RequestError naming a non-finite
/// weight, Cancelled.
QuantizedLayer quantize_layer(const ModelConfig& config, int layer, LayerWeights& weights,
                              const std::set<std::string>& selected, LayerInputs inputs, const Rope& rope,
                              const QuantizeOptions& options, const ReportSink& report,
                              const std::stop_token& stop);

/// The same without any input: round to nearest, output errors unknown.
QuantizedLayer round_layer(const ModelConfig& config, int layer, const LayerWeights& weights,
                           const std::set<std::string>& selected, const QuantizeOptions& options,
                           const ReportSink& report, const std::stop_token& stop);

} // namespace moequant
