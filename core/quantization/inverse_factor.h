// Cholesky factorisation and triangular inverse in one sweep over a symmetric matrix.
#pragma once
#include <ATen/ATen.h>

namespace moequant {

/// U, upper triangular with M⁻¹ = UᵀU, for M = `matrix` with `diagonal` in place of its own, rows and columns
/// taken in `order` (int64, or undefined). On the CPU, float32 or float64 [n, n], contiguous. Undefined when
/// M is not positive definite to working precision.
///
/// With J reversing rows and columns, JMJ = LLᵀ and U = J·L⁻¹·J. L⁻¹ grows in place of L: once a block column
/// of L has updated the blocks right of it (Cholesky) and below (the inverse so far), nothing needs it again,
/// so every step is one update of all rows below by the same block row, of 96.
at::Tensor inverse_factor(const at::Tensor& matrix, const at::Tensor& diagonal, const at::Tensor& order);

} // namespace moequant
