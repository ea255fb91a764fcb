// GPTQ (Frantar et al. 2023, arXiv:2210.17323): round column by column, each time spreading the error over
// the columns still to come as H⁻¹ says.
#pragma once
#include "core/quantization/grid.h"

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
    double condition = 0;          ///< estimate of the damped matrix's 2-norm condition
};

/// One Cholesky factorisation of the reversed matrix and one triangular inverse instead of potrf, potri,
/// potrf. `hessian` float32 or float64 [cols, cols], undamped. A dead column gets 1 on its diagonal, which
/// leaves it out of all compensation. λ is that share of the mean of H's own diagonal, so that the scale of H
/// never matters. Runs on one thread (a multi-threaded factorisation depends on their number): parallelise
/// over matrices. Throws RunError naming `name` for a non-finite Hessian, or when even damping by 10 times
/// the mean fails.
Factor factorize(const at::Tensor& hessian, const GptqOptions& options, const std::string& name);

/// Quantizes `weight` [rows, cols] (any float dtype) given the factor. A channel's scale comes from the
/// original weight; a group's from the weights as compensated when its first column is reached, with
/// act-order from the original ones. Dead columns are rounded to nearest and kept (the published code zeroes
/// them). Rows are independent: they run in parallel in fixed tiles and the bits do not depend on the number
/// of threads. On CUDA: a plain column loop. Throws RequestError naming `name` for a non-finite weight or a
/// grid that does not fit.
QuantizedLinear gptq(const at::Tensor& weight, const Factor& factor, const GptqOptions& options,
                     const std::string& name);

/// The same through plain ATen calls, one column at a time, on any device: what gptq() does on CUDA, and the
/// kernel's twin in tests.
QuantizedLinear gptq_with_tensors(const at::Tensor& weight, const Factor& factor, const GptqOptions& options,
                                  const std::string& name);

} // namespace moequant
