#include "core/stages/lab_report.h"

#include "core/evaluation/text_table.h"
#include "core/hessian_lab/rank_correlation.h"

#include <cmath>
#include <map>

namespace moequant {
namespace {

using nlohmann::json;

json number(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? json(*value) : json();
}

json entry_json(const EntryFacts& facts) {
    return {{"i", facts.entry.i},
            {"j", facts.entry.j},
            {"truth", facts.truth},
            {"gauss_newton", number(facts.gauss_newton)},
            {"affinity", number(facts.affinity)},
            {"forward_slope", facts.forward_slope},
            {"symmetric_curvature", facts.symmetric_curvature},
            {"sample_deviation", facts.sample_deviation}};
}

json point_json(const StudyPoint& point) {
    return {{"estimator", point.estimator},
            {"sampling", sampling_name(point.sampling)},
            {"epsilon", number(point.epsilon)},
            {"n", point.n},
            {"bias", point.bias},
            {"bias_error", point.bias_error},
            {"variance", point.variance},
            {"predicted", {{"bias", point.predicted_bias}, {"variance", point.predicted_variance}}},
            {"rounding", point.rounding},
            {"dominated", point.dominated},
            {"flips", point.flips}};
}

json order_json(const Order& order) {
    const char* names[] = {"truncation", "noise-epsilon", "noise-n"};
    return {{"estimator", order.estimator},
            {"sampling", sampling_name(order.sampling)},
            {"quantity", names[int(order.quantity)]},
            {"measured", number(order.measured)},
            {"error", number(order.error)},
            {"theory", order.theory},
            {"points", order.points},
            {"from", order.measured ? json(order.from) : json()},
            {"to", order.measured ? json(order.to) : json()}};
}

std::vector<double> column(const json& rows, const char* name) {
    std::vector<double> values;
    for (const json& row : rows)
        values.push_back(row[name].is_number() ? row[name].get<double>() : NAN);
    return values;
}

/// Spearman's correlation over the rows that have both.
std::optional<double> correlate(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> x, y;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (std::isfinite(a[i]) && std::isfinite(b[i])) {
            x.push_back(a[i]);
            y.push_back(b[i]);
        }
    return spearman(x, y);
}

/// Whether n is small enough for the law of independent tokens: text comes in pieces of one subject, whose
/// tokens are alike, so that a sample of most of it is worth less than its tokens.
constexpr std::int64_t small_share = 32;

std::int64_t expert_key(const json& row) {
    return row["layer"].get<std::int64_t>() * 1000000 + row["expert"].get<std::int64_t>();
}

/// Of every expert, the largest n that is small.
std::map<std::int64_t, std::int64_t> small_counts(const json& experts) {
    std::map<std::int64_t, std::int64_t> counts;
    for (const json& row : experts)
        counts[expert_key(row)] = row["tokens"].get<std::int64_t>() / small_share;
    return counts;
}

} // namespace

json study_json(const Job& job, const Problem& problem, const Study& study) {
    json entries = json::array(), points = json::array(), orders = json::array(), terms = json::array();
    for (const EntryFacts& facts : study.entries)
        entries.push_back(entry_json(facts));
    for (const StudyPoint& point : study.points)
        points.push_back(point_json(point));
    for (const Order& order : fit_orders(study, problem.quadratic, !(study.sigma > 0)))
        orders.push_back(order_json(order));
    const auto resamples = int_option(job, "resamples");
    for (const SourceTerm& term : test_source_term(study, resamples))
        terms.push_back({{"estimator", scheme_name(term.scheme)},
                         {"sampling", sampling_name(term.sampling)},
                         {"coefficient", term.coefficient},
                         {"low", term.low},
                         {"high", term.high},
                         {"contains_zero", term.contains_zero()},
                         {"cells", term.cells},
                         {"outside", term.outside},
                         {"resamples", resamples}});
    json about = {{"loss", job.options["loss"]},
                  {"layer", nullptr},
                  {"expert", nullptr},
                  {"linear", nullptr},
                  {"tensor", nullptr},
                  {"row", nullptr},
                  {"base", job.options["base"]},
                  {"bits", job.options["bits"]},
                  {"routing", job.options["routing"]},
                  {"unit", problem.unit},
                  {"population", problem.samples},
                  {"resamples", resamples},
                  {"loss_value", study.loss},
                  {"sigma", study.sigma},
                  {"quadratic", problem.quadratic},
                  {"curvature", study.curvature},
                  {"gauss_newton_scale", problem.products ? json(study.gauss_newton_factor) : json()},
                  {"affinity_scale", problem.products ? json(study.affinity_factor) : json()},
                  {"entries", entries}};
    return {{"study", about}, {"points", points}, {"orders", orders}, {"source_term", terms}};
}

json correlation_json(const json& experts, const json& curve) {
    if (curve.empty())
        return nullptr;
    const auto hessian = column(curve, "hessian_error"), quantization = column(curve, "quantization_error");
    std::map<std::int64_t, std::pair<std::vector<double>, std::vector<double>>> by_expert;
    std::vector<LogPoint> against_n, against_small_n;
    const auto small = small_counts(experts);
    for (std::size_t i = 0; i < curve.size(); ++i) {
        auto& [h, q] = by_expert[expert_key(curve[i])];
        h.push_back(hessian[i]);
        q.push_back(quantization[i]);
        against_n.push_back({expert_key(curve[i]), curve[i]["n"].get<double>(), hessian[i]});
        if (curve[i]["n"].get<std::int64_t>() <= small.at(expert_key(curve[i])))
            against_small_n.push_back(against_n.back());
    }
    double sum = 0;
    std::int64_t count = 0;
    for (const auto& [expert, pair] : by_expert)
        if (const auto within = correlate(pair.first, pair.second)) {
            sum += *within;
            ++count;
        }
    const auto slope = log_slope(against_n), small_slope = log_slope(against_small_n);
    const auto tokens = column(experts, "tokens"), own = column(experts, "hessian_error");
    return {{"points", curve.size()},
            {"hessian_quantization", number(correlate(hessian, quantization))},
            {"within_experts", count > 0 ? json(sum / double(count)) : json()},
            {"hessian_excess", number(correlate(hessian, column(curve, "excess_error")))},
            {"tokens_hessian", number(correlate(tokens, own))},
            {"predicted_hessian", number(correlate(column(experts, "predicted_error"), own))},
            {"tokens_excess", number(correlate(tokens, column(experts, "excess_error")))},
            {"tokens_quantization", number(correlate(tokens, column(experts, "quantization_error")))},
            {"slope_n", slope ? json(slope->value) : json()},
            {"slope_error", slope ? json(slope->error) : json()},
            {"slope_small_n", small_slope ? json(small_slope->value) : json()},
            {"slope_small_error", small_slope ? json(small_slope->error) : json()}};
}

json affinity_json(const json& curve) {
    double ratio = 0, predicted = 0, count = 0;
    for (const json& row : curve) {
        const double plain = row["hessian_error"].get<double>(),
                     weighted = row["affinity_hessian_error"].get<double>(), tokens = row["n"].get<double>(),
                     effective = row["effective_tokens"].get<double>();
        if (!(plain > 0 && weighted > 0 && effective > 0))
            continue;
        ratio += 2 * std::log(weighted / plain);
        predicted += std::log(tokens / effective);
        ++count;
    }
    if (count == 0)
        return nullptr;
    return {{"variance_ratio", std::exp(ratio / count)}, {"predicted_ratio", std::exp(predicted / count)}};
}

std::vector<std::string> lab_warnings(const json& result) {
    std::vector<std::string> warnings;
    std::int64_t dominated = 0, flipped = 0, flips = 0;
    double least = 0, most = 0;
    for (const json& point : result["points"]) {
        if (point["dominated"].get<bool>()) {
            const double epsilon = point["epsilon"].get<double>();
            least = dominated == 0 ? epsilon : std::min(least, epsilon);
            most = std::max(most, epsilon);
            ++dominated;
        }
        flipped += point["flips"].get<std::int64_t>() > 0;
        flips = std::max(flips, point["flips"].get<std::int64_t>());
    }
    char text[256];
    if (dominated > 0) {
        std::snprintf(text, sizeof text,
                      "rounding dominates %lld of %zu points (ε from %.2g to %.2g): the losses' own float64 "
                      "error, divided by ε², is larger than truncation and sampling there",
                      static_cast<long long>(dominated), result["points"].size(), least, most);
        warnings.emplace_back(text);
    }
    if (flipped > 0) {
        std::snprintf(
            text, sizeof text,
            "routing flips at %lld points (at most %lld choices in one): each is a jump of the loss "
            "that ε² blows up and derivatives do not see",
            static_cast<long long>(flipped), static_cast<long long>(flips));
        warnings.emplace_back(text);
    }
    return warnings;
}

std::string rows_csv(const json& rows) {
    std::string text;
    for (const json& row : rows) {
        std::string names, cells;
        const json flat = row.flatten(); // keys as /a/b
        for (const auto& [key, value] : flat.items()) {
            std::string name = key.substr(1);
            std::replace(name.begin(), name.end(), '/', '.');
            names += (names.empty() ? "" : ",") + csv_cell(name);
            cells += (key == flat.begin().key() ? "" : ",") + csv_cell(value.is_null() ? ""
                                                                       : value.is_string()
                                                                           ? value.get<std::string>()
                                                                           : value.dump());
        }
        if (text.empty())
            text = names + "\r\n";
        text += cells + "\r\n";
    }
    return text;
}

} // namespace moequant
