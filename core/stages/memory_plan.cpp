#include "core/stages/memory_plan.h"

#include "core/model/weights.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace moequant {

namespace {

constexpr std::int64_t kWide = 4;                         ///< bytes of a float32
constexpr std::int64_t kProgram = std::int64_t(96) << 20; ///< measured: libtorch, MKL's buffers, the program

/// One group of linears in work: square matrices of the input's width (the sum, the Hessian in use, its
/// factor, the report's copy and what symmetrising it takes; with affinities the second sum and its copies)
/// and copies of a weight.
std::int64_t work_bytes(std::int64_t width, std::int64_t rows, bool affinity) {
    return kWide * ((affinity ? 8 : 5) * width * width + 3 * width * rows + 1024 * width);
}

} // namespace

int most_experts(const ModelConfig& config) {
    std::int64_t most = 1;
    for (const LayerConfig& layer : config.layers)
        most = std::max<std::int64_t>(most, layer.experts);
    return int(most);
}

std::int64_t MemoryPlan::peak() const {
    return program + hidden_states + std::max(embedding, layer + std::max(hessians, activations));
}

MemoryPlan plan_memory(const ModelConfig& config, const CalibrationSize& size, int experts,
                       std::int64_t most_tokens) {
    const std::int64_t hidden = config.hidden_size, tokens = size.tokens;
    const std::int64_t batch = std::min(tokens, std::max(most_tokens, size.longest));
    MemoryPlan plan;
    plan.experts = experts;
    plan.batch = most_tokens;
    plan.program = kProgram;
    plan.hidden_states = 2 * tokens * hidden * size.hidden_bytes;
    plan.embedding = config.vocab_size * hidden * kWide * (config.tie_word_embeddings ? 1 : 2);
    for (int i = 0; i < int(config.layers.size()); ++i) {
        const LayerConfig& layer = config.layers[std::size_t(i)];
        MemoryPlan here = plan;
        const std::int64_t weights = layer_bytes(config, i, at::kFloat);
        here.layer = weights + weights / kWide;
        const auto mlp = [&](std::int64_t inner, bool affinity) {
            return std::max(work_bytes(hidden, inner, affinity), work_bytes(inner, hidden, affinity)) +
                   kWide * (2 * hidden * hidden + 2 * batch * inner);
        };
        if (layer.moe) {
            const std::int64_t one = mlp(layer.expert_intermediate, true);
            const std::int64_t shared =
                layer.shared_intermediate > 0 ? mlp(layer.shared_intermediate, layer.shared_gate) : 0;
            here.hessians =
                std::max(std::min<std::int64_t>(experts, layer.experts) * one, shared + (experts - 1) * one);
        } else {
            here.hessians = mlp(layer.dense_intermediate, false);
        }
        // Attention keeps what it gave for all tokens while o is quantized.
        const std::int64_t heads = config.heads * config.head_dim;
        here.hessians = std::max(here.hessians,
                                 work_bytes(std::max(heads, hidden), hidden, false) + kWide * tokens * heads);
        // A slot for every choice of a batch's tokens.
        here.activations = kWide * batch * (layer.top_k + 6) * hidden;
        if (here.peak() > plan.peak() || i == 0)
            plan = here;
    }
    return plan;
}

MemoryPlan fit_memory(const ModelConfig& config, const CalibrationSize& size, int threads,
                      std::int64_t budget) {
    MemoryPlan plan;
    for (int experts = std::min(std::max(threads, 1), most_experts(config)); experts >= 1; --experts)
        for (const std::int64_t batch : kBatches) {
            plan = plan_memory(config, size, experts, batch);
            if (plan.peak() <= budget)
                return plan;
        }
    return plan;
}

std::string what_was_cut(const MemoryPlan& plan, const ModelConfig& config, int threads) {
    const auto less = [](std::int64_t now, std::int64_t before, const char* what) {
        return std::to_string(now) + " " + what + (now == 1 ? "" : "s") + " at a time instead of " +
               std::to_string(before);
    };
    const int experts = std::min(std::max(threads, 1), most_experts(config));
    std::string text;
    if (plan.experts < experts)
        text = less(plan.experts, experts, "expert");
    if (plan.batch < kBatches[0])
        text += (text.empty() ? "" : " and ") + less(plan.batch, kBatches[0], "token");
    return text;
}

nlohmann::json to_json(const MemoryPlan& plan) {
    return {{"layer_bytes", plan.layer},          {"hessian_bytes", plan.hessians},
            {"hidden_bytes", plan.hidden_states}, {"activation_bytes", plan.activations},
            {"program_bytes", plan.program},      {"embedding_bytes", plan.embedding},
            {"peak_bytes", plan.peak()},          {"experts_at_once", plan.experts},
            {"batch_tokens", plan.batch}};
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
