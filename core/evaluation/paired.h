// Is one perplexity really lower than another? Paired over the same windows.
#pragma once
#include <cstdint>
#include <optional>
#include <span>

namespace moequant {

/// Difference of mean losses a − b (natural logarithm of the ratio of perplexities) over the same windows.
struct PairedDifference {
    double log_ratio = 0;            ///< Σ(a − b) / Σ tokens
    std::optional<double> low, high; ///< 95 % interval; unset with fewer than two windows
    std::int64_t windows = 0;
    bool shown() const { return low && (*low > 0 || *high < 0); } ///< the interval leaves out 0
    /// 100·(exp(x) − 1): how many percent the perplexity a lies above b.
    double percent() const;
};

/// `a`, `b`: summed losses of each window, `tokens` its scored tokens; equally long, tokens positive. Each
/// window counts by its tokens (ratio estimator); interval mean ± t·se with n−1 degrees of freedom.
PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   std::span<const std::int64_t> tokens);

/// P(|T| ≤ t) of Student's distribution; Abramowitz & Stegun 26.7.3 and 26.7.4.
double student_within(double t, std::int64_t degrees);
/// t with P(|T| ≤ t) = 0.95.
double student_t95(std::int64_t degrees);

} // namespace moequant
