// How badly conditioned a damped Hessian is.
#pragma once
#include <ATen/ATen.h>

namespace moequant {

/// Estimate of the 2-norm condition of `matrix` [n, n] with `diagonal` in place of its own, given U with
/// M⁻¹ = UᵀU in processing order (`order` int64 or undefined) and `dead`, bool [n]: the columns left out.
/// Four power iterations on M and on UᵀU from a fixed vector: a lower bound, rarely less than half. Half a
/// triangle is read for each. 1 when every column is dead.
double condition_estimate(const at::Tensor& matrix, const at::Tensor& diagonal, const at::Tensor& upper,
                          const at::Tensor& order, const at::Tensor& dead);

} // namespace moequant
