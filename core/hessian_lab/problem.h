// What the lab studies: a loss as a function of two weights, known sample by sample. docs/hessian-lab.md has
// the mathematics.
#pragma once
#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <string>

namespace moequant {

/// An entry of the Hessian of one row: the columns of its two weights.
struct Entry {
    std::int64_t i = 0, j = 0;
    bool operator==(const Entry&) const = default;
};

/// Exact derivatives of every sample's loss in a, the step of w_i, and b, that of w_j (both of one weight
/// where i = j): float64 [samples] each. `ab` is the Hessian's entry.
struct Derivatives {
    at::Tensor ab, aab, abb, aaab, abbb;
};

/// Losses at one place: float64 [samples], and how many routing decisions differ from the unperturbed ones.
struct Losses {
    at::Tensor values;
    std::int64_t flips = 0;
};

/// The loss is the mean over samples. Everything is float64. The functions may be called from several
/// threads.
struct Problem {
    std::string unit; ///< of a sample: "tokens", "sequences" or "samples"
    std::int64_t samples = 0;
    bool quadratic = false; ///< in the studied weights, exactly: every difference is exact
    at::Tensor base;        ///< the samples' losses at w, [samples]
    /// Losses at w + a·e_i + b·e_j.
    std::function<Losses(const Entry& entry, double a, double b)> losses;
    std::function<Derivatives(const Entry& entry)> derivatives;
    /// Σ x_i·x_j of each sample's inputs, [samples], with `by_affinity` Σ c·x_i·x_j; null where there are no
    /// inputs.
    std::function<at::Tensor(const Entry& entry, bool by_affinity)> products;
};

} // namespace moequant
