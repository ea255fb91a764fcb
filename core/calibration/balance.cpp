#include "core/calibration/balance.h"

#include "core/job/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace moequant {

SigmaUnit parse_sigma_unit(const std::string& name) {
    for (const auto& [text, unit] : {std::pair{"percent", SigmaUnit::Percent},
                                     {"token", SigmaUnit::Token},
                                     {"share", SigmaUnit::Share},
                                     {"cv", SigmaUnit::Cv},
                                     {"literal", SigmaUnit::Literal}})
        if (name == text)
            return unit;
    throw RequestError("sigma unit '" + name + "' is unknown (percent, token, share, cv, literal)");
}

double layer_sigma(SigmaUnit unit, double sum_of_squares, double slots, std::int64_t experts,
                   std::int64_t top_k) {
    if (slots <= 0 || experts < 2)
        return 0;
    const double spread =
        std::max(0.0, sum_of_squares - slots * slots / double(experts)) / double(experts - 1);
    const double share = std::sqrt(spread) / slots;
    switch (unit) {
    case SigmaUnit::Percent:
        return 100 * share;
    case SigmaUnit::Token:
        return double(top_k) * share;
    case SigmaUnit::Share:
        return share;
    case SigmaUnit::Cv:
        return double(experts) * share;
    case SigmaUnit::Literal:
        return std::sqrt(double(experts)) * share;
    }
    return share;
}

Balance layer_balance(std::span<const std::int64_t> counts, std::int64_t top_k) {
    Balance result;
    const auto experts = std::int64_t(counts.size());
    const double slots = double(std::accumulate(counts.begin(), counts.end(), std::int64_t(0)));
    if (slots == 0) {
        result.unused = result.below_half_percent = experts;
        return result;
    }
    double squares = 0;
    for (const std::int64_t n : counts) {
        squares += double(n) * double(n);
        result.unused += n == 0;
        result.below_half_percent += double(n) < 0.005 * slots / double(top_k);
    }
    result.std_share = layer_sigma(SigmaUnit::Share, squares, slots, experts, top_k);
    result.std_token = layer_sigma(SigmaUnit::Token, squares, slots, experts, top_k);
    result.std_percent = layer_sigma(SigmaUnit::Percent, squares, slots, experts, top_k);
    result.cv = layer_sigma(SigmaUnit::Cv, squares, slots, experts, top_k);
    std::vector<std::int64_t> sorted(counts.begin(), counts.end());
    std::sort(sorted.begin(), sorted.end());
    double weighted = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i)
        weighted += (2.0 * double(i + 1) - double(experts) - 1) * double(sorted[i]);
    result.gini = weighted / (double(experts) * slots);
    result.min_share = double(sorted.front()) / slots;
    result.max_share = double(sorted.back()) / slots;
    return result;
}

Balance summarise(std::span<const Balance> layers) {
    Balance sum;
    if (layers.empty())
        return sum;
    sum.min_share = 1;
    for (const Balance& layer : layers) {
        sum.std_share += layer.std_share;
        sum.std_token += layer.std_token;
        sum.std_percent += layer.std_percent;
        sum.cv += layer.cv;
        sum.gini += layer.gini;
        sum.min_share = std::min(sum.min_share, layer.min_share);
        sum.max_share = std::max(sum.max_share, layer.max_share);
        sum.unused += layer.unused;
        sum.below_half_percent += layer.below_half_percent;
    }
    for (double* mean : {&sum.std_share, &sum.std_token, &sum.std_percent, &sum.cv, &sum.gini})
        *mean /= double(layers.size());
    return sum;
}

nlohmann::json to_json(const Balance& b) {
    return {{"std_share", b.std_share},
            {"std_token", b.std_token},
            {"std_percent", b.std_percent},
            {"cv", b.cv},
            {"gini", b.gini},
            {"min_share", b.min_share},
            {"max_share", b.max_share},
            {"unused", b.unused},
            {"below_half_percent", b.below_half_percent}};
}

} // namespace moequant
