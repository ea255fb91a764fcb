// Qwen1.5-MoE and Qwen2-MoE: routed experts beside a shared expert behind a sigmoid gate. Reference:
// transformers `qwen2_moe`.
#include "core/model/family.h"

#include <algorithm>

namespace moequant {

void describe_qwen2_moe(const ConfigReader& reader, ModelConfig& config) {
    const std::int64_t experts = reader.integer("num_experts", 1, 4096);
    const std::int64_t top_k = reader.integer("num_experts_per_tok", 1, experts);
    const std::int64_t step = reader.integer_or("decoder_sparse_step", 1, 1 << 20, 1);
    const std::vector<std::int64_t> dense = reader.integers_or_empty("mlp_only_layers");
    const bool window = reader.boolean_or("use_sliding_window", false);
    const std::int64_t window_from = reader.integer_or("max_window_layers", 0, 1 << 20, 28);
    for (std::size_t i = 0; i < config.layers.size(); ++i) {
        LayerConfig& layer = config.layers[i];
        layer.moe =
            (std::int64_t(i) + 1) % step == 0 && std::find(dense.begin(), dense.end(), i) == dense.end();
        if (layer.moe) {
            layer.experts = experts;
            layer.top_k = top_k;
            layer.expert_intermediate = reader.integer("moe_intermediate_size", 1, 1 << 22);
            layer.shared_intermediate = reader.integer("shared_expert_intermediate_size", 1, 1 << 22);
            layer.shared_gate = true;
            layer.normalize_top_k = reader.boolean_or("norm_topk_prob", false);
        } else {
            layer.dense_intermediate = reader.integer("intermediate_size", 1, 1 << 22);
        }
        if (window && std::int64_t(i) >= window_from)
            layer.sliding_window = reader.integer_or("sliding_window", 1, std::int64_t(1) << 40, 0);
    }
    config.qkv_bias = reader.boolean_or("qkv_bias", true);
    config.names.shared = "shared_expert";
    config.names.shared_gate = "shared_expert_gate";
}

} // namespace moequant
