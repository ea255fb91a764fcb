// What to quantize a model with: the method, its statistics, and what to do for experts with few tokens.
#pragma once
#include "core/quantization/gptq.h"

#include <map>
#include <string>

namespace moequant {

enum class Method { Rtn, Gptq, Awq };

/// What a routed expert with too few tokens is quantized with (docs/starved-experts.md compares them).
enum class Starved {
    Rtn,      ///< rounded to nearest, without its Hessian
    Shrink,   ///< its Hessian blended with its layer's (shrinkage.h)
    RouteAll, ///< the Hessian of all tokens of the layer, as if the router had sent them
};

/// How the routed experts of a layer are worked on.
enum class ExpertWork {
    Threads, ///< each on a thread of its own
    Slices,  ///< slice after slice, sums and factors of a slice's experts together: the same codes
    Batched, ///< the same with batched products and factorisations, as a device wants it: equal up to
             ///< rounding
};

struct QuantizeOptions {
    Method method = Method::Gptq;
    GptqOptions gptq; ///< damping, order and block; its grid is replaced by each linear's own
    bool agq = false; ///< tokens weigh by their affinity in the experts' statistics (MoEQuant, equation 18)
    double agq_exponent = 1;
    /// Every token of the layer enters every routed expert's Hessians, as if all experts saw all tokens; with
    /// `agq` it weighs by the router's softmax over all experts, else 1. Outputs combine by true routing.
    bool all_tokens = false;
    /// An expert is starved below this number of tokens, with `agq` of effective ones, (Σc)²/Σc². One that no
    /// token reached always is.
    double min_tokens = 1;
    Starved starved = Starved::Rtn;
    /// AWQ: linears are scaled and stay float, all of them in QuantizedLayer::floats; nothing is rounded to a
    /// grid.
    bool scale_only = false;
    /// AWQ and all_tokens take experts one after another instead of slices.
    ExpertWork expert_work = ExpertWork::Threads;
    /// Routed experts in work at the same time, or in a slice; 0: as many as there are threads, or all. One
    /// at a time has all threads for itself. Changes memory and time, never a bit.
    int experts_at_once = 0;
    /// How the checkpoint stores what is not quantized: norms, biases and routers that AWQ rescales are
    /// rounded to it.
    at::ScalarType stored = at::kFloat;
};

/// The linears to quantize, by name without ".weight", each with its grid; all others stay float.
using LinearGrids = std::map<std::string, GridOptions>;

} // namespace moequant
