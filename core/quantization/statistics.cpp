#include "core/quantization/statistics.h"

#include "core/quantization/tiles.h"

namespace moequant {

void add_magnitudes(at::Tensor& sum, const at::Tensor& x, const at::Tensor& weight) {
    if (!sum.is_cpu()) {
        const at::Tensor size = x.to(at::kFloat).abs().to(at::kDouble);
        sum += (weight.defined() ? size.mul(weight.unsqueeze(1)) : size).sum(0);
        return;
    }
    const at::Tensor rows = x.to(at::kFloat).contiguous();
    const at::Tensor factor = weight.defined() ? weight.contiguous() : weight;
    auto* total = sum.data_ptr<double>();
    for (std::int64_t t = 0; t < rows.size(0); ++t) {
        const double w = factor.defined() ? factor.const_data_ptr<double>()[t] : 1;
        const float* row = rows.const_data_ptr<float>() + t * rows.size(1);
        for (std::int64_t j = 0; j < rows.size(1); ++j)
            total[j] += w * double(std::abs(row[j]));
    }
}

InputStatistics::InputStatistics(const std::string& name, std::int64_t columns,
                                 const QuantizeOptions& options, bool has_affinity, at::Device device)
    : reported_(name, columns, device),
      weigh_(options.agq && has_affinity),
      magnitudes_(options.method == Method::Awq),
      fourths_(options.starved == Starved::Shrink),
      exponent_(options.agq_exponent) {
    if (weigh_ && exponent_ != 1)
        powered_.emplace(name, columns, device);
    if (magnitudes_)
        magnitude_ = at::zeros({columns}, at::TensorOptions(device).dtype(at::kDouble));
    if (magnitudes_ && weigh_)
        plain_magnitude_ = magnitude_.clone();
}

InputStatistics::InputStatistics(const QuantizeOptions& options, bool has_affinity, Hessian reported,
                                 std::optional<Hessian> powered, double fourth)
    : reported_(std::move(reported)),
      powered_(std::move(powered)),
      weigh_(options.agq && has_affinity),
      fourths_(options.starved == Starved::Shrink),
      exponent_(options.agq_exponent),
      fourth_(fourth) {}

void InputStatistics::add(const at::Tensor& x, const std::optional<at::Tensor>& affinity) {
    if (x.size(0) == 0)
        return;
    reported_.add(x, affinity);
    unweighted_.reset();
    weighted_.reset();
    std::optional<at::Tensor> weight;
    if (weigh_ && affinity)
        weight = exponent_ == 1 ? *affinity : affinity->pow(exponent_);
    if (powered_)
        powered_->add(x, weight);
    if (!fourths_ && !magnitudes_)
        return;
    const SingleThread one; // the order of a sum must not depend on their number
    const at::Tensor wide = x.to(at::kFloat);
    if (fourths_) {
        const at::Tensor squares = wide.square().sum(1).to(at::kDouble);
        fourth_ = add_in_order(fourth_, (weight ? squares.mul(weight->to(at::kDouble)) : squares).square());
    }
    if (!magnitudes_)
        return;
    if (plain_magnitude_.defined())
        add_magnitudes(plain_magnitude_, wide, {});
    add_magnitudes(magnitude_, wide, weight ? weight->to(at::kDouble) : at::Tensor());
}

bool InputStatistics::by_affinity() const {
    return weigh_ && (powered_ ? *powered_ : reported_).affinity_sum() > 0;
}

at::Tensor InputStatistics::scaled(at::Tensor hessian) const {
    return scale_.defined() ? hessian.div_(scale_.unsqueeze(0)).div_(scale_.unsqueeze(1)) : hessian;
}

void InputStatistics::divide_inputs(const at::Tensor& scale) {
    scale_ = scale;
    unweighted_.reset();
    weighted_.reset();
}

at::Tensor InputStatistics::unweighted() const {
    if (!unweighted_.defined())
        unweighted_ = scaled(reported_.unweighted());
    return unweighted_;
}

at::Tensor InputStatistics::weighted() const {
    if (!reported_.has_weights())
        return unweighted();
    if (!weighted_.defined())
        weighted_ = scaled(reported_.weighted());
    return weighted_;
}

at::Tensor InputStatistics::hessian() const {
    if (!by_affinity())
        return unweighted();
    return powered_ ? scaled(powered_->weighted()) : weighted();
}

double InputStatistics::weight_sum() const {
    return by_affinity() ? (powered_ ? *powered_ : reported_).affinity_sum() : double(tokens());
}

double InputStatistics::effective_tokens() const {
    return by_affinity() ? (powered_ ? *powered_ : reported_).effective_tokens() : double(tokens());
}

at::Tensor InputStatistics::mean_magnitude() const {
    if (!magnitudes_)
        return {};
    const at::Tensor& sum = by_affinity() || !plain_magnitude_.defined() ? magnitude_ : plain_magnitude_;
    const double weight = weight_sum();
    return (weight > 0 ? sum / weight : sum).to(at::kFloat);
}

at::Tensor InputStatistics::some_inputs() const {
    const at::Tensor rows = reported_.some_rows();
    return scale_.defined() ? rows / scale_ : rows;
}

} // namespace moequant
