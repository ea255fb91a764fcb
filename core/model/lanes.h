// Sixteen float32 lanes by the compiler's vector types: the order of every sum is fixed by the source,
// whatever the registers of the machine. Everything is inlined into its caller, which may be compiled once
// for each instruction set (MOEQUANT_CLONES).
#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>

// GCC picks the best version when the program is loaded. Sanitizers start later than that.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#define MOEQUANT_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define MOEQUANT_CLONES
#endif
#define MOEQUANT_INLINE inline __attribute__((always_inline))

namespace moequant {

constexpr std::int64_t lane_count = 16;
using Lanes = float __attribute__((vector_size(64)));

// By reference throughout: passing 64-byte vectors by value differs between instruction sets.
MOEQUANT_INLINE void load(const float* from, Lanes& lanes) {
    std::memcpy(&lanes, from, sizeof lanes);
}
MOEQUANT_INLINE void store(const Lanes& lanes, float* to) {
    std::memcpy(to, &lanes, sizeof lanes);
}
MOEQUANT_INLINE void fill(float value, Lanes& lanes) {
    lanes = value - Lanes{};
}

MOEQUANT_INLINE float sum_lanes(const Lanes& v) {
    using Half = float __attribute__((vector_size(32)));
    using Quarter = float __attribute__((vector_size(16)));
    const Half h = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
                   __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
    const Quarter q = __builtin_shufflevector(h, h, 0, 1, 2, 3) + __builtin_shufflevector(h, h, 4, 5, 6, 7);
    const Quarter p = q + __builtin_shufflevector(q, q, 2, 3, 0, 1);
    return p[0] + p[1];
}

MOEQUANT_INLINE float max_lanes(const Lanes& v) {
    float top = v[0];
    for (int i = 1; i < lane_count; ++i)
        top = v[i] > top ? v[i] : top;
    return top;
}

/// e^x within 2 units in the last place for −87 ≤ x ≤ 88; below that the value at −87. Range reduction by ln
/// 2 in two parts and a polynomial of degree 6 (Taylor's, exact enough on ±ln 2 / 2).
MOEQUANT_INLINE void exp_lanes(Lanes& x) {
    using Whole = std::int32_t __attribute__((vector_size(64)));
    Lanes low, high;
    fill(-87.0F, low);
    fill(88.0F, high);
    x = x > low ? x : low;
    x = x < high ? x : high;
    const Lanes shifted = x * 1.44269504F + 12582912.0F; // 1.5·2^23: rounds to the nearest whole number
    const Lanes n = shifted - 12582912.0F;
    const Lanes r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
    Lanes p = r * (1.0F / 720) + 1.0F / 120;
    p = p * r + 1.0F / 24;
    p = p * r + 1.0F / 6;
    p = p * r + 0.5F;
    p = p * r + 1.0F;
    p = p * r + 1.0F;
    const Whole power = (__builtin_convertvector(n, Whole) + 127) << 23;
    Lanes scale;
    std::memcpy(&scale, &power, sizeof scale);
    x = p * scale;
}

} // namespace moequant
