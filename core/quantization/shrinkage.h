// The Hessian of an expert with few tokens, shrunk towards its layer's.
#pragma once
#include "core/quantization/statistics.h"

namespace moequant {

struct Shrunk {
    at::Tensor hessian; ///< float32 [columns, columns], as a mean over tokens
    double share = 0;   ///< λ: how much of it is the layer's, 0 … 1
};

/// (1 − λ)·S + λ·T. S is the expert's Hessian as a weighted mean over its tokens; T the layer's, scaled to
/// the trace of S: the expert keeps its size, the layer lends its shape. λ is the one of least expected
/// squared error for a fixed target (Ledoit & Wolf 2003, Journal of Empirical Finance 10, 603–621; 2004,
/// Journal of Multivariate Analysis 88, 365–411), cut to 1:
///     λ = b² / ‖S − T‖²,   b² = Σ w²·‖x‖⁴ / (Σw)² − ‖S‖² / n,   n = (Σw)² / Σw² the effective sample size.
/// Without tokens λ = 1 and T keeps its own size. `layer` is Σ x·xᵀ over `layer_tokens` tokens.
Shrunk shrink(const InputStatistics& expert, const at::Tensor& layer, double layer_tokens);

} // namespace moequant
