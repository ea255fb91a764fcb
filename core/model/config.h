// A config.json in the decoder's own terms. A family file (family_*.cpp) says how its keys map to these.
#pragma once
#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

struct LayerConfig {
    bool moe = false;
    std::int64_t dense_intermediate = 0;  ///< width of the plain MLP when !moe
    std::int64_t experts = 0, top_k = 0;  ///< routed experts
    std::int64_t expert_intermediate = 0; ///< width of one routed expert
    std::int64_t shared_intermediate = 0; ///< width of the fused shared experts, 0: none
    bool shared_gate = false;             ///< sigmoid gate before the shared expert
    bool normalize_top_k = false;         ///< coefficients renormalised to sum 1
    std::int64_t sliding_window = 0;      ///< positions seen back, itself included; 0: all
};

/// How a family names its tensors; module paths below `model.layers.N.`.
struct TensorNames {
    std::string moe = "mlp";                                            ///< block of router and experts
    std::string gate = "gate_proj", up = "up_proj", down = "down_proj"; ///< of routed experts
    std::string router = "gate";
    std::string shared;      ///< "shared_expert", "shared_experts" or empty
    std::string shared_gate; ///< "shared_expert_gate" or empty
};

struct ModelConfig {
    std::string model_type;
    std::int64_t hidden_size = 0, vocab_size = 0, max_positions = 0;
    std::int64_t heads = 0, kv_heads = 0, head_dim = 0;
    double rms_norm_eps = 1e-6, rope_theta = 10000;
    bool qkv_bias = false, o_bias = false, tie_word_embeddings = false;
    std::vector<LayerConfig> layers;
    TensorNames names;
    std::vector<std::int32_t> special_ids; ///< bos, eos and pad ids of the config, ascending, without doubles
    std::optional<std::int32_t> bos, eos;
    nlohmann::json raw; ///< config.json as read

    std::int64_t moe_layers() const;
};

/// Reads `folder/config.json`. Throws RequestError naming the file and the key: missing, wrong type, out of
/// range, unsupported family, activation or RoPE scaling.
ModelConfig read_config(const std::filesystem::path& folder);

/// Which part of a layer a linear is.
enum class Role { Q, K, V, O, Router, SharedGate, Gate, Up, Down };

/// One linear of the decoder, in the order of the checkpoint's forward.
struct LinearInfo {
    std::string name; ///< module path without ".weight"
    int layer = 0;
    Role role = Role::Q;
    int expert = none; ///< routed expert's index, `shared` or `none`
    std::int64_t rows = 0, columns = 0;
    bool bias = false;
    static constexpr int none = -1, shared = -2;
};

/// All linears of the decoder layers: attention, router and shared gate, dense, shared and routed MLPs.
std::vector<LinearInfo> decoder_linears(const ModelConfig& config);
std::vector<LinearInfo> layer_linears(const ModelConfig& config, int layer);

/// `model.layers.N`.
std::string layer_prefix(int layer);

/// The JSON form of LinearInfo::expert: the index, "shared" or null.
nlohmann::json expert_json(int expert);

/// Parameters of the decoder with embeddings: all, and those one token uses.
struct ParameterCount {
    std::int64_t total = 0, active = 0;
};
ParameterCount count_parameters(const ModelConfig& config);

} // namespace moequant
