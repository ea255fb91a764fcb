#include "core/quantization/awq.h"
#include "core/quantization/layer_work.h"
#include "core/quantization/rtn.h"

#include <algorithm>
#include <utility>

namespace moequant {

std::size_t LayerWork::find(Role role, int expert) const {
    return place_.at({role, expert});
}

bool LayerWork::any_selected(std::initializer_list<Role> roles, int expert) const {
    return std::any_of(roles.begin(), roles.end(), [&](Role role) {
        const auto place = place_.find({role, expert});
        return place != place_.end() && selected(linears_[place->second]);
    });
}

at::Tensor LayerWork::wide_weight(const LinearInfo& linear) const {
    return linear_weight(weights_, linear).to(at::kFloat);
}

InputStatistics LayerWork::statistics(Role role, int expert, bool has_affinity) const {
    const LinearInfo& linear = linears_[find(role, expert)];
    return {linear.name, linear.columns, options_, has_affinity, weights_.input_norm.device()};
}

Calibration LayerWork::known(const InputStatistics& inputs) {
    Calibration calibration;
    calibration.inputs = &inputs;
    if (inputs.tokens() == 0) {
        calibration.fallback = "rtn";
        return calibration;
    }
    calibration.hessian = inputs.hessian();
    calibration.magnitude = inputs.mean_magnitude();
    return calibration;
}

std::optional<Factor> LayerWork::factor_of(const Calibration& calibration, const std::string& name) const {
    if (options_.method != Method::Gptq || !calibration.hessian.defined())
        return std::nullopt;
    return factorize(calibration.hessian, options_.gptq, name);
}

void LayerWork::quantize_group(std::initializer_list<Role> roles, int expert, const Calibration& calibration,
                               std::optional<Factor> factor, const at::Tensor& row_scale,
                               Clock::duration spent) {
    for (const Role role : roles) {
        const auto place = place_.find({role, expert});
        if (place == place_.end() || !selected(linears_[place->second]))
            continue;
        const auto begin = Clock::now() - std::exchange(spent, Clock::duration::zero());
        if (!factor)
            factor = factor_of(calibration, linears_[place->second].name);
        quantize_one(place->second, calibration, factor, begin, row_scale);
    }
}

void LayerWork::quantize_one(std::size_t index, const Calibration& calibration,
                             const std::optional<Factor>& factor, Clock::time_point begin,
                             const at::Tensor& row_scale, bool final) {
    const LinearInfo& linear = linears_[index];
    at::Tensor& weight = linear_weight(weights_, linear);
    if (options_.scale_only) {
        if (final)
            keep_float(linear);
        return;
    }
    const at::Tensor wide = weight.to(at::kFloat);
    GptqOptions gptq_options = options_.gptq;
    gptq_options.grid = grids_.at(linear.name);
    // AWQ leaves q and k unclipped: their products meet in a softmax, where small errors of range weigh more.
    const bool clipped =
        scaling() && calibration.hessian.defined() && linear.role != Role::Q && linear.role != Role::K;
    QuantizedLinear quantized = factor ? gptq(wide, *factor, gptq_options, linear.name)
                                : clipped
                                    ? awq_round(wide, calibration.hessian, gptq_options.grid, linear.name)
                                    : rtn(wide, gptq_options.grid, linear.name);
    weight = quantized.dequantize().to(weight.scalar_type());
    if (!final)
        return;
    LinearReport row;
    row.linear = linear;
    judge(row, wide, quantized, calibration.inputs, row_scale);
    if (options_.method != Method::Rtn)
        row.fallback = calibration.fallback;
    row.shrinkage = calibration.shrinkage;
    if (factor) {
        row.damp = factor->damp;
        row.condition = factor->condition;
    }
    for (at::Tensor* part : {&quantized.codes, &quantized.scales, &quantized.zeros, &quantized.group_of})
        *part = part->to(at::kCPU);
    row.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    const std::lock_guard lock(mutex_);
    result_.linears[linear.name] = std::move(quantized);
    result_.reports[index] = row;
    if (report_)
        report_(row);
}

} // namespace moequant
