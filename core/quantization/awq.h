// AWQ (Lin et al. 2024, arXiv:2306.00978): columns that see large inputs are scaled up before rounding, and
// the scale is taken out of the operation before. With affinity-guided statistics: MoEQuant section 4.2.
#pragma once
#include "core/quantization/grid.h"

#include <array>
#include <string>

namespace moequant {

inline constexpr int kAwqSteps = 20; ///< grid points α = 0, 1/20 … 19/20
/// tr(ΔHΔᵀ) at each grid point.
using AwqErrors = std::array<double, kAwqSteps>;

/// s = max(a^α, 1e-4) / √(max s · min s), α = step / 20: float32 [columns], from `magnitude` = the (weighted)
/// mean of |x|. Ones at step 0.
at::Tensor awq_scale(const at::Tensor& magnitude, int step);

/// Adds to `errors` what rounding `weight` [rows, columns] (float32) to nearest would cost at every grid
/// point: Δ = Q(W·s)/s − W, `hessian` [columns, columns] that of the unscaled inputs, `magnitude` [columns]
/// of awq_scale. Throws RequestError naming a non-finite weight.
void add_awq_errors(AwqErrors& errors, const at::Tensor& weight, const at::Tensor& hessian,
                    const at::Tensor& magnitude, const GridOptions& grid, const std::string& name);

/// The first least error's grid point.
int best_awq_step(const AwqErrors& errors);

/// Rounds to nearest on scales whose range was searched group by group: 10 steps from 1 down to 0.55 of it,
/// the first of least δ·H_gg·δᵀ, where H_gg is the group's block of `hessian`.
QuantizedLinear awq_round(const at::Tensor& weight, const at::Tensor& hessian, const GridOptions& grid,
                          const std::string& name);

} // namespace moequant
