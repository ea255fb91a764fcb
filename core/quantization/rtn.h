// Round to nearest: the quantizer that needs no calibration, and the fallback for experts without tokens.
#pragma once
#include "core/quantization/grid.h"

namespace moequant {

/// `weight` [rows, cols] in any float dtype, on any device. Throws RequestError for a non-finite weight
/// (naming the tensor `name`) and for a grid that does not fit the columns.
QuantizedLinear rtn(const at::Tensor& weight, const GridOptions& grid, const std::string& name);

/// The same on given scales of every group; `weight` float32 or float64.
QuantizedLinear round_on(const at::Tensor& weight, const Scales& scales, const GridOptions& grid);

} // namespace moequant
