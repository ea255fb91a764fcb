#include "core/quantization/measure_layer.h"

#include "core/quantization/layer_work.h"
#include "core/quantization/rtn.h"
#include "core/quantization/tiles.h"

namespace moequant {

/// Float attention and routing; every expert's costs in parallel.
LayerCost LayerWork::measure(LayerInputs inputs, const Rope& rope, std::span<const int> bits) {
    inputs_ = &inputs;
    rope_ = &rope;
    add_attention();
    LayerCost cost;
    if (layer_.moe) {
        route_tokens();
        find_starved();
        if (options_.starved == Starved::Shrink && !starved_.empty())
            sum_common();
        cost.experts.resize(std::size_t(layer_.experts));
        each_expert(cost.experts.size(),
                    [&](std::size_t e) { cost.experts[e] = measure_expert(int(e), bits); });
        common_.reset();
    }
    add_mlp();
    for (std::size_t b = 0; b < inputs.hidden.size(); ++b) {
        const SingleThread alone; // the order of a sum must not depend on their number
        const at::Tensor rows = scored(inputs.hidden[b].view({-1, config_.hidden_size}), b);
        cost.energy = add_in_order(cost.energy, rows.to(at::kFloat).square().sum(1, false, at::kDouble));
    }
    return cost;
}

ExpertCost LayerWork::measure_expert(int expert, std::span<const int> bits) {
    const bool all = options_.all_tokens, affinity = has_affinity(expert, all);
    ExpertCost cost{.expert = expert, .weights = 0, .errors = std::vector<double>(bits.size(), 0)};
    for (const Role role : {Role::Gate, Role::Up, Role::Down})
        if (const LinearInfo& linear = linears_[find(role, expert)]; selected(linear))
            cost.weights += linear.rows * linear.columns;
    const Mlp original = mlp_of(expert);
    InputStatistics in = statistics(Role::Gate, expert, affinity);
    for_rows(expert, all, [&](const at::Tensor& x, const std::optional<at::Tensor>& c) { in.add(x, c); });
    std::optional<InputStatistics> other;
    const Calibration calibration_in = calibration(expert, Role::Gate, in, other);
    other.reset();
    const std::optional<Factor> factor = factor_of(calibration_in, linears_[find(Role::Gate, expert)].name);
    for (std::size_t i = 0; i < bits.size(); ++i) {
        check_stop(stop_);
        const auto quantize = [&](Role role, const std::optional<Factor>& with) {
            const LinearInfo& linear = linears_[find(role, expert)];
            if (!selected(linear))
                return;
            GptqOptions options = options_.gptq;
            options.grid = grids_.at(linear.name);
            options.grid.bits = bits[i];
            at::Tensor& weight = linear_weight(weights_, linear);
            const at::Tensor wide = weight.to(at::kFloat);
            weight = (with ? gptq(wide, *with, options, linear.name) : rtn(wide, options.grid, linear.name))
                         .dequantize()
                         .to(weight.scalar_type());
        };
        quantize(Role::Gate, factor);
        quantize(Role::Up, factor);
        InputStatistics out = statistics(Role::Down, expert, affinity);
        for_rows(expert, all, [&](const at::Tensor& x, const std::optional<at::Tensor>& c) {
            out.add(mlp_hidden(mlp_of(expert), x), c);
        });
        const Calibration calibration_out = calibration(expert, Role::Down, out, other);
        quantize(Role::Down, factor_of(calibration_out, linears_[find(Role::Down, expert)].name));
        for_rows(expert, false, [&](const at::Tensor& x, const std::optional<at::Tensor>& c) {
            const SingleThread alone;
            const at::Tensor delta = mlp_forward(mlp_of(expert), x).sub_(mlp_forward(original, x));
            const at::Tensor squares = delta.to(at::kFloat).mul_(c->unsqueeze(1)).square_();
            cost.errors[i] = add_in_order(cost.errors[i], squares.sum(1, false, at::kDouble));
        });
        mlp_of(expert) = original;
    }
    return cost;
}

LayerCost measure_layer(const ModelConfig& config, int layer, LayerWeights& weights, const LinearGrids& grids,
                        LayerInputs inputs, const Rope& rope, const QuantizeOptions& options,
                        std::span<const int> bits, const std::stop_token& stop) {
    const ReportSink no_report;
    return LayerWork(config, layer, weights, grids, options, no_report, stop).measure(inputs, rope, bits);
}

} // namespace moequant
