#include "core/calibration/selection.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace moequant {
namespace {

/// Slots of the chosen windows in one layer.
struct Chosen {
    std::vector<std::int64_t> slots; ///< of every expert
    std::int64_t total = 0;
};

double squared_need(const Chosen& chosen, std::span<const std::int32_t> window, double r) {
    const auto total = chosen.total + std::accumulate(window.begin(), window.end(), std::int64_t(0));
    if (total == 0)
        return r * r;
    const double experts = double(window.size());
    double sum = 0;
    for (std::size_t e = 0; e < window.size(); ++e) {
        const double need = r - double(chosen.slots[e] + window[e]) * experts / double(total);
        if (need > 0)
            sum += need * need;
    }
    return sum / experts;
}

} // namespace

std::vector<std::size_t> select_balanced(std::span<const WindowCounts> layers, std::size_t windows,
                                         std::size_t samples, double r) {
    if (samples > windows)
        throw std::invalid_argument("fewer windows than samples");
    const auto row = [&](std::size_t layer, std::size_t window) {
        const auto experts = std::size_t(layers[layer].experts);
        return layers[layer].slots.subspan(window * experts, experts);
    };
    std::vector<Chosen> chosen;
    for (const WindowCounts& layer : layers)
        chosen.push_back({std::vector<std::int64_t>(std::size_t(layer.experts))});
    std::vector<std::size_t> order;
    std::vector<double> need(windows);
    std::vector<bool> taken(windows);
    while (order.size() < samples) {
        at::parallel_for(0, std::int64_t(windows), 16, [&](std::int64_t begin, std::int64_t end) {
            for (auto w = std::size_t(begin); w < std::size_t(end); ++w) {
                need[w] = taken[w] ? std::numeric_limits<double>::infinity() : 0;
                for (std::size_t l = 0; l < layers.size() && !taken[w]; ++l)
                    need[w] += squared_need(chosen[l], row(l, w), r);
            }
        });
        const auto best = std::size_t(std::min_element(need.begin(), need.end()) - need.begin());
        taken[best] = true;
        order.push_back(best);
        for (std::size_t l = 0; l < layers.size(); ++l)
            for (std::size_t e = 0; e < chosen[l].slots.size(); ++e) {
                chosen[l].slots[e] += row(l, best)[e];
                chosen[l].total += row(l, best)[e];
            }
    }
    return order;
}

} // namespace moequant
