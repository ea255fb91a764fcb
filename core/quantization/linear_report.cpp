#include "core/quantization/linear_report.h"

#include "core/quantization/tiles.h"

namespace moequant {
namespace {

/// Scales as a share of those that cover the whole range.
double mean_clip(const at::Tensor& weight, const QuantizedLinear& quantized) {
    const GridOptions full{.bits = quantized.bits,
                           .group_size = quantized.group_size,
                           .symmetric = quantized.symmetric,
                           .scale_dtype = quantized.scale_dtype};
    return quantized.scales.div(find_scales(weight, full).scales).mean(at::kDouble).item<double>();
}

void find_worst_channel(LinearReport& report, const at::Tensor& weight, const at::Tensor& delta,
                        const at::Tensor& inputs) {
    const at::Tensor error = inputs.mm(delta.t()).square().sum(0),
                     size = inputs.mm(weight.t()).square().sum(0);
    const at::Tensor relative = at::where(size > 0, error / size, at::zeros_like(error));
    const auto worst = relative.argmax().item<std::int64_t>();
    report.worst_channel = worst;
    report.worst_channel_error = relative[worst].item<double>();
}

} // namespace

void judge(LinearReport& report, const at::Tensor& weight, const QuantizedLinear& quantized,
           const InputStatistics* inputs, const at::Tensor& row_scale) {
    at::Tensor rounded = quantized.dequantize(), original = weight, plain, weighted;
    const bool seen = inputs && inputs->tokens() > 0;
    {
        const SingleThread alone; // the order of a sum must not depend on their number
        report.bits = quantized.bits;
        report.clip = mean_clip(weight, quantized);
        if (row_scale.defined()) {
            rounded.mul_(row_scale.unsqueeze(1));
            original = weight * row_scale.unsqueeze(1);
        }
        if (seen)
            find_worst_channel(report, original, rounded - original, inputs->some_inputs());
    }
    if (seen) {
        report.tokens = inputs->tokens();
        report.affinity_sum = inputs->reported().affinity_sum();
        report.effective_tokens = inputs->reported().effective_tokens();
        plain = inputs->unweighted();
        weighted = inputs->weighted();
    }
    const OutputError error = output_error(original, rounded, plain, weighted);
    report.relative_output_error = error.relative_output_error;
    report.weighted_output_error = error.weighted_output_error;
    report.weight_mse = error.weight_mse;
}

nlohmann::json to_json(const LinearReport& report) {
    const auto or_null = [](const auto& value) { return value ? nlohmann::json(*value) : nlohmann::json(); };
    return {{"name", report.linear.name},
            {"layer", report.linear.layer},
            {"expert", expert_json(report.linear.expert)},
            {"rows", report.linear.rows},
            {"columns", report.linear.columns},
            {"bits", report.bits},
            {"tokens", report.tokens},
            {"affinity_sum", report.affinity_sum},
            {"effective_tokens", report.effective_tokens},
            {"relative_output_error", or_null(report.relative_output_error)},
            {"weighted_output_error", or_null(report.weighted_output_error)},
            {"weight_mse", report.weight_mse},
            {"worst_channel", or_null(report.worst_channel)},
            {"worst_channel_error", or_null(report.worst_channel_error)},
            {"damp", or_null(report.damp)},
            {"condition", or_null(report.condition)},
            {"clip", report.clip},
            {"fallback", report.fallback.empty() ? nlohmann::json() : nlohmann::json(report.fallback)},
            {"shrinkage", or_null(report.shrinkage)},
            {"seconds", report.seconds}};
}

} // namespace moequant
