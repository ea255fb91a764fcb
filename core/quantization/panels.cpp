#include "core/quantization/panels.h"

#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#define MOEQUANT_X86_LEVELS
#endif

namespace moequant {
namespace {

/// `Rows` rows of three registers of `Bytes` bytes.
template <class Real, int Bytes, int Rows>
[[gnu::always_inline]] inline void update_registers(Real* c, std::int64_t stride, const Real* strip,
                                                    const Real* panel, std::int64_t depth, bool from_zero) {
    typedef Real Register __attribute__((vector_size(Bytes)));
    constexpr int lanes = Bytes / sizeof(Real);
    Register sum[Rows][3];
#pragma GCC unroll 8
    for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 3
        for (int v = 0; v < 3; ++v)
            if (from_zero)
                sum[i][v] = Register{};
            else
                std::memcpy(&sum[i][v], c + i * stride + v * lanes, Bytes);
    for (std::int64_t k = 0; k < depth; ++k, strip += kStrip<Real>, panel += kPanel) {
        Register column[3];
#pragma GCC unroll 3
        for (int v = 0; v < 3; ++v)
            std::memcpy(&column[v], strip + v * lanes, Bytes);
#pragma GCC unroll 8
        for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 3
            for (int v = 0; v < 3; ++v)
                sum[i][v] -= column[v] * panel[i];
    }
#pragma GCC unroll 8
    for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 3
        for (int v = 0; v < 3; ++v)
            std::memcpy(c + i * stride + v * lanes, &sum[i][v], Bytes);
}

/// A whole tile, in as many pieces as fit the registers.
template <class Real, int Bytes, int Rows>
[[gnu::always_inline]] inline void update_tile(Real* c, std::int64_t stride, const Real* strip,
                                               const Real* panel, std::int64_t depth, bool from_zero) {
    constexpr int width = 3 * Bytes / sizeof(Real);
    for (int j = 0; j < kStrip<Real>; j += width)
        for (int i = 0; i < kPanel; i += Rows)
            update_registers<Real, Bytes, Rows>(c + i * stride + j, stride, strip + j, panel + i, depth,
                                                from_zero);
}

template <class Real>
using Update = void (*)(Real*, std::int64_t, const Real*, const Real*, std::int64_t, bool);

template <class Real>
void update_any(Real* c, std::int64_t stride, const Real* strip, const Real* panel, std::int64_t depth,
                bool from_zero) {
    update_tile<Real, 16, 4>(c, stride, strip, panel, depth, from_zero);
}

#ifdef MOEQUANT_X86_LEVELS
template <class Real>
__attribute__((target("avx2,fma"))) void update_v3(Real* c, std::int64_t stride, const Real* strip,
                                                   const Real* panel, std::int64_t depth, bool from_zero) {
    update_tile<Real, 32, 4>(c, stride, strip, panel, depth, from_zero);
}
template <class Real>
__attribute__((target("avx512f,avx512vl,avx512dq,avx2,fma"))) void
update_v4(Real* c, std::int64_t stride, const Real* strip, const Real* panel, std::int64_t depth,
          bool from_zero) {
    update_tile<Real, 64, 8>(c, stride, strip, panel, depth, from_zero);
}
#endif

template <class Real>
Update<Real> for_this_machine() {
#ifdef MOEQUANT_X86_LEVELS
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq"))
        return update_v4<Real>;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return update_v3<Real>;
#endif
    return update_any<Real>;
}

} // namespace

void subtract_product(float* c, std::int64_t stride, const float* strip, const float* panel,
                      std::int64_t depth, bool from_zero) {
    static const Update<float> update = for_this_machine<float>();
    update(c, stride, strip, panel, depth, from_zero);
}

void subtract_product(double* c, std::int64_t stride, const double* strip, const double* panel,
                      std::int64_t depth, bool from_zero) {
    static const Update<double> update = for_this_machine<double>();
    update(c, stride, strip, panel, depth, from_zero);
}

} // namespace moequant
