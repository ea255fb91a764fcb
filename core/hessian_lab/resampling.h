// Bias and variance of an estimate by drawing its samples again and again.
#pragma once
#include <cstdint>
#include <span>

namespace moequant {

/// A mean over samples, times `factor`, as part of an estimate. `values` [population].
struct Term {
    const double* values = nullptr;
    double factor = 1;
};

struct Spread {
    double mean = 0, variance = 0; ///< over the estimates; the variance with R − 1
};

/// `resamples` estimates Σ factor·mean(values over n samples), samples drawn with replacement from the
/// population: `common`: the same ones for every term, else a batch of its own for each. Sums are kept in
/// extended precision, so that rounding is that of the losses. All draws come from `seed`.
Spread resample(std::span<const Term> terms, std::int64_t population, std::int64_t n, std::int64_t resamples,
                bool common, std::uint64_t seed);

} // namespace moequant
