// Functions of single elements whose bits depend neither on how many elements share a call nor on the
// threads.
#pragma once
#include <ATen/ATen.h>

namespace moequant {

/// sigmoid, x·sigmoid(x), e^x, cosine and sine of every element; float32 on the CPU goes through whole vector
/// registers in fixed tiles; float64 is left to ATen, which autograd can go through. ATen computes the
/// elements that are left over at the end of a call, or of a thread's share, by scalar functions that round
/// differently.
at::Tensor elementwise_sigmoid(const at::Tensor& x);
at::Tensor elementwise_silu(const at::Tensor& x);
at::Tensor elementwise_exp(const at::Tensor& x);
at::Tensor elementwise_cos(const at::Tensor& x);
at::Tensor elementwise_sin(const at::Tensor& x);

} // namespace moequant
