// The scale and zero of one group from its weights: its extremes, or the clip search.
#pragma once
#include "core/quantization/grid_rule.h"

namespace moequant {

/// For the `count` weights of a group, as every quantizer finds it. Clip::none: by their extremes. Clip::mse:
/// for p = 1.00, 0.99, … 0.21 by p times their extremes, the p with the least Σ|ŵ − w|^2.4; the first of
/// equals. Sums in 64-byte vectors by a fixed order without fused operations, so that neither the machine nor
/// the number of threads touches the choice; in the dtype of the weights.
ScaleAndZero group_scale(const float* weights, std::int64_t count, const GridOptions& grid);
ScaleAndZero group_scale(const double* weights, std::int64_t count, const GridOptions& grid);

} // namespace moequant
