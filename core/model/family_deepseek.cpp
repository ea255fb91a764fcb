// DeepSeek-MoE (v1): dense first layers, then routed experts beside ungated shared experts that are stored as
// one MLP of n_shared_experts × moe_intermediate_size. Softmax, then top-k; renormalised only when
// norm_topk_prob says so. Reference: the model's own published modelling file, restated in
// tests/oracle/deepseek_v1.py.
#include "core/model/family.h"

namespace moequant {

void describe_deepseek(const ConfigReader& reader, ModelConfig& config) {
    if (const auto scoring = reader.text_or("scoring_func", "softmax"); scoring != "softmax")
        reader.fault("scoring_func", "is '" + scoring + "', only softmax is known for this family");
    const bool routed = reader.has("n_routed_experts");
    const std::int64_t first = reader.integer_or("first_k_dense_replace", 0, 1 << 20, 0);
    const std::int64_t frequency = reader.integer_or("moe_layer_freq", 1, 1 << 20, 1);
    for (std::size_t i = 0; i < config.layers.size(); ++i) {
        LayerConfig& layer = config.layers[i];
        layer.moe = routed && std::int64_t(i) >= first && std::int64_t(i) % frequency == 0;
        if (!layer.moe) {
            layer.dense_intermediate = reader.integer("intermediate_size", 1, 1 << 22);
            continue;
        }
        layer.experts = reader.integer("n_routed_experts", 1, 4096);
        layer.top_k = reader.integer("num_experts_per_tok", 1, layer.experts);
        layer.expert_intermediate = reader.integer("moe_intermediate_size", 1, 1 << 22);
        layer.shared_intermediate =
            reader.integer_or("n_shared_experts", 1, 1 << 10, 0) * layer.expert_intermediate;
        layer.normalize_top_k = reader.boolean_or("norm_topk_prob", false);
    }
    config.qkv_bias = config.o_bias = reader.boolean_or("attention_bias", false);
    config.names.shared = "shared_experts";
}

} // namespace moequant
