// AWQ in a layer: which operation each scale is taken out of, and who must be multiplied for it.
#include "core/quantization/awq.h"
#include "core/quantization/layer_work.h"
#include "core/quantization/tiles.h"

#include <algorithm>

namespace moequant {

void LayerWork::keep_float(const LinearInfo& linear) {
    at::Tensor& weight = linear_weight(weights_, linear);
    const at::Tensor stored = weight.to(options_.stored);
    weight = stored.to(weight.scalar_type());
    const std::lock_guard lock(mutex_);
    result_.floats[linear.name + ".weight"] = stored.to(at::kCPU);
}

void LayerWork::multiply_columns(const LinearInfo& linear, const at::Tensor& scale) {
    at::Tensor& weight = linear_weight(weights_, linear);
    weight = weight.to(at::kFloat).mul(scale).to(weight.scalar_type());
    if (!selected(linear))
        keep_float(linear);
}

void LayerWork::divide_rows(const LinearInfo& linear, const at::Tensor& scale) {
    at::Tensor& weight = linear_weight(weights_, linear);
    weight = weight.to(at::kFloat).div(scale.unsqueeze(1)).to(weight.scalar_type());
    if (!selected(linear))
        keep_float(linear);
    if (linear.role != Role::V || !weights_.v_bias.defined())
        return;
    const at::Tensor stored = weights_.v_bias.to(at::kFloat).div(scale).to(options_.stored);
    weights_.v_bias = stored.to(weights_.v_bias.scalar_type());
    result_.floats[linear.name + ".bias"] = stored.to(at::kCPU);
}

at::Tensor LayerWork::divide_norm(at::Tensor& norm, const std::string& name, const at::Tensor& scale,
                                  std::initializer_list<Role> consumers) {
    const at::Tensor before = norm.to(at::kFloat);
    const at::Tensor stored = before.div(scale).to(options_.stored);
    const at::Tensor after = stored.to(at::kFloat);
    // What the consumers are multiplied by is the quotient of the stored norms, so that nothing is lost by
    // rounding it.
    at::Tensor divided =
        at::where(before.ne(0).logical_and(after.ne(0)), before / after, at::ones_like(before));
    norm = after.to(norm.scalar_type());
    result_.floats[layer_prefix(index_) + "." + name + ".weight"] = stored.to(at::kCPU);
    for (const LinearInfo& linear : linears_)
        if (std::find(consumers.begin(), consumers.end(), linear.role) != consumers.end())
            multiply_columns(linear, divided);
    return divided;
}

void LayerWork::scale_attention_inputs(InputStatistics& inputs) {
    if (inputs.tokens() == 0)
        return;
    const at::Tensor hessian = inputs.hessian(), magnitude = inputs.mean_magnitude();
    AwqErrors errors{};
    for (const Role role : {Role::Q, Role::K, Role::V})
        if (const LinearInfo& linear = linears_[find(role, LinearInfo::none)]; selected(linear))
            add_awq_errors(errors, wide_weight(linear), hessian, magnitude, grids_.at(linear.name),
                           linear.name);
    const int step = best_awq_step(errors);
    if (step > 0)
        inputs.divide_inputs(divide_norm(weights_.input_norm, "input_layernorm", awq_scale(magnitude, step),
                                         {Role::Q, Role::K, Role::V}));
}

at::Tensor LayerWork::scale_values(const InputStatistics& outputs) {
    if (outputs.tokens() == 0)
        return {};
    const LinearInfo &o = linears_[find(Role::O, LinearInfo::none)],
                     &v = linears_[find(Role::V, LinearInfo::none)];
    // Query heads that share a key-value head share its values, and so their scale.
    const std::int64_t groups = config_.kv_heads, members = config_.heads / config_.kv_heads;
    const at::Tensor shared = outputs.mean_magnitude().view({groups, members, -1}).mean(1, /*keepdim=*/true);
    const at::Tensor magnitude = shared.expand({groups, members, shared.size(2)}).reshape({-1});
    AwqErrors errors{};
    add_awq_errors(errors, wide_weight(o), outputs.hessian(), magnitude, grids_.at(o.name), o.name);
    const int step = best_awq_step(errors);
    if (step == 0)
        return {};
    const at::Tensor scale = awq_scale(magnitude, step);
    at::Tensor values = scale.view({groups, members, -1}).select(1, 0).reshape({-1});
    divide_rows(v, values);
    multiply_columns(o, scale);
    return values;
}

/// Mean magnitude of the MLP's inputs: of all tokens, or weighed by what their experts' affinities add up to.
at::Tensor LayerWork::mlp_magnitude() const {
    const SingleThread alone; // the order of a sum must not depend on their number
    at::Tensor sum = at::zeros({config_.hidden_size}, weights_.post_norm.options().dtype(at::kDouble));
    double total = 0;
    for (std::size_t b = 0; b < inputs_->hidden.size(); ++b) {
        const at::Tensor x = scored(normed(b, weights_.post_norm), b);
        at::Tensor weight = at::ones({x.size(0)}, sum.options());
        if (layer_.moe && options_.agq) {
            weight.zero_();
            weight.index_add_(0, dispatch_[b].token, affinity_[b].to(at::kDouble).pow(options_.agq_exponent));
            if (layer_.shared_gate)
                weight.add_(
                    shared_affinity(weights_, x).view({-1}).to(at::kDouble).pow(options_.agq_exponent));
            else if (layer_.shared_intermediate > 0)
                weight.add_(1);
        }
        add_magnitudes(sum, x, weight);
        total = add_in_order(total, weight);
    }
    return (total > 0 ? sum / total : sum).to(at::kFloat);
}

void LayerWork::scale_mlp_inputs() {
    const at::Tensor magnitude = mlp_magnitude();
    const std::vector<int> experts = experts_to_do();
    std::vector<AwqErrors> errors(experts.size() + 1, AwqErrors{});
    const auto add = [&](AwqErrors& sum, std::initializer_list<Role> roles, int expert,
                         const at::Tensor& hessian) {
        for (const Role role : roles)
            if (any_selected({role}, expert)) {
                const LinearInfo& linear = linears_[find(role, expert)];
                add_awq_errors(sum, wide_weight(linear), hessian, magnitude, grids_.at(linear.name),
                               linear.name);
            }
    };
    each_expert(experts.size(), [&](std::size_t i) {
        const int expert = experts[i];
        if (!any_selected({Role::Gate, Role::Up}, expert))
            return;
        const bool all = expert >= 0 && options_.all_tokens;
        InputStatistics inputs = statistics(Role::Gate, expert, has_affinity(expert, all));
        for_rows(expert, all,
                 [&](const at::Tensor& x, const std::optional<at::Tensor>& c) { inputs.add(x, c); });
        if (inputs.tokens() > 0)
            add(errors[i], {Role::Gate, Role::Up}, expert, inputs.hessian());
    });
    if (any_selected({Role::Router, Role::SharedGate}, LinearInfo::none)) {
        add(errors.back(), {Role::Router, Role::SharedGate}, LinearInfo::none,
            mlp_inputs(Role::Router, LinearInfo::none).hessian());
    }
    AwqErrors sum{};
    for (const AwqErrors& part : errors)
        for (std::size_t step = 0; step < sum.size(); ++step)
            sum[step] += part[step];
    const int step = best_awq_step(sum);
    if (step == 0)
        return;
    divide_norm(weights_.post_norm, "post_attention_layernorm", awq_scale(magnitude, step),
                {Role::Router, Role::SharedGate, Role::Gate, Role::Up});
    if (layer_.moe)
        route_tokens(); // the stored router is rounded
}

at::Tensor LayerWork::scale_down_inputs(int expert, const Calibration& calibration,
                                        const at::Tensor& up_weight) {
    const LinearInfo &up = linears_[find(Role::Up, expert)], &down = linears_[find(Role::Down, expert)];
    linear_weight(weights_, up) = up_weight;
    if (!calibration.hessian.defined())
        return {};
    AwqErrors errors{};
    add_awq_errors(errors, wide_weight(down), calibration.hessian, calibration.magnitude,
                   grids_.at(down.name), down.name);
    const int step = best_awq_step(errors);
    if (step == 0)
        return {};
    at::Tensor scale = awq_scale(calibration.magnitude, step);
    divide_rows(up, scale);
    multiply_columns(down, scale);
    return scale;
}

} // namespace moequant
