#include "core/hessian_lab/polynomial.h"

#include "core/calibration/draw.h"

#include <vector>

namespace moequant {
namespace {

constexpr int degree = 6;
constexpr double factorial[] = {1, 1, 2, 6, 24, 120, 720};

/// c_pq of every sample, float64 [samples] at [p][q], p + q ≤ degree.
using Coefficients = std::vector<std::vector<at::Tensor>>;

at::Tensor draw_coefficient(std::int64_t samples, double mean, double spread, Draw& draw) {
    at::Tensor values = at::empty({samples}, at::kDouble);
    auto* value = values.data_ptr<double>();
    for (std::int64_t s = 0; s < samples; ++s)
        value[s] = mean + spread * (2 * draw.unit() - 1);
    return values;
}

Coefficients coefficients(const Entry& entry, std::int64_t samples, std::uint64_t seed,
                          const at::Tensor& base) {
    Draw draw(sequence_seed(seed, 1 + std::uint64_t(entry.i * kPolynomialWeights + entry.j)));
    Coefficients c(degree + 1);
    for (int p = 0; p <= degree; ++p)
        for (int q = 0; p + q <= degree; ++q) {
            const double mean = (0.5 + draw.unit()) * (draw.below(2) == 0 ? 1 : -1);
            c[std::size_t(p)].push_back(p + q == 0 ? base : draw_coefficient(samples, mean, 0.5, draw));
        }
    return c;
}

/// With i = j only the coefficients of a count: c_k0 is the k-th derivative in a + b.
at::Tensor value_at(const Coefficients& c, const Entry& entry, double a, double b) {
    at::Tensor sum = c[0][0].clone();
    double power_a = 1;
    if (entry.i == entry.j) {
        for (int k = 1; k <= degree; ++k)
            sum.add_(c[std::size_t(k)][0], (power_a *= a + b) / factorial[k]);
        return sum;
    }
    for (int p = 0; p <= degree; ++p, power_a *= a) {
        double power_b = 1;
        for (int q = 0; p + q <= degree; ++q, power_b *= b)
            if (p + q > 0)
                sum.add_(c[std::size_t(p)][std::size_t(q)],
                         power_a * power_b / (factorial[p] * factorial[q]));
    }
    return sum;
}

} // namespace

Problem polynomial_problem(std::int64_t samples, std::uint64_t seed) {
    Problem problem;
    problem.unit = "samples";
    problem.samples = samples;
    Draw draw(sequence_seed(seed, 0));
    const at::Tensor base = draw_coefficient(samples, 1, 0.5, draw);
    problem.base = base;
    problem.losses = [=](const Entry& entry, double a, double b) {
        return Losses{value_at(coefficients(entry, samples, seed, base), entry, a, b)};
    };
    problem.derivatives = [=](const Entry& entry) {
        const Coefficients c = coefficients(entry, samples, seed, base);
        if (entry.i == entry.j)
            return Derivatives{c[2][0], c[3][0], c[3][0], c[4][0], c[4][0]};
        return Derivatives{c[1][1], c[2][1], c[1][2], c[3][1], c[1][3]};
    };
    return problem;
}

} // namespace moequant
