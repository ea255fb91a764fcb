// The error of an expert's, or its layer's, output as a loss.
#pragma once
#include "core/hessian_lab/expert_function.h"

#include <memory>

namespace moequant {

/// Loss of a token: ½·‖E(x) − E₀(x)‖², with `by_affinity` ½·‖c·(E(x) − E₀(x))‖², the error of the layer's
/// output: nothing else in the layer depends on the expert, and its routing does not either. `target`
/// [N, hidden]: E₀(x), the float expert's outputs. `affinity` [N] float64. Quadratic in up and down.
Problem expert_problem(std::shared_ptr<const ExpertFunction> expert, const at::Tensor& target,
                       const at::Tensor& affinity, bool by_affinity, bool quadratic);

} // namespace moequant
