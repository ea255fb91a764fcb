// Mixtral: every layer a MoE of renormalised top-k experts, no shared expert. Reference: transformers
// `mixtral`.
#include "core/model/family.h"

namespace moequant {

void describe_mixtral(const ConfigReader& reader, ModelConfig& config) {
    LayerConfig layer;
    layer.moe = true;
    layer.experts = reader.integer("num_local_experts", 1, 4096);
    layer.top_k = reader.integer("num_experts_per_tok", 1, layer.experts);
    layer.expert_intermediate = reader.integer("intermediate_size", 1, 1 << 22);
    layer.normalize_top_k = true;
    layer.sliding_window = reader.integer_or("sliding_window", 1, std::int64_t(1) << 40, 0);
    for (LayerConfig& each : config.layers)
        each = layer;
    config.names.moe = "block_sparse_moe";
    config.names.gate = "w1";
    config.names.up = "w3";
    config.names.down = "w2";
}

} // namespace moequant
