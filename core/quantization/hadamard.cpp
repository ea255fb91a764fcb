#include "core/quantization/hadamard.h"

#include "core/job/error.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace moequant {
namespace {

/// Vectors that are rotated together, one a lane.
constexpr std::int64_t kLanes = 8;

bool is_prime(std::int64_t q) {
    if (q < 2)
        return false;
    for (std::int64_t d = 2; d * d <= q; ++d)
        if (q % d == 0)
            return false;
    return true;
}

/// [q + 1, q + 1]: zero diagonal, ±1 elsewhere, rows orthogonal; symmetric for q = 4k + 1, else skew.
at::Tensor conference_matrix(std::int64_t q) {
    std::vector<double> character(std::size_t(q), -1); // of a residue: 1 for a square, −1 for none, 0 for 0
    character[0] = 0;
    for (std::int64_t x = 1; x < q; ++x)
        character[std::size_t(x * x % q)] = 1;
    const at::Tensor matrix = at::zeros({q + 1, q + 1}, at::kDouble);
    auto entry = matrix.accessor<double, 2>();
    for (std::int64_t i = 1; i <= q; ++i) {
        entry[0][i] = 1;
        entry[i][0] = q % 4 == 1 ? 1 : -1;
        for (std::int64_t j = 1; j <= q; ++j)
            entry[i][j] = character[std::size_t((i - j + q) % q)];
    }
    return matrix;
}

/// Standard normal by Box and Muller from two draws.
double draw_normal(std::mt19937_64& random) {
    const double radius = (double(random() >> 11) + 1) * 0x1p-53, angle = double(random() >> 11) * 0x1p-53;
    return std::sqrt(-2 * std::log(radius)) * std::cos(2 * std::numbers::pi * angle);
}

/// The orthogonal factor of a matrix of normals, with a positive diagonal of the other: uniform over all.
std::vector<double> random_orthogonal(std::int64_t n, std::mt19937_64& random) {
    std::vector<double> q(std::size_t(n * n));
    for (double& value : q)
        value = draw_normal(random);
    for (std::int64_t i = 0; i < n; ++i) {
        double* row = q.data() + i * n;
        for (int pass = 0; pass < 2; ++pass) // the second makes up for what rounding left
            for (std::int64_t j = 0; j < i; ++j) {
                const double* other = q.data() + j * n;
                double product = 0;
                for (std::int64_t k = 0; k < n; ++k)
                    product += row[k] * other[k];
                for (std::int64_t k = 0; k < n; ++k)
                    row[k] -= product * other[k];
            }
        double square = 0;
        for (std::int64_t k = 0; k < n; ++k)
            square += row[k] * row[k];
        for (std::int64_t k = 0; k < n; ++k)
            row[k] /= std::sqrt(square);
    }
    return q;
}

} // namespace

at::Tensor paley_hadamard(std::int64_t order) {
    if (order == 1)
        return at::ones({1, 1}, at::kDouble);
    if (order == 2)
        return at::tensor({1.0, 1.0, 1.0, -1.0}, at::kDouble).view({2, 2});
    if (order < 4 || order % 4 != 0)
        return {};
    if (is_prime(order - 1)) // 4k + 3, as the order is a multiple of 4
        return conference_matrix(order - 1) + at::eye(order, at::kDouble);
    const std::int64_t half = order / 2;
    if (half % 4 != 2 || !is_prime(half - 1))
        return {};
    const at::Tensor one = at::tensor({1.0, 1.0, 1.0, -1.0}, at::kDouble).view({2, 2});
    const at::Tensor other = at::tensor({1.0, -1.0, -1.0, -1.0}, at::kDouble).view({2, 2});
    return at::kron(conference_matrix(half - 1), one) + at::kron(at::eye(half, at::kDouble), other);
}

RandomRotation::RandomRotation(std::int64_t n, std::uint64_t seed) : n_(n), order_(n) {
    if (n < 1)
        throw RequestError("rotation: a size of " + std::to_string(n) + " is not possible");
    std::int64_t odd = n;
    while (odd % 2 == 0)
        odd /= 2;
    at::Tensor base;
    for (order_ = odd; order_ <= n && !base.defined(); order_ *= 2)
        base = paley_hadamard(order_);
    hadamard_ = base.defined();
    order_ = hadamard_ ? base.size(0) : odd;
    std::mt19937_64 random(seed);
    const double scale = 1 / std::sqrt(double(n / order_));
    for (std::int64_t i = 0; i < n; ++i)
        signs_.push_back(random() >> 63 ? -scale : scale);
    if (hadamard_) {
        base.div_(std::sqrt(double(order_)));
        base_.assign(base.const_data_ptr<double>(), base.const_data_ptr<double>() + order_ * order_);
    } else {
        base_ = random_orthogonal(order_, random);
    }
}

