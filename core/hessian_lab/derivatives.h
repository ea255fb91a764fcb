// Second to fourth derivatives of every sample's loss by automatic differentiation.
#pragma once
#include "core/hessian_lab/problem.h"

namespace moequant {

/// `losses` maps steps a and b, float64 [samples] each (one pair a sample), to the samples' losses [samples],
/// where no sample depends on another's steps. Derivatives at a = b = 0 through torch's autograd, one
/// backward pass for each of the six that are needed. What does not depend on a step has derivative 0.
Derivatives differentiate(std::int64_t samples,
                          const std::function<at::Tensor(const at::Tensor& a, const at::Tensor& b)>& losses);

} // namespace moequant
