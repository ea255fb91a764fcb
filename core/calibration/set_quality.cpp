#include "core/calibration/set_quality.h"

#include "core/calibration/degenerate.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace moequant {
namespace {

Spread spread(std::vector<double> values) {
    if (values.empty())
        return {};
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    std::sort(values.begin(), values.end());
    const auto quantile = [&](double q) {
        const double place = q * double(values.size() - 1);
        const auto below = std::size_t(place);
        const auto above = std::min(below + 1, values.size() - 1);
        return std::lerp(values[below], values[above], place - double(below));
    };
    return {sum / double(values.size()), quantile(0.05), quantile(0.5), quantile(0.95)};
}

/// Of the set's distinct 4-grams, the share that at least two sequences hold.
double shared_share(std::span<const std::vector<std::int32_t>> sequences) {
    using Gram = std::array<std::int32_t, 4>;
    std::vector<std::pair<Gram, std::size_t>> held; // with the sequence that holds it
    for (std::size_t s = 0; s < sequences.size(); ++s)
        for (std::size_t i = 0; i + 4 <= sequences[s].size(); ++i) {
            const auto* id = &sequences[s][i];
            held.emplace_back(Gram{id[0], id[1], id[2], id[3]}, s);
        }
    std::sort(held.begin(), held.end());
    std::size_t distinct = 0, shared = 0;
    for (std::size_t i = 0; i < held.size();) {
        std::size_t end = i + 1;
        while (end < held.size() && held[end].first == held[i].first)
            ++end;
        ++distinct;
        shared += held[end - 1].second != held[i].second;
        i = end;
    }
    return distinct > 0 ? double(shared) / double(distinct) : 0;
}

nlohmann::json to_json(const Spread& spread) {
    return {{"mean", spread.mean}, {"q05", spread.q05}, {"q50", spread.q50}, {"q95", spread.q95}};
}

} // namespace

SetQuality set_quality(std::span<const std::vector<std::int32_t>> sequences,
                       std::span<const std::string> texts) {
    SetQuality quality;
    if (sequences.empty())
        return quality;
    const auto of_all = [&](const auto& measure) {
        std::vector<double> values;
        for (const auto& ids : sequences)
            values.push_back(measure(ids));
        return values;
    };
    const auto distinct = [&](int n) {
        return spread(of_all([n](std::span<const std::int32_t> ids) { return distinct_share(ids, n); }));
    };
    quality.distinct1 = distinct(1);
    quality.distinct2 = distinct(2);
    quality.distinct4 = distinct(4);
    quality.distinct8 = distinct(8);
    const auto cycles = of_all([](std::span<const std::int32_t> ids) { return cycle_share(ids); });
    quality.cycle = spread(cycles);
    quality.longest_cycle = *std::max_element(cycles.begin(), cycles.end());
    std::vector<double> ratios;
    std::size_t lost = 0;
    for (std::size_t s = 0; s < sequences.size(); ++s) {
        const std::string_view text = s < texts.size() ? std::string_view(texts[s]) : std::string_view();
        if (!text.empty())
            ratios.push_back(zlib_ratio(text));
        lost += degenerate(sequences[s], text);
    }
    if (!ratios.empty())
        quality.zlib_ratio = spread(std::move(ratios));
    quality.degenerate_share = double(lost) / double(sequences.size());
    quality.shared4 = shared_share(sequences);
    return quality;
}

nlohmann::json to_json(const SetQuality& quality) {
    return {{"distinct1", to_json(quality.distinct1)},
            {"distinct2", to_json(quality.distinct2)},
            {"distinct4", to_json(quality.distinct4)},
            {"distinct8", to_json(quality.distinct8)},
            {"cycle_share", to_json(quality.cycle)},
            {"longest_cycle", quality.longest_cycle},
            {"zlib_ratio", quality.zlib_ratio ? to_json(*quality.zlib_ratio) : nlohmann::json()},
            {"degenerate_share", quality.degenerate_share},
            {"shared4", quality.shared4}};
}

} // namespace moequant
