// One expert's outputs while one row of one of its linears moves.
#pragma once
#include "core/hessian_lab/problem.h"
#include "core/model/config.h"
#include "core/model/weights.h"

namespace moequant {

/// float64 throughout. Only what the row changes is computed anew, by the very operations of the forward; at
/// the unmoved row the outputs are those at w to the last bit.
class ExpertFunction {
  public:
    /// `mlp` in float64 at w, `linear` Gate, Up or Down, `x` [N, hidden] float64, the expert's inputs.
    ExpertFunction(const Mlp& mlp, Role linear, std::int64_t row, const at::Tensor& x);

    const at::Tensor& inputs() const { return inputs_; }   ///< of the linear, [N, columns]
    const at::Tensor& outputs() const { return outputs_; } ///< at w, [N, hidden]
    /// With w_i + a and w_j + b: [N, hidden]. The weight itself is moved.
    at::Tensor moved(const Entry& entry, double a, double b) const;
    /// The same with steps of their own for every token, a and b [N]: the sum that the row computes moves by
    /// a·x_i + b·x_j, which is how autograd sees the weight in each token apart.
    at::Tensor moved(const Entry& entry, const at::Tensor& a, const at::Tensor& b) const;

  private:
    at::Tensor from_sum(const at::Tensor& sum) const;

    Role linear_;
    at::Tensor inputs_, outputs_;
    at::Tensor weight_, sum_;     ///< the row [columns], what it computes at w [N]
    at::Tensor partner_, hidden_; ///< of gate and up: the other factor's column and the product's, [N]
    at::Tensor direction_;        ///< [hidden]: what a unit of the moved column adds to the outputs
};

} // namespace moequant
