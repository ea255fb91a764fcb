// A made-up result of `hessian-lab` whose numbers follow the formulas: 4 layers of 16 experts, or a
// polynomial without experts.
#pragma once
#include <nlohmann/json.hpp>

#include <cmath>
#include <string>

namespace moequant {

// Around 1 by up to `part`, the same every time: what resampling does to a measurement.
inline double wobble(int seed, double part) {
    const double large = 43758.5453 * std::sin(12.9898 * seed + 1.7);
    return 1 + part * (2 * (large - std::floor(large)) - 1);
}

inline nlohmann::json lab_point(const std::string& estimator, const std::string& sampling, double epsilon,
                                double n, int seed) {
    const double sigma = 0.02, deviation = 0.9, forward_slope = 1.2, symmetric_curvature = 0.3, loss = 0.0123;
    const bool forward = estimator == "forward", exact = sampling == "exact";
    const double truncation = forward ? forward_slope * epsilon : symmetric_curvature * epsilon * epsilon;
    const double rounding = 4e-12 * loss / (epsilon * epsilon); // of a loss summed over many layers
    double variance = exact ? 0 : deviation * deviation / n;
    if (sampling == "independent")
        variance = (forward ? 4 : 0.25) * sigma * sigma / (n * std::pow(epsilon, 4));
    const double error = exact ? 0 : std::sqrt(variance / 200);
    return {{"estimator", estimator},
            {"sampling", sampling},
            {"epsilon", epsilon},
            {"n", n},
            {"bias", std::hypot(truncation * wobble(seed, exact ? 0 : 0.05), error * wobble(seed + 1, 0.3)) +
                         rounding * 0.3},
            {"bias_error", error},
            {"variance", variance * wobble(seed + 2, 0.1)},
            {"predicted", {{"bias", truncation}, {"variance", variance}}},
            {"rounding", rounding},
            {"dominated", rounding > truncation && rounding > error},
            {"flips", 0}};
}

inline nlohmann::json lab_points(double population) {
    using nlohmann::json;
    json points = json::array();
    int seed = 0;
    for (const char* sampling : {"common", "independent", "exact"})
        for (const char* estimator : {"forward", "symmetric"})
            for (int half = 0; half <= 12; ++half)
                for (const double n : {16.0, 64.0, 256.0, 1024.0, population}) {
                    const double epsilon = std::round(std::pow(10, half / 2.0 - 6) * 1e8) / 1e8;
                    if ((std::string(sampling) == "exact") == (n == population))
                        points.push_back(lab_point(estimator, sampling, epsilon, n, seed += 3));
                }
    for (const char* estimator : {"gauss-newton", "affinity"})
        for (const double n : {16.0, 64.0, 256.0, 1024.0, population}) {
            const bool weighted = std::string(estimator) == "affinity", exact = n == population;
            const double variance = exact ? 0 : (weighted ? 1.3 : 1) * 0.81 / n;
            points.push_back({{"estimator", estimator},
                              {"sampling", exact ? "exact" : "common"},
                              {"epsilon", nullptr},
                              {"n", n},
                              {"bias", (weighted ? 0.02 : 0.01) + std::sqrt(variance / 200)},
                              {"bias_error", std::sqrt(variance / 200)},
                              {"variance", variance * wobble(seed += 3, 0.1)},
                              {"predicted", {{"bias", weighted ? 0.02 : 0.01}, {"variance", variance}}},
                              {"rounding", 1e-15},
                              {"dominated", false},
                              {"flips", 0}});
        }
    return points;
}

inline nlohmann::json lab_orders(bool quadratic) {
    using nlohmann::json;
    json orders = json::array();
    const auto add = [&](const char* estimator, const char* sampling, const char* quantity, json measured,
                         double theory) {
        orders.push_back({{"estimator", estimator},
                          {"sampling", sampling},
                          {"quantity", quantity},
                          {"measured", measured},
                          {"error", measured.is_null() ? json() : json(0.004)},
                          {"theory", theory},
                          {"points", 6},
                          {"from", 1e-3},
                          {"to", 0.316}});
    };
    add("forward", "exact", "truncation", quadratic ? json() : json(1.002), 1);
    add("symmetric", "exact", "truncation", quadratic ? json() : json(1.997), 2);
    for (const char* estimator : {"forward", "symmetric"}) {
        add(estimator, "independent", "noise-epsilon", -4.01, -4);
        add(estimator, "independent", "noise-n", -0.99, -1);
        add(estimator, "common", "noise-n", -1.01, -1);
    }
    return orders;
}

inline void add_lab_experts(nlohmann::json& result, int layers, int experts) {
    using nlohmann::json;
    json rows = json::array(), curve = json::array();
    for (int layer = 1; layer <= layers; ++layer)
        for (int expert = 0; expert < experts; ++expert) {
            const int seed = layer * 131 + expert * 7;
            const double tokens =
                std::round(2400 * std::exp(-0.28 * ((expert * 5) % experts)) * wobble(seed, 0.2)) + 12;
            const double scale = 1.6 * wobble(seed + 1, 0.25), floor = 0.02 + 0.004 * layer;
            const auto error = [&](double n) { return scale * 4 / std::sqrt(n); };
            json spectrum = json::array();
            for (int k = 0; k < 64; ++k)
                spectrum.push_back(std::pow(1 + 256.0 * k / 63, -1.1 * wobble(seed + 2, 0.15)));
            rows.push_back({{"layer", layer},
                            {"expert", expert},
                            {"tokens", tokens},
                            {"reference_tokens", 9 * tokens},
                            {"effective_tokens", 0.78 * tokens},
                            {"hessian_error", error(tokens) * wobble(seed + 3, 0.1)},
                            {"predicted_error", error(tokens)},
                            {"affinity_hessian_error", 1.13 * error(tokens)},
                            {"affinity_predicted_error", 1.12 * error(tokens)},
                            {"quantization_error", floor * (1 + 0.3 * error(tokens))},
                            {"reference_error", floor},
                            {"dimension", 256},
                            {"effective_rank", 91.2 * wobble(seed + 4, 0.2)},
                            {"condition", 3.1e4},
                            {"spectrum", spectrum}});
            for (const double n : {16.0, 64.0, 256.0, 1024.0})
                for (int repeat = 0; n <= 9 * tokens && repeat < 2; ++repeat) {
                    const double measured = error(n) * wobble(seed + 5 + repeat + int(n), 0.12);
                    curve.push_back(
                        {{"layer", layer},
                         {"expert", expert},
                         {"n", n},
                         {"repeat", repeat},
                         {"hessian_error", measured},
                         {"predicted_error", error(n)},
                         {"rank", std::min(n, 200.0)},
                         {"effective_tokens", 0.78 * n},
                         {"affinity_hessian_error", 1.13 * measured},
                         {"affinity_predicted_error", 1.13 * error(n)},
                         {"quantization_error", floor * (1 + 0.3 * measured) * wobble(seed + int(n), 0.06)},
                         {"excess_error", 0.3 * measured}});
                }
        }
    result["experts"] = rows;
    result["curve"] = curve;
    result["correlation"] = {
        {"points", curve.size()}, {"hessian_quantization", 0.83}, {"within_experts", 0.97},
        {"hessian_excess", 0.95}, {"tokens_hessian", -0.9},       {"tokens_quantization", -0.4},
        {"slope_n", -0.5},        {"slope_error", 0.003},         {"predicted_hessian", 0.96},
        {"tokens_excess", -0.88}, {"slope_small_n", -0.499},      {"slope_small_error", 0.004}};
    result["affinity"] = {{"variance_ratio", 1.3}, {"predicted_ratio", 1.25}};
}

/// A whole result. `with_experts` false: of the polynomial, as `--loss polynomial --experts none` gives it.
inline nlohmann::json lab_result(bool with_experts = true) {
    using nlohmann::json;
    const double population = 4096;
    json study = {{"loss", "expert"},
                  {"layer", 1},
                  {"expert", 3},
                  {"linear", "gate"},
                  {"tensor", "model.layers.1.mlp.experts.3.gate_proj.weight"},
                  {"row", 12},
                  {"base", "rounded"},
                  {"bits", 4},
                  {"routing", "frozen"},
                  {"unit", "tokens"},
                  {"population", population},
                  {"resamples", 200},
                  {"loss_value", 0.0123},
                  {"sigma", 0.02},
                  {"quadratic", false},
                  {"curvature", 0.5},
                  {"gauss_newton_scale", 1.0},
                  {"affinity_scale", 1.02},
                  {"entries", json::array()}};
    for (int e = 0; e < 4; ++e)
        study["entries"].push_back({{"i", 3 + e},
                                    {"j", e == 0 ? 3 : 17 + e},
                                    {"truth", 0.4 + 0.1 * e},
                                    {"gauss_newton", 0.41 + 0.1 * e},
                                    {"affinity", 0.42 + 0.1 * e},
                                    {"forward_slope", 1.2},
                                    {"symmetric_curvature", 0.3},
                                    {"sample_deviation", 0.9}});
    json result = {{"model", "sample"},
                   {"corpus", "builtin:prose"},
                   {"reference", "builtin:prose?samples=256"},
                   {"study", study},
                   {"points", lab_points(population)},
                   {"orders", lab_orders(false)},
                   {"source_term", json::array()},
                   {"experts", json::array()},
                   {"curve", json::array()},
                   {"correlation", nullptr},
                   {"affinity", nullptr},
                   {"warnings", json::array()},
                   {"text", "Hessian lab"}};
    for (const char* estimator : {"forward", "symmetric"})
        result["source_term"].push_back({{"estimator", estimator},
                                         {"sampling", "independent"},
                                         {"coefficient", -0.01},
                                         {"low", -0.05},
                                         {"high", 0.03},
                                         {"contains_zero", true},
                                         {"cells", 40},
                                         {"outside", 2},
                                         {"resamples", 200}});
    if (with_experts) {
        add_lab_experts(result, 4, 16);
    } else {
        for (const char* name : {"layer", "expert", "linear", "tensor", "row"})
            result["study"][name] = nullptr;
        result["study"]["loss"] = "polynomial";
        result["study"]["unit"] = "samples";
        result["corpus"] = result["reference"] = nullptr;
    }
    return result;
}

} // namespace moequant
