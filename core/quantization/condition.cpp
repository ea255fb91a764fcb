#include "core/quantization/condition.h"

#include "core/model/lanes.h"
#include "core/quantization/tiles.h"

#include <cmath>

namespace moequant {
namespace {

constexpr int kIterations = 4;
constexpr std::int64_t kRows = 64; ///< of a tile
constexpr std::int64_t kLanes = 16;

/// Of one row of a triangle right of its diagonal: returns row·x and adds row·(that, or `factor`) to `out`.
template <class Real>
[[gnu::always_inline]] inline Real row_twice(const Real* row, const Real* x, std::int64_t count, Real factor,
                                             bool factor_is_product, Real* out) {
    Real sums[kLanes] = {};
    const std::int64_t whole = count / kLanes * kLanes;
    for (std::int64_t j = 0; j < whole; j += kLanes)
        for (std::int64_t l = 0; l < kLanes; ++l)
            sums[l] += row[j + l] * x[j + l];
    Real sum = 0;
    for (std::int64_t j = whole; j < count; ++j)
        sum += row[j] * x[j];
    for (const Real& part : sums)
        sum += part;
    if (factor_is_product)
        factor += sum;
    for (std::int64_t j = 0; j < whole; j += kLanes)
        for (std::int64_t l = 0; l < kLanes; ++l)
            out[j + l] += row[j + l] * factor;
    for (std::int64_t j = whole; j < count; ++j)
        out[j] += row[j] * factor;
    return sum;
}

MOEQUANT_CLONES float both_products(const float* row, const float* x, std::int64_t count, float factor,
                                    bool factor_is_product, float* out) {
    return row_twice(row, x, count, factor, factor_is_product, out);
}
MOEQUANT_CLONES double both_products(const double* row, const double* x, std::int64_t count, double factor,
                                     bool factor_is_product, double* out) {
    return row_twice(row, x, count, factor, factor_is_product, out);
}

/// symmetric: (T + Tᵀ + diag)·x for the triangle above the diagonal; otherwise (T + diag)ᵀ(T + diag)·x.
template <class Real>
at::Tensor apply(const at::Tensor& triangle, const at::Tensor& diagonal, const at::Tensor& x,
                 bool symmetric) {
    const std::int64_t n = x.size(0), tiles = (n + kRows - 1) / kRows;
    const at::Tensor parts = at::zeros({tiles, n}, x.options());
    const Real *t = triangle.const_data_ptr<Real>(), *d = diagonal.const_data_ptr<Real>(),
               *from = x.const_data_ptr<Real>();
    for_tiles(tiles, [&](std::int64_t tile) {
        Real* out = parts.data_ptr<Real>() + tile * n;
        for (std::int64_t i = tile * kRows; i < std::min(n, (tile + 1) * kRows); ++i) {
            const Real own = symmetric ? from[i] : d[i] * from[i];
            const Real sum =
                both_products(t + i * n + i + 1, from + i + 1, n - i - 1, own, !symmetric, out + i + 1);
            out[i] += symmetric ? d[i] * from[i] + sum : d[i] * (own + sum);
        }
    });
    return parts.sum(0);
}

/// Greatest eigenvalue of the operator, about.
template <class Operator>
double greatest(at::Tensor x, const Operator& operate) {
    double norm = 0;
    for (int i = 0; i < kIterations; ++i) {
        x = x.div(x.norm());
        x = operate(x);
        norm = x.norm().template item<double>();
    }
    return norm;
}

/// ±1 without a pattern, 0 where dead.
at::Tensor start(const at::Tensor& dead) {
    const at::Tensor index = at::arange(dead.size(0), at::kLong);
    const at::Tensor bits =
        index.mul(2654435761LL).add(index.mul(index).mul(40503)).bitwise_right_shift(13).bitwise_and(1);
    return bits.mul(2).sub(1).to(dead.device()).masked_fill(dead, 0);
}

} // namespace

double condition_estimate(const at::Tensor& matrix, const at::Tensor& diagonal, const at::Tensor& upper,
                          const at::Tensor& order, const at::Tensor& dead) {
    if (dead.all().item<bool>())
        return 1;
    const at::Tensor x = start(dead).to(matrix.scalar_type());
    const at::Tensor y = order.defined() ? x.index_select(0, order) : x;
    const at::Tensor own = upper.diagonal().contiguous();
    const auto product = [](const at::Tensor& t, const at::Tensor& d, const at::Tensor& v, bool symmetric) {
        if (!t.is_cpu())
            return symmetric ? t.mv(v).add(d.sub(t.diagonal()).mul(v)) : t.t().mv(t.mv(v));
        return t.scalar_type() == at::kDouble ? apply<double>(t, d, v, symmetric)
                                              : apply<float>(t, d, v, symmetric);
    };
    return greatest(x, [&](const at::Tensor& v) { return product(matrix, diagonal, v, true); }) *
           greatest(y, [&](const at::Tensor& v) { return product(upper, own, v, false); });
}

} // namespace moequant
