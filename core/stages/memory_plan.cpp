#include "core/stages/memory_plan.h"

#include "core/model/weights.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace moequant {

MemoryPlan plan_memory(const ModelConfig& config, std::int64_t tokens) {
    constexpr std::int64_t wide = 4, slice = 16384;
    MemoryPlan plan;
    std::int64_t widest = config.hidden_size;
    for (int i = 0; i < int(config.layers.size()); ++i) {
        const LayerConfig& layer = config.layers[std::size_t(i)];
        plan.layer = std::max(plan.layer, layer_bytes(config, i, at::kFloat));
        // Two sums (plain and affinity-weighted) for every expert's gate/up input, and then for its down
        // input.
        const std::int64_t inner = layer.moe ? layer.expert_intermediate : layer.dense_intermediate;
        const std::int64_t members = layer.moe ? layer.experts : 1;
        const std::int64_t side = std::max(config.hidden_size, inner);
        plan.hessians = std::max(plan.hessians, members * 2 * wide * side * side);
        widest = std::max({widest, inner, layer.shared_intermediate});
    }
    plan.hidden_states = 2 * tokens * config.hidden_size * wide;
    plan.activations = std::min(tokens, slice) * (4 * config.hidden_size + 2 * widest) * wide;
    plan.ends = config.vocab_size * config.hidden_size * wide * (config.tie_word_embeddings ? 1 : 2);
    return plan;
}

nlohmann::json to_json(const MemoryPlan& plan) {
    return {{"layer_bytes", plan.layer},          {"hessian_bytes", plan.hessians},
            {"hidden_bytes", plan.hidden_states}, {"activation_bytes", plan.activations},
            {"embedding_bytes", plan.ends},       {"peak_bytes", plan.peak()}};
}

std::int64_t free_disk(const std::string& path) {
    namespace fs = std::filesystem;
    fs::path at = fs::absolute(path);
    std::error_code error;
    while (!fs::exists(at, error) && at.has_parent_path() && at != at.parent_path())
        at = at.parent_path();
    const auto space = fs::space(at, error);
    return error ? -1 : std::int64_t(space.available);
}

} // namespace moequant
