#include "core/hessian_lab/orders.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace moequant {
namespace {

constexpr double truncation_span = 31.7, noise_span = 100.1; ///< ratios of the ε a slope is fitted over

std::vector<const StudyPoint*> points_of(const Study& study, const std::string& estimator,
                                         Sampling sampling) {
    std::vector<const StudyPoint*> points;
    for (const StudyPoint& point : study.points)
        if (point.estimator == estimator && point.sampling == sampling)
            points.push_back(&point);
    return points;
}

/// Those whose ε is at most `span` times the smallest.
void keep_smallest(std::vector<const StudyPoint*>& points, double span) {
    double least = 0;
    for (const StudyPoint* point : points)
        least = least == 0 ? *point->epsilon : std::min(least, *point->epsilon);
    std::erase_if(points, [&](const StudyPoint* point) { return *point->epsilon > span * least; });
}

Order fit(Order order, const std::vector<LogPoint>& points) {
    if (const auto slope = log_slope(points)) {
        order.measured = slope->value;
        order.error = slope->error;
        order.points = slope->points;
        const auto [low, high] = std::minmax_element(
            points.begin(), points.end(), [](const LogPoint& a, const LogPoint& b) { return a.x < b.x; });
        order.from = low->x;
        order.to = high->x;
    }
    return order;
}

Order truncation(const Study& study, Scheme scheme) {
    auto points = points_of(study, scheme_name(scheme), Sampling::Exact);
    std::erase_if(points, [](const StudyPoint* point) {
        return !(point->bias > 0 && point->rounding < 0.01 * point->bias);
    });
    keep_smallest(points, truncation_span);
    std::vector<LogPoint> pairs;
    pairs.reserve(points.size());
    for (const StudyPoint* point : points)
        pairs.push_back({0, *point->epsilon, point->bias});
    return fit({scheme_name(scheme),
                Sampling::Exact,
                Quantity::Truncation,
                {},
                {},
                double(truncation_order(scheme))},
               pairs);
}

} // namespace

std::optional<Slope> log_slope(const std::vector<LogPoint>& points) {
    struct Mean {
        double x = 0, y = 0, count = 0;
    };
    std::map<std::int64_t, Mean> means;
    std::vector<LogPoint> logs;
    for (const LogPoint& point : points)
        if (point.x > 0 && point.y > 0 && std::isfinite(point.y)) {
            logs.push_back({point.group, std::log(point.x), std::log(point.y)});
            Mean& mean = means[point.group];
            mean.x += logs.back().x;
            mean.y += logs.back().y;
            mean.count += 1;
        }
    double xx = 0, xy = 0, yy = 0;
    for (const LogPoint& point : logs) {
        const Mean& mean = means[point.group];
        const double x = point.x - mean.x / mean.count, y = point.y - mean.y / mean.count;
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    const double freedom = double(logs.size()) - double(means.size()) - 1;
    if (logs.size() < 3 || xx < 1e-12 || freedom < 1)
        return std::nullopt;
    const double slope = xy / xx;
    return Slope{slope, std::sqrt(std::max(0.0, yy - slope * xy) / freedom / xx), std::ssize(logs)};
}

std::vector<Order> fit_orders(const Study& study, bool quadratic, bool vanishing_loss) {
    std::vector<Order> orders;
    for (const Scheme scheme : kSchemes)
        if (!quadratic)
            orders.push_back(truncation(study, scheme));
    for (const Scheme scheme : kSchemes)
        for (const Sampling sampling : {Sampling::Common, Sampling::Independent}) {
            auto points = points_of(study, scheme_name(scheme), sampling);
            if (points.empty())
                continue;
            std::erase_if(points, [](const StudyPoint* point) { return point->dominated; });
            keep_smallest(points, noise_span);
            std::vector<LogPoint> by_epsilon, by_n;
            for (const StudyPoint* point : points) {
                by_epsilon.push_back({point->n, *point->epsilon, point->variance});
                by_n.push_back(
                    {std::llround(1e6 * std::log(*point->epsilon)), double(point->n), point->variance});
            }
            const bool grows = sampling == Sampling::Independent && !vanishing_loss;
            orders.push_back(
                fit({scheme_name(scheme), sampling, Quantity::NoiseEpsilon, {}, {}, grows ? -4.0 : 0.0},
                    by_epsilon));
            orders.push_back(fit({scheme_name(scheme), sampling, Quantity::NoiseN, {}, {}, -1}, by_n));
        }
    for (const char* estimator : {"gauss-newton", "affinity"}) {
        std::vector<LogPoint> by_n;
        for (const StudyPoint* point : points_of(study, estimator, Sampling::Common))
            by_n.push_back({0, double(point->n), point->variance});
        if (!by_n.empty())
            orders.push_back(fit({estimator, Sampling::Common, Quantity::NoiseN, {}, {}, -1}, by_n));
    }
    return orders;
}

} // namespace moequant
