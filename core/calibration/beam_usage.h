// Routing counts of one branch of a search, with what σ needs kept up to date in O(1) a token.
#pragma once
#include "core/calibration/balance.h"
#include "core/model/config.h"

#include <cstdint>
#include <span>
#include <vector>

namespace moequant {

/// Where each MoE layer's counts lie in one flat vector.
struct UsageLayout {
    struct Layer {
        int index;         ///< among all layers of the model
        std::size_t first; ///< of its cells
        std::int64_t experts, top_k;
    };
    std::vector<Layer> layers;
    std::size_t cells = 0, slots = 0; ///< experts, and routed slots a token, over all layers

    explicit UsageLayout(const ModelConfig& config);
};

struct BeamUsage {
    std::vector<std::int32_t> counts;  ///< [cells]
    std::vector<std::int64_t> squares; ///< Σ n² a layer
    std::int64_t tokens = 0;

    BeamUsage() = default;
    explicit BeamUsage(const UsageLayout& layout) : counts(layout.cells), squares(layout.layers.size()) {}
};

/// `cells` [slots]: the cell of every expert that the token was sent to, layer by layer.
void add_token(const UsageLayout& layout, std::span<const std::uint32_t> cells, BeamUsage& usage);

/// Mean over layers of σ of the branch's own counts.
double usage_sigma(const UsageLayout& layout, SigmaUnit unit, const BeamUsage& usage);

/// The same after one more token, without touching the branch: O(slots).
double usage_sigma_after(const UsageLayout& layout, SigmaUnit unit, const BeamUsage& usage,
                         std::span<const std::uint32_t> cells);

/// A branch's counts on top of those that the rest of the set has: Σ (base + n)² a layer.
struct PooledUsage {
    std::vector<std::int64_t> base;    ///< [cells], of all others
    std::vector<std::int64_t> squares; ///< a layer, of base + the branch
    std::vector<std::int64_t> slots;   ///< a layer, Σ (base + n)
};
PooledUsage pool(const UsageLayout& layout, std::span<const std::int64_t> base, const BeamUsage& usage);
double pooled_sigma(const UsageLayout& layout, SigmaUnit unit, const PooledUsage& pooled);
double pooled_sigma_after(const UsageLayout& layout, SigmaUnit unit, const PooledUsage& pooled,
                          const BeamUsage& usage, std::span<const std::uint32_t> cells);

/// σ of plain counts [cells]: of a whole set.
double counts_sigma(const UsageLayout& layout, SigmaUnit unit, std::span<const std::int64_t> counts);

} // namespace moequant
