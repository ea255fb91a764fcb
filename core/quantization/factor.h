// The upper Cholesky factor of a damped Hessian's inverse, which GPTQ spreads errors by.
#pragma once
#include "core/quantization/grid.h"

#include <vector>

namespace moequant {

struct GptqOptions {
    GridOptions grid = {};
    double damp = 0.01;       ///< λ as a share of the mean diagonal of H, added to the diagonal
    std::int64_t block = 128; ///< columns compensated in cache before the trailing update
    bool act_order = false;   ///< columns by descending diag(H); groups static, from the original weights
    at::ScalarType compute = at::kFloat; ///< kFloat, or kDouble for comparison with oracles
};

/// Upper factor U of H⁻¹ = UᵀU for the damped H, shared by the linears that read the same inputs (gate and
/// up).
struct Factor {
    at::Tensor upper; ///< [cols, cols] of the compute dtype, rows and columns in processing order
    at::Tensor order; ///< int64 [cols]: original column of each processed one; undefined without act-order
    double damp =
        0; ///< the share that was needed: the one asked for, or ×10 as often as the factorisation failed
    std::int64_t dead_columns = 0; ///< columns that no input ever touched, diag(H) = 0
    /// Estimate of the damped matrix's 2-norm condition over the columns that are not dead, by four power
    /// iterations on it and on its inverse: a lower bound, rarely less than half. 1 when all are dead.
    double condition = 0;
};

/// One Cholesky factorisation of the reversed matrix and one triangular inverse, in one sweep and in place,
/// instead of potrf, potri, potrf. `hessian` float32 or float64 [cols, cols], symmetric, undamped; not
/// written. A dead column gets 1 on its diagonal, which leaves it out of all compensation. λ is that share of
/// the mean of H's own diagonal, so that the scale of H never matters. Works in fixed tiles, in parallel
/// unless called inside a parallel region; the bits do not depend on the number of threads. Memory: the
/// result and 2·96 rows of it. Throws RunError naming `name` for a non-finite Hessian, or when even damping
/// by 10 times the mean fails; RequestError for a damping that is no share.
Factor factorize(const at::Tensor& hessian, const GptqOptions& options, const std::string& name);

/// The same for many matrices of one size, `names` theirs. `batched`: one batched factorisation and one
/// batched triangular solve by the device's library for all of them, as a device wants it (memory: four times
/// the matrices); those that fail are done again alone.
std::vector<Factor> factorize_all(const std::vector<at::Tensor>& hessians, const GptqOptions& options,
                                  const std::vector<std::string>& names, bool batched);

} // namespace moequant
