#include "core/model/config.h"

#include "core/job/error.h"
#include "core/model/family.h"

#include <algorithm>
#include <fstream>

namespace moequant {

using nlohmann::json;

bool ConfigReader::has(const std::string& key) const {
    return document_.contains(key) && !document_[key].is_null();
}

void ConfigReader::fault(const std::string& key, const std::string& text) const {
    throw RequestError(file_, "'" + key + "' " + text);
}

std::int64_t ConfigReader::integer(const std::string& key, std::int64_t low, std::int64_t high) const {
    if (!has(key))
        fault(key, "is missing");
    const json& value = document_[key];
    if (!value.is_number_integer())
        fault(key, "is not a whole number");
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t(high))
        fault(key, "is out of range (" + value.dump() + ")");
    const auto number = value.get<std::int64_t>();
    if (number < low || number > high)
        fault(key, "is out of range (" + std::to_string(number) + ")");
    return number;
}

std::int64_t ConfigReader::integer_or(const std::string& key, std::int64_t low, std::int64_t high,
                                      std::int64_t fallback) const {
    return has(key) ? integer(key, low, high) : fallback;
}

double ConfigReader::number_or(const std::string& key, double fallback) const {
    if (!has(key))
        return fallback;
    if (!document_[key].is_number())
        fault(key, "is not a number");
    return document_[key].get<double>();
}

bool ConfigReader::boolean_or(const std::string& key, bool fallback) const {
    if (!has(key))
        return fallback;
    if (!document_[key].is_boolean())
        fault(key, "is not true or false");
    return document_[key].get<bool>();
}

std::string ConfigReader::text_or(const std::string& key, const std::string& fallback) const {
    if (!has(key))
        return fallback;
    if (!document_[key].is_string())
        fault(key, "is not a text");
    return document_[key].get<std::string>();
}

std::vector<std::int64_t> ConfigReader::integers_or_empty(const std::string& key) const {
    std::vector<std::int64_t> result;
    if (!has(key))
        return result;
    if (!document_[key].is_array())
        fault(key, "is not a list");
    for (const json& value : document_[key]) {
        if (!value.is_number_integer())
            fault(key, "holds something that is not a whole number");
        result.push_back(value.get<std::int64_t>());
    }
    return result;
}

const std::vector<Family>& families() {
    static const std::vector<Family> table = {
        {"mixtral", describe_mixtral}, {"qwen2_moe", describe_qwen2_moe}, {"deepseek", describe_deepseek}};
    return table;
}

namespace {

void read_rope(const json& document, const ConfigReader& reader, const std::string& file,
               ModelConfig& config) {
    config.rope_theta = reader.number_or("rope_theta", 10000);
    if (reader.has("partial_rotary_factor") && reader.number_or("partial_rotary_factor", 1) != 1)
        reader.fault("partial_rotary_factor", "other than 1 is not supported");
    for (const char* key : {"rope_scaling", "rope_parameters"}) {
        if (!reader.has(key))
            continue;
        if (!document[key].is_object())
            reader.fault(key, "is not an object");
        const ConfigReader inner(document[key], file);
        const auto type = inner.text_or("rope_type", inner.text_or("type", "default"));
        if (type != "default")
            reader.fault(key, "of type '" + type + "' is not supported");
        config.rope_theta = inner.number_or("rope_theta", config.rope_theta);
    }
    if (!(config.rope_theta > 0))
        reader.fault("rope_theta", "must be above 0");
}

std::optional<std::int32_t> read_special(const json& document, const ConfigReader& reader,
                                         const std::string& key, ModelConfig& config) {
    if (!reader.has(key))
        return std::nullopt;
    // Some configs list several end tokens; the first is the one that ends a document.
    const json list = document[key].is_array() ? document[key] : json::array({document[key]});
    std::optional<std::int32_t> first;
    for (const json& value : list) {
        if (!value.is_number_integer())
            reader.fault(key, "is not a token id");
        const auto id = value.get<std::int64_t>();
        if (id < 0)
            continue; // -1 is how some writers say "none"
        if (id >= config.vocab_size)
            reader.fault(key, "is no token of the vocabulary (" + std::to_string(id) + ")");
        config.special_ids.push_back(std::int32_t(id));
        if (!first)
            first = std::int32_t(id);
    }
    return first;
}

} // namespace

