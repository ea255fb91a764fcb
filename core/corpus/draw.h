// Seeded draws whose results do not depend on the standard library (std::*_distribution may differ between
// them).
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <utility>
#include <vector>

namespace moequant {

/// Uniform in 0 … bound-1 (bound > 0): outputs beyond the last whole multiple of `bound` are drawn again.
inline std::uint64_t draw_below(std::mt19937_64& engine, std::uint64_t bound) {
    const auto limit = std::numeric_limits<std::uint64_t>::max() / bound * bound;
    std::uint64_t value = engine();
    while (value >= limit)
        value = engine();
    return value % bound;
}

/// Fisher-Yates, from the last element down.
template <typename T>
void shuffle(std::vector<T>& values, std::mt19937_64& engine) {
    for (std::size_t i = values.size(); i > 1; --i)
        std::swap(values[i - 1], values[draw_below(engine, i)]);
}

} // namespace moequant
