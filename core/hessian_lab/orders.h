// The orders that a study shows: how bias and variance go with ε and n.
#pragma once
#include "core/hessian_lab/study.h"

namespace moequant {

/// bias ~ ε^p (Truncation, exact sampling) or variance ~ ε^p, n^p.
enum class Quantity { Truncation, NoiseEpsilon, NoiseN };

struct Order {
    std::string estimator;
    Sampling sampling = Sampling::Exact;
    Quantity quantity = Quantity::Truncation;
    std::optional<double> measured, error; ///< slope and its standard error; none: fewer than three places
    double theory = 0;
    std::int64_t points = 0;
    double from = 0, to = 0; ///< of ε or n, what the slope was fitted over
};

/// Least squares in both logarithms. Truncation over the one and a half decades of ε just above those where
/// rounding takes more than a hundredth of the bias; noise in ε over the two smallest decades where rounding
/// is not dominant, one slope for all n; noise in n one slope for all those ε. No order where nothing is to
/// be seen: no truncation of a quadratic loss, no noise in exact sampling. `vanishing_loss`: all samples'
/// losses are 0 at w, so that theory has independent noise without ε (docs/hessian-lab.md).
std::vector<Order> fit_orders(const Study& study, bool quadratic, bool vanishing_loss);

/// Slope of log y in log x within groups: every group has a level of its own. Pairs that are not positive
/// are left out.
struct Slope {
    double value = 0, error = 0;
    std::int64_t points = 0;
};
struct LogPoint {
    std::int64_t group = 0;
    double x = 0, y = 0;
};
/// None with fewer than three points or without two different x in a group.
std::optional<Slope> log_slope(const std::vector<LogPoint>& points);

} // namespace moequant
