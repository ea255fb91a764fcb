// GPTQ (Frantar et al. 2023, arXiv:2210.17323): round column by column, each time spreading the error over
// the columns still to come as H⁻¹ says.
#pragma once
#include "core/quantization/factor.h"
#include "core/quantization/grid.h"

namespace moequant {

/// Quantizes `weight` [rows, cols] (any float dtype) given the factor. A channel's scale comes from the
/// original weight; a group's from the weights as compensated when its first column is reached, with
/// act-order from the original ones. Dead columns are rounded to nearest and kept (the published code zeroes
/// them). Rows are independent: they run in parallel in fixed tiles and the bits do not depend on the number
/// of threads. On CUDA in float32: the same kernel in CUDA C++ where it was built, otherwise a plain column
/// loop. Throws RequestError naming `name` for a non-finite weight or a
/// grid that does not fit.
QuantizedLinear gptq(const at::Tensor& weight, const Factor& factor, const GptqOptions& options,
                     const std::string& name);

/// The same through plain ATen calls, one column at a time, on any device: the kernels' twin in tests.
QuantizedLinear gptq_with_tensors(const at::Tensor& weight, const Factor& factor, const GptqOptions& options,
                                  const std::string& name);

} // namespace moequant
