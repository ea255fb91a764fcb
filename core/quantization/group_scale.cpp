// Compiled with -ffp-contract=off.
#include "core/quantization/group_scale.h"

#include "core/model/lanes.h"

#include <type_traits>

namespace moequant {
namespace {

constexpr int kTrials = 80;       ///< p = 1.00 … 0.21
constexpr std::int64_t kTurn = 8; ///< vectors between two looks at whether a trial can still win

template <class Real>
struct Vectors {
    typedef Real Floats __attribute__((vector_size(64)));
    using Bits = std::conditional_t<sizeof(Real) == 4, std::int32_t, std::int64_t>;
    typedef Bits Words __attribute__((vector_size(64)));
    static constexpr int lanes = 64 / sizeof(Real);
    /// Bits of x^(−1/5) ≈ seed − a fifth of the bits of x: within 3.2 %.
    static constexpr Bits seed = sizeof(Real) == 4 ? Bits(0x4c2bb333) : Bits(0x4cb8a99999999800);
    static constexpr int newton = sizeof(Real) == 4 ? 3 : 5;
    static constexpr Real magic = Real(3) * (std::int64_t(1) << (std::numeric_limits<Real>::digits - 2));
};

/// x ← x^1.2 for 0 ≤ x: x²·(x^(−1/5))⁴, the root by Newton's iteration from its bits.
template <class Real>
MOEQUANT_INLINE void power_6_5(typename Vectors<Real>::Floats& x) {
    using V = Vectors<Real>;
    typename V::Floats base = x + Real(1e-30); // 0 stays 0 in the product
    typename V::Words bits;
    std::memcpy(&bits, &base, sizeof bits);
    if constexpr (sizeof(Real) == 4) // vectors have no division of integers
        bits =
            V::seed - __builtin_convertvector(__builtin_convertvector(bits, typename V::Floats) * Real(0.2),
                                              typename V::Words);
    else
        bits = V::seed - ((bits >> 3) + (bits >> 4) + (bits >> 7) + (bits >> 8) + (bits >> 11) +
                          (bits >> 12) + (bits >> 15) + (bits >> 16));
    typename V::Floats root;
    std::memcpy(&root, &bits, sizeof root);
    for (int i = 0; i < V::newton; ++i) {
        const typename V::Floats square = root * root;
        root = root * (Real(1.2) - Real(0.2) * (base * (square * square * root)));
    }
    const typename V::Floats square = root * root;
    x = x * base * (square * square);
}

template <class Real>
MOEQUANT_INLINE void load_some(const Real* from, std::int64_t count, typename Vectors<Real>::Floats& to) {
    if (count >= Vectors<Real>::lanes) {
        std::memcpy(&to, from, sizeof to);
        return;
    }
    to = typename Vectors<Real>::Floats{}; // zeros lie on every grid
    std::memcpy(&to, from, std::size_t(count) * sizeof(Real));
}

/// Σ|ŵ − w|^2.4 in units of 1/`unit`, a power of two; anything above `limit` once that is exceeded. Errors
/// that are equal on two grids are equal here, bit for bit.
template <class Real>
MOEQUANT_INLINE Real loss_on(const Real* weights, std::int64_t count, Real scale, Real low, Real high,
                             Real unit, Real limit) {
    using V = Vectors<Real>;
    const Real inverse = 1 / scale, step = scale * unit;
    typename V::Floats total{}, w;
    Real sum = 0;
    for (std::int64_t i = 0; i < count;) {
        for (std::int64_t turn = 0; turn < kTurn && i < count; ++turn, i += V::lanes) {
            load_some<Real>(weights + i, count - i, w);
            typename V::Floats rounded = w * inverse;
            rounded = rounded < low ? low - typename V::Floats{} : rounded;
            rounded = rounded > high ? high - typename V::Floats{} : rounded;
            rounded = (rounded + V::magic) - V::magic;
            typename V::Floats error = rounded * step - w * unit;
            error = error * error;
            power_6_5<Real>(error);
            total = total + error;
        }
        sum = 0;
        for (int l = 0; l < V::lanes; ++l)
            sum += total[l];
        if (sum > limit)
            break;
    }
    return sum;
}

template <class Real>
MOEQUANT_INLINE ScaleAndZero find(const Real* weights, std::int64_t count, const GridOptions& grid) {
    using V = Vectors<Real>;
    typename V::Floats least{}, most{}, w;
    load_some<Real>(weights, count, least);
    if (count < V::lanes)
        for (std::int64_t l = count; l < V::lanes; ++l)
            least[l] = least[0];
    most = least;
    for (std::int64_t i = V::lanes; i < count; i += V::lanes) {
        const std::int64_t start = std::min(i, count - V::lanes); // the last one overlaps
        load_some<Real>(weights + start, V::lanes, w);
        least = w < least ? w : least;
        most = w > most ? w : most;
    }
    double low = least[0], high = most[0];
    for (int l = 1; l < V::lanes; ++l) {
        low = std::min<double>(low, least[l]);
        high = std::max<double>(high, most[l]);
    }
    ScaleAndZero best = scale_and_zero(low, high, grid);
    if (grid.clip == Clip::none || (low == 0 && high == 0) || best.scale < 1e-30F)
        return best;
    const Real unit = std::ldexp(Real(1), -std::ilogb(std::max(-low, high)));
    Real least_loss = std::numeric_limits<Real>::infinity();
    for (int trial = 0; trial < kTrials; ++trial) {
        const double p = 1 - trial / 100.0;
        const ScaleAndZero tried = scale_and_zero(p * low, p * high, grid);
        const Real lowest = Real(-tried.zero), highest = Real((1 << grid.bits) - 1 - tried.zero);
        const Real loss = loss_on<Real>(weights, count, Real(tried.scale), lowest, highest, unit, least_loss);
        if (loss < least_loss) {
            least_loss = loss;
            best = tried;
        }
    }
    return best;
}

} // namespace

MOEQUANT_CLONES ScaleAndZero group_scale(const float* weights, std::int64_t count, const GridOptions& grid) {
    return find(weights, count, grid);
}
MOEQUANT_CLONES ScaleAndZero group_scale(const double* weights, std::int64_t count, const GridOptions& grid) {
    return find(weights, count, grid);
}

} // namespace moequant
