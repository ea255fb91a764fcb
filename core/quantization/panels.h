// The inner kernel of the factorisation and of GPTQ's column loop: a rank-`depth` update of a small tile that
// stays in registers. Written once for all instruction sets; every element sums its products in the order of
// k, so that its bits depend neither on threads nor on where the tile lies.
#pragma once
#include <cstdint>

namespace moequant {

constexpr int kPanel = 8; ///< rows of a tile

/// Columns of a tile: three of the widest registers.
template <class Real>
constexpr int kStrip = 192 / sizeof(Real);

/// c[i][j] −= Σ_k panel[k][i]·strip[k][j] for i < kPanel, j < kStrip, k < depth, with c = 0 on entry when
/// `from_zero`. Rows of `c` are `stride` apart; `strip` is [depth][kStrip], `panel` [depth][kPanel], both
/// dense.
void subtract_product(float* c, std::int64_t stride, const float* strip, const float* panel,
                      std::int64_t depth, bool from_zero);
void subtract_product(double* c, std::int64_t stride, const double* strip, const double* panel,
                      std::int64_t depth, bool from_zero);

} // namespace moequant
