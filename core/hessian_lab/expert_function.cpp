#include "core/hessian_lab/expert_function.h"

#include <stdexcept>

namespace moequant {

ExpertFunction::ExpertFunction(const Mlp& mlp, Role linear, std::int64_t row, const at::Tensor& x)
    : linear_(linear) {
    const at::Tensor gate = at::mm(x, mlp.gate.t()), up = at::mm(x, mlp.up.t());
    const at::Tensor hidden = at::silu(gate) * up;
    outputs_ = at::mm(hidden, mlp.down.t());
    switch (linear_) {
    case Role::Gate:
    case Role::Up:
        inputs_ = x;
        weight_ = (linear_ == Role::Gate ? mlp.gate : mlp.up)[row].clone();
        partner_ = (linear_ == Role::Gate ? up : at::silu(gate)).select(1, row).contiguous();
        direction_ = mlp.down.select(1, row).contiguous();
        break;
    case Role::Down:
        inputs_ = hidden;
        weight_ = mlp.down[row].clone();
        direction_ = at::zeros({mlp.down.size(0)}, x.options());
        direction_[row] = 1;
        break;
    default:
        throw std::logic_error("not a linear of an expert");
    }
    sum_ = at::mv(inputs_, weight_);
    // From the same product as every moved one, so that an unmoved row changes nothing.
    hidden_ = linear_ == Role::Gate ? at::silu(sum_) * partner_
              : linear_ == Role::Up ? partner_ * sum_
                                    : sum_;
}

at::Tensor ExpertFunction::from_sum(const at::Tensor& sum) const {
    const at::Tensor now = linear_ == Role::Gate ? at::silu(sum) * partner_
                           : linear_ == Role::Up ? partner_ * sum
                                                 : sum;
    return outputs_ + at::outer(now - hidden_, direction_);
}

at::Tensor ExpertFunction::moved(const Entry& entry, double a, double b) const {
    at::Tensor weight = weight_.clone();
    weight[entry.i].add_(a);
    weight[entry.j].add_(b);
    return from_sum(at::mv(inputs_, weight));
}

at::Tensor ExpertFunction::moved(const Entry& entry, const at::Tensor& a, const at::Tensor& b) const {
    return from_sum(sum_ + a * inputs_.select(1, entry.i) + b * inputs_.select(1, entry.j));
}

} // namespace moequant
