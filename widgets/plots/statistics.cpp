#include "widgets/plots/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace moequant {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// The 97.5 % quantile of Student's t, expanded in 1/freedom (Abramowitz and Stegun 26.7.5); within 1 % from
// 2 degrees of freedom on.
double student(double freedom) {
    constexpr double z = 1.959963984540054;
    const double z2 = z * z, z3 = z2 * z, z5 = z3 * z2, z7 = z5 * z2, z9 = z7 * z2;
    return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * std::pow(freedom, 2)) +
           (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * std::pow(freedom, 3)) +
           (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92160 * std::pow(freedom, 4));
}

} // namespace

double PowerLaw::at(double x) const {
    return std::pow(10, intercept + slope * std::log10(x));
}

PowerLaw fit_power_law(const QVector<double>& x, const QVector<double>& y) {
    QVector<double> u, v;
    for (qsizetype i = 0; i < std::min(x.size(), y.size()); ++i)
        if (std::isfinite(x[i]) && std::isfinite(y[i]) && x[i] > 0 && y[i] > 0) {
            u.append(std::log10(x[i]));
            v.append(std::log10(y[i]));
        }
    const int n = int(u.size());
    double mean_u = 0, mean_v = 0;
    for (int i = 0; i < n; ++i) {
        mean_u += u[i] / n;
        mean_v += v[i] / n;
    }
    double uu = 0, uv = 0, vv = 0;
    for (int i = 0; i < n; ++i) {
        uu += (u[i] - mean_u) * (u[i] - mean_u);
        uv += (u[i] - mean_u) * (v[i] - mean_v);
        vv += (v[i] - mean_v) * (v[i] - mean_v);
    }
    if (n < 3 || uu <= 1e-12 * n)
        return {nothing, nothing, nothing, n};
    const double slope = uv / uu;
    return {slope, mean_v - slope * mean_u, vv > 0 ? uv / std::sqrt(uu * vv) : 0, n};
}

MeanInterval mean_interval(const QVector<double>& values) {
    double sum = 0, squares = 0;
    int n = 0;
    for (const double value : values)
        if (std::isfinite(value)) {
            sum += value;
            ++n;
        }
    if (n == 0)
        return {nothing, nothing, nothing, 0};
    const double mean = sum / n;
    for (const double value : values)
        if (std::isfinite(value))
            squares += (value - mean) * (value - mean);
    if (n < 3)
        return {mean, nothing, nothing, n};
    const double half = student(n - 1) * std::sqrt(squares / (n - 1) / n);
    return {mean, mean - half, mean + half, n};
}

Quantiles quantiles(QVector<double> values) {
    values.removeIf([](double value) { return !std::isfinite(value); });
    std::sort(values.begin(), values.end());
    if (values.isEmpty())
        return {nothing, nothing, nothing, nothing, nothing, {}, 0};
    const auto at = [&](double share) {
        const double place = share * double(values.size() - 1);
        const auto below = qsizetype(std::floor(place)), above = std::min(below + 1, values.size() - 1);
        return values[below] + (place - double(below)) * (values[above] - values[below]);
    };
    Quantiles result{at(0.05), at(0.25), at(0.5), at(0.75), at(0.95), {}, int(values.size())};
    for (const double value : values)
        if (value < result.low || value > result.high)
            result.outside.append(value);
    return result;
}

} // namespace moequant
