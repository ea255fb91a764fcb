// Random draws that are the same on every standard library: the generator is fixed by the C++ standard, the
// mapping to numbers is ours.
#pragma once
#include "core/corpus/draw.h"

#include <cstdint>
#include <random>

namespace moequant {

class Draw {
  public:
    explicit Draw(std::uint64_t seed) : engine_(seed) {}
    /// Uniform in 0…count−1.
    std::uint64_t below(std::uint64_t count) { return draw_below(engine_, count); }
    /// Uniform in [0, 1), 53 bits.
    double unit() { return double(engine_() >> 11) * 0x1p-53; }

  private:
    std::mt19937_64 engine_;
};

/// The seed of one sequence of a set: splitmix64 of the job's seed and the index.
inline std::uint64_t sequence_seed(std::uint64_t seed, std::uint64_t index) {
    std::uint64_t z = seed + (index + 1) * 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

} // namespace moequant