ModelConfig read_config(const std::filesystem::path& folder) {
    const auto path = folder / "config.json";
    const std::string file = path.string();
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw RequestError(file, "cannot be opened");
    const json document = json::parse(in, nullptr, false);
    if (!document.is_object())
        throw RequestError(file, "is not a JSON object");

    const ConfigReader reader(document, file);
    ModelConfig config;
    config.raw = document;
    config.model_type = reader.text_or("model_type", "");
    const auto family = std::find_if(families().begin(), families().end(), [&](const Family& each) {
        return each.model_type == config.model_type;
    });
    if (family == families().end()) {
        std::string known;
        for (const Family& each : families())
            known += (known.empty() ? "" : ", ") + each.model_type;
        reader.fault("model_type", "'" + config.model_type + "' is not supported (supported: " + known + ")");
    }
    config.hidden_size = reader.integer("hidden_size", 1, 1 << 20);
    config.vocab_size = reader.integer("vocab_size", 1, 1 << 24);
    config.max_positions = reader.integer("max_position_embeddings", 1, std::int64_t(1) << 32);
    config.heads = reader.integer("num_attention_heads", 1, 4096);
    config.kv_heads = reader.integer_or("num_key_value_heads", 1, 4096, config.heads);
    if (config.heads % config.kv_heads != 0)
        reader.fault("num_key_value_heads", "does not divide num_attention_heads");
    if (!reader.has("head_dim") && config.hidden_size % config.heads != 0)
        reader.fault("hidden_size", "is no multiple of num_attention_heads");
    config.head_dim = reader.integer_or("head_dim", 1, 1 << 16, config.hidden_size / config.heads);
    if (config.head_dim % 2 != 0)
        reader.fault("head_dim", "is odd, which RoPE cannot rotate");
    config.rms_norm_eps = reader.number_or("rms_norm_eps", 1e-6);
    config.tie_word_embeddings = reader.boolean_or("tie_word_embeddings", false);
    if (const auto act = reader.text_or("hidden_act", "silu"); act != "silu")
        reader.fault("hidden_act", "'" + act + "' is not supported (only silu)");
    read_rope(document, reader, file, config);
    config.layers.resize(std::size_t(reader.integer("num_hidden_layers", 1, 4096)));
    family->describe(reader, config);

    config.bos = read_special(document, reader, "bos_token_id", config);
    config.eos = read_special(document, reader, "eos_token_id", config);
    read_special(document, reader, "pad_token_id", config);
    std::sort(config.special_ids.begin(), config.special_ids.end());
    config.special_ids.erase(std::unique(config.special_ids.begin(), config.special_ids.end()),
                             config.special_ids.end());
    return config;
}

std::int64_t ModelConfig::moe_layers() const {
    return std::count_if(layers.begin(), layers.end(), [](const LayerConfig& layer) { return layer.moe; });
}

std::string layer_prefix(int layer) {
    return "model.layers." + std::to_string(layer);
}

json expert_json(int expert) {
    if (expert == LinearInfo::shared)
        return "shared";
    return expert == LinearInfo::none ? json() : json(expert);
}

std::vector<LinearInfo> layer_linears(const ModelConfig& config, int index) {
    const LayerConfig& layer = config.layers.at(std::size_t(index));
    const TensorNames& names = config.names;
    const std::string prefix = layer_prefix(index);
    const std::int64_t hidden = config.hidden_size, inner = config.heads * config.head_dim,
                       kv = config.kv_heads * config.head_dim;
    std::vector<LinearInfo> result = {
        {prefix + ".self_attn.q_proj", index, Role::Q, LinearInfo::none, inner, hidden, config.qkv_bias},
        {prefix + ".self_attn.k_proj", index, Role::K, LinearInfo::none, kv, hidden, config.qkv_bias},
        {prefix + ".self_attn.v_proj", index, Role::V, LinearInfo::none, kv, hidden, config.qkv_bias},
        {prefix + ".self_attn.o_proj", index, Role::O, LinearInfo::none, hidden, inner, config.o_bias}};
    const auto add_mlp = [&](const std::string& path, int expert, std::int64_t width, const std::string& gate,
                             const std::string& up, const std::string& down) {
        result.push_back({path + "." + gate, index, Role::Gate, expert, width, hidden});
        result.push_back({path + "." + up, index, Role::Up, expert, width, hidden});
        result.push_back({path + "." + down, index, Role::Down, expert, hidden, width});
    };
    if (!layer.moe) {
        add_mlp(prefix + ".mlp", LinearInfo::none, layer.dense_intermediate, "gate_proj", "up_proj",
                "down_proj");
        return result;
    }
    const std::string block = prefix + "." + names.moe;
    result.push_back(
        {block + "." + names.router, index, Role::Router, LinearInfo::none, layer.experts, hidden});
    if (layer.shared_gate)
        result.push_back(
            {block + "." + names.shared_gate, index, Role::SharedGate, LinearInfo::none, 1, hidden});
    if (layer.shared_intermediate > 0)
        add_mlp(block + "." + names.shared, LinearInfo::shared, layer.shared_intermediate, "gate_proj",
                "up_proj", "down_proj");
    for (int e = 0; e < layer.experts; ++e)
        add_mlp(block + ".experts." + std::to_string(e), e, layer.expert_intermediate, names.gate, names.up,
                names.down);
    return result;
}

std::vector<LinearInfo> decoder_linears(const ModelConfig& config) {
    std::vector<LinearInfo> result;
    for (int i = 0; i < int(config.layers.size()); ++i) {
        auto layer = layer_linears(config, i);
        result.insert(result.end(), layer.begin(), layer.end());
    }
    return result;
}

ParameterCount count_parameters(const ModelConfig& config) {
    ParameterCount count;
    const std::int64_t embedding = config.vocab_size * config.hidden_size;
    count.total = count.active = embedding * (config.tie_word_embeddings ? 1 : 2) + config.hidden_size;
    for (const LinearInfo& linear : decoder_linears(config)) {
        const LayerConfig& layer = config.layers[std::size_t(linear.layer)];
        const std::int64_t size = linear.rows * linear.columns + (linear.bias ? linear.rows : 0);
        count.total += size;
        if (linear.expert < 0 || linear.expert < layer.top_k)
            count.active += size;
    }
    const std::int64_t norms = std::int64_t(config.layers.size()) * 2 * config.hidden_size;
    count.total += norms;
    count.active += norms;
    return count;
}

} // namespace moequant