/// `tile` [n][kLanes]: each lane's vector times Q, in place. `scratch` [order][kLanes].
void RandomRotation::apply(double* tile, double* scratch) const {
    for (std::int64_t i = 0; i < n_; ++i)
        for (std::int64_t l = 0; l < kLanes; ++l)
            tile[i * kLanes + l] *= signs_[std::size_t(i)];
    for (std::int64_t half = order_; half < n_; half *= 2)
        for (std::int64_t begin = 0; begin < n_; begin += 2 * half)
            for (std::int64_t i = begin; i < begin + half; ++i) {
                double *a = tile + i * kLanes, *b = a + half * kLanes;
                for (std::int64_t l = 0; l < kLanes; ++l) {
                    const double sum = a[l] + b[l], difference = a[l] - b[l];
                    a[l] = sum;
                    b[l] = difference;
                }
            }
    if (order_ == 1)
        return;
    for (std::int64_t begin = 0; begin < n_; begin += order_) {
        double* block = tile + begin * kLanes;
        std::fill(scratch, scratch + order_ * kLanes, 0.0);
        for (std::int64_t i = 0; i < order_; ++i)
            for (std::int64_t j = 0; j < order_; ++j)
                for (std::int64_t l = 0; l < kLanes; ++l)
                    scratch[j * kLanes + l] += block[i * kLanes + l] * base_[std::size_t(i * order_ + j)];
        std::copy(scratch, scratch + order_ * kLanes, block);
    }
}

at::Tensor RandomRotation::rows(const at::Tensor& x, const at::Tensor& scale) const {
    const std::int64_t count = x.size(0);
    const at::ScalarType out_dtype = x.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
    const at::Tensor in = x.contiguous(), out = at::empty({count, n_}, out_dtype);
    const at::Tensor factor = scale.defined() ? scale.to(at::kDouble).contiguous() : at::Tensor();
    const double* factors = factor.defined() ? factor.const_data_ptr<double>() : nullptr;
    at::parallel_for(0, (count + kLanes - 1) / kLanes, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<double> tile(std::size_t(n_ * kLanes)), scratch(std::size_t(order_ * kLanes));
        for (std::int64_t block = begin; block < end; ++block) {
            const std::int64_t first = block * kLanes, lanes = std::min(kLanes, count - first);
            const at::Tensor some = in.narrow(0, first, lanes).to(at::kDouble);
            const double* from = some.const_data_ptr<double>();
            for (std::int64_t l = 0; l < lanes; ++l)
                for (std::int64_t i = 0; i < n_; ++i)
                    tile[std::size_t(i * kLanes + l)] = from[l * n_ + i] * (factors ? factors[i] : 1);
            apply(tile.data(), scratch.data());
            const at::Tensor result =
                at::from_blob(tile.data(), {n_, kLanes}, at::kDouble).narrow(1, 0, lanes);
            out.narrow(0, first, lanes).copy_(result.t());
        }
    });
    return out;
}

at::Tensor RandomRotation::columns(const at::Tensor& x) const {
    const std::int64_t count = x.size(1);
    const at::ScalarType out_dtype = x.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
    const at::Tensor out = at::empty({n_, count}, out_dtype);
    at::parallel_for(0, (count + kLanes - 1) / kLanes, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<double> tile(std::size_t(n_ * kLanes)), scratch(std::size_t(order_ * kLanes));
        const at::Tensor lanes_of = at::from_blob(tile.data(), {n_, kLanes}, at::kDouble);
        for (std::int64_t block = begin; block < end; ++block) {
            const std::int64_t first = block * kLanes, lanes = std::min(kLanes, count - first);
            lanes_of.narrow(1, 0, lanes).copy_(x.narrow(1, first, lanes));
            apply(tile.data(), scratch.data());
            out.narrow(1, first, lanes).copy_(lanes_of.narrow(1, 0, lanes));
        }
    });
    return out;
}

} // namespace moequant
