#include "core/evaluation/paired.h"

#include <cmath>
#include <numbers>

namespace moequant {

double PairedDifference::percent() const {
    return 100 * std::expm1(log_ratio);
}

double student_within(double t, std::int64_t degrees) {
    const double theta = std::atan(t / std::sqrt(double(degrees)));
    const double sine = std::sin(theta), square = std::cos(theta) * std::cos(theta);
    const bool odd = degrees % 2 == 1;
    double term = odd ? std::cos(theta) : 1, sum = degrees == 1 ? 0 : term;
    for (std::int64_t i = odd ? 3 : 2; i <= degrees - 2; i += 2) {
        term *= square * double(i - 1) / double(i);
        sum += term;
    }
    return odd ? 2 / std::numbers::pi * (theta + sine * sum) : sine * sum;
}

double student_t95(std::int64_t degrees) {
    double low = 1.9, high = 13; // 12.71 with one degree, 1.96 with infinitely many
    for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        (student_within(middle, degrees) < 0.95 ? low : high) = middle;
    }
    return (low + high) / 2;
}

PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   std::span<const std::int64_t> tokens) {
    PairedDifference difference;
    difference.windows = std::int64_t(a.size());
    double sum = 0, weight = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += a[i] - b[i];
        weight += double(tokens[i]);
    }
    difference.log_ratio = sum / weight;
    if (a.size() < 2)
        return difference;
    double squares = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double rest = a[i] - b[i] - difference.log_ratio * double(tokens[i]);
        squares += rest * rest;
    }
    const auto n = double(a.size());
    const double error = std::sqrt(squares * n / (n - 1)) / weight;
    const double reach = student_t95(difference.windows - 1) * error;
    difference.low = difference.log_ratio - reach;
    difference.high = difference.log_ratio + reach;
    return difference;
}

} // namespace moequant
