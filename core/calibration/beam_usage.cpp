#include "core/calibration/beam_usage.h"

namespace moequant {
namespace {

/// Mean over layers of σ from each layer's sum of squares and of slots.
template <typename Squares, typename Slots>
double mean_sigma(const UsageLayout& layout, SigmaUnit unit, const Squares& squares, const Slots& slots) {
    double sum = 0;
    for (std::size_t m = 0; m < layout.layers.size(); ++m)
        sum += layer_sigma(unit, double(squares(m)), double(slots(m)), layout.layers[m].experts,
                           layout.layers[m].top_k);
    return sum / double(layout.layers.size());
}

/// What a token's experts add to layer m's sum of squares: Σ 2n + 1, a token's experts of one layer being
/// distinct.
template <typename Count>
std::int64_t growth(const UsageLayout& layout, std::size_t m, std::span<const std::uint32_t> cells,
                    std::size_t first, const Count& count) {
    std::int64_t sum = 0;
    for (std::int64_t k = 0; k < layout.layers[m].top_k; ++k)
        sum += 2 * count(cells[first + std::size_t(k)]) + 1;
    return sum;
}

} // namespace

UsageLayout::UsageLayout(const ModelConfig& config) {
    for (std::size_t i = 0; i < config.layers.size(); ++i)
        if (const LayerConfig& layer = config.layers[i]; layer.moe) {
            layers.push_back({int(i), cells, layer.experts, layer.top_k});
            cells += std::size_t(layer.experts);
            slots += std::size_t(layer.top_k);
        }
}

void add_token(const UsageLayout& layout, std::span<const std::uint32_t> cells, BeamUsage& usage) {
    std::size_t next = 0;
    for (std::size_t m = 0; m < layout.layers.size(); ++m)
        for (std::int64_t k = 0; k < layout.layers[m].top_k; ++k) {
            std::int32_t& n = usage.counts[cells[next++]];
            usage.squares[m] += 2 * std::int64_t(n) + 1;
            ++n;
        }
    ++usage.tokens;
}

double usage_sigma(const UsageLayout& layout, SigmaUnit unit, const BeamUsage& usage) {
    return mean_sigma(
        layout, unit, [&](std::size_t m) { return usage.squares[m]; },
        [&](std::size_t m) { return usage.tokens * layout.layers[m].top_k; });
}

double usage_sigma_after(const UsageLayout& layout, SigmaUnit unit, const BeamUsage& usage,
                         std::span<const std::uint32_t> cells) {
    std::size_t first = 0;
    return mean_sigma(
        layout, unit,
        [&](std::size_t m) {
            const std::int64_t more = growth(layout, m, cells, first, [&](std::uint32_t cell) {
                return std::int64_t(usage.counts[cell]);
            });
            first += std::size_t(layout.layers[m].top_k);
            return usage.squares[m] + more;
        },
        [&](std::size_t m) { return (usage.tokens + 1) * layout.layers[m].top_k; });
}

PooledUsage pool(const UsageLayout& layout, std::span<const std::int64_t> base, const BeamUsage& usage) {
    PooledUsage pooled{{base.begin(), base.end()}, {}, {}};
    for (const UsageLayout::Layer& layer : layout.layers) {
        std::int64_t squares = 0, slots = 0;
        for (std::int64_t e = 0; e < layer.experts; ++e) {
            const std::size_t cell = layer.first + std::size_t(e);
            const std::int64_t n = base[cell] + usage.counts[cell];
            squares += n * n;
            slots += n;
        }
        pooled.squares.push_back(squares);
        pooled.slots.push_back(slots);
    }
    return pooled;
}

double pooled_sigma(const UsageLayout& layout, SigmaUnit unit, const PooledUsage& pooled) {
    return mean_sigma(
        layout, unit, [&](std::size_t m) { return pooled.squares[m]; },
        [&](std::size_t m) { return pooled.slots[m]; });
}

double pooled_sigma_after(const UsageLayout& layout, SigmaUnit unit, const PooledUsage& pooled,
                          const BeamUsage& usage, std::span<const std::uint32_t> cells) {
    std::size_t first = 0;
    return mean_sigma(
        layout, unit,
        [&](std::size_t m) {
            const std::int64_t more = growth(layout, m, cells, first, [&](std::uint32_t cell) {
                return pooled.base[cell] + usage.counts[cell];
            });
            first += std::size_t(layout.layers[m].top_k);
            return pooled.squares[m] + more;
        },
        [&](std::size_t m) { return pooled.slots[m] + layout.layers[m].top_k; });
}

double counts_sigma(const UsageLayout& layout, SigmaUnit unit, std::span<const std::int64_t> counts) {
    BeamUsage none(layout);
    return pooled_sigma(layout, unit, pool(layout, counts, none));
}

} // namespace moequant
