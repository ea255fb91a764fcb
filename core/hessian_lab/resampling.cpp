#include "core/hessian_lab/resampling.h"

#include "core/calibration/draw.h"

#include <array>

namespace moequant {

Spread resample(std::span<const Term> terms, std::int64_t population, std::int64_t n, std::int64_t resamples,
                bool common, std::uint64_t seed) {
    Draw draw(seed);
    const auto count = std::uint64_t(population);
    std::array<long double, 4> sums{};
    long double mean = 0, squares = 0; // Welford's
    for (std::int64_t r = 0; r < resamples; ++r) {
        sums = {};
        if (common)
            for (std::int64_t i = 0; i < n; ++i) {
                const std::uint64_t s = draw.below(count);
                for (std::size_t t = 0; t < terms.size(); ++t)
                    sums[t] += terms[t].values[s];
            }
        else
            for (std::size_t t = 0; t < terms.size(); ++t)
                for (std::int64_t i = 0; i < n; ++i)
                    sums[t] += terms[t].values[draw.below(count)];
        long double estimate = 0;
        for (std::size_t t = 0; t < terms.size(); ++t)
            estimate += terms[t].factor * (sums[t] / n);
        const long double step = estimate - mean;
        mean += step / (r + 1);
        squares += step * (estimate - mean);
    }
    return {double(mean), resamples > 1 ? double(squares / (resamples - 1)) : 0};
}

} // namespace moequant
