#include "core/checkpoint/stored_scheme.h"

#include "core/job/error.h"

#include <cctype>
#include <string_view>

namespace moequant {

using nlohmann::json;

namespace {

/// What a pattern says before its first special character; nothing where it has alternatives at the top.
std::string plain_prefix(const std::string& pattern) {
    std::string prefix;
    int depth = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\')
            ++i;
        else if (pattern[i] == '(')
            ++depth;
        else if (pattern[i] == ')')
            --depth;
        else if (pattern[i] == '|' && depth <= 0)
            return {};
    }
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool dot = pattern[i] == '\\' && i + 1 < pattern.size() && pattern[i + 1] == '.';
        const std::size_t next = i + (dot ? 2 : 1);
        const bool plain = dot || std::isalnum(static_cast<unsigned char>(pattern[i])) || pattern[i] == '_';
        const bool repeated =
            next < pattern.size() && std::string_view("*?{+").find(pattern[next]) != std::string_view::npos;
        if (!plain || repeated)
            break;
        prefix += dot ? '.' : pattern[i];
        i += dot;
    }
    return prefix;
}

} // namespace

StoredSchemes::StoredSchemes(const json& config, std::string file) : file_(std::move(file)) {
    try {
        const std::string method = config.value("quant_method", std::string("gptq"));
        if (method == "gptq")
            read_gptq(config);
        else if (method == "compressed-tensors")
            read_compressed(config);
        else if (method == "awq")
            read_awq(config);
        else
            fail("quantization method " + method + " is not supported");
    } catch (const json::exception&) {
        fail("malformed quantization_config");
    }
}

void StoredSchemes::fail(const std::string& fault) const {
    throw RequestError(file_, fault);
}

void StoredSchemes::check_bits(int bits) const {
    const bool known = bits == 4 || (bits == 8 && format_ != Format::awq) ||
                       ((bits == 2 || bits == 3) && format_ == Format::gptq);
    if (!known)
        fail(std::to_string(bits) + " bits are not supported");
}

void StoredSchemes::add_rule(const std::string& pattern, const LinearScheme& scheme) {
    check_bits(scheme.bits);
    try {
        rules_.push_back({plain_prefix(pattern),
                          std::regex(pattern, std::regex::ECMAScript | std::regex::optimize), scheme});
    } catch (const std::regex_error&) {
        fail("the pattern " + pattern + " of the quantization_config cannot be read");
    }
}

void StoredSchemes::read_gptq(const json& config) {
    const std::string version = config.value("checkpoint_format", std::string("gptq"));
    if (version != "gptq" && version != "gptq_v2")
        fail("checkpoint_format " + version + " is not supported");
    if (config.value("pack_dtype", std::string("int32")) != "int32")
        fail("only pack_dtype int32 is supported");
    zeros_minus_one_ = version == "gptq";
    default_ = {config.at("bits"), config.value("group_size", std::int64_t(0)), config.value("sym", true),
                config.value("desc_act", false)};
    check_bits(default_.bits);
    if (!config.contains("dynamic") || config["dynamic"].is_null())
        return;
    for (const auto& [key, values] : config["dynamic"].items()) {
        // A rule that leaves linears float ends the search as well; a packed one then has the config's keys.
        LinearScheme scheme = default_;
        if (!key.starts_with("-:")) {
            scheme.bits = values.value("bits", scheme.bits);
            scheme.group_size = values.value("group_size", scheme.group_size);
            scheme.symmetric = values.value("sym", scheme.symmetric);
            scheme.act_order = values.value("desc_act", scheme.act_order);
        }
        add_rule(key.starts_with("-:") || key.starts_with("+:") ? key.substr(2) : key, scheme);
    }
}

void StoredSchemes::read_compressed(const json& config) {
    format_ = Format::compressed_tensors;
    has_default_ = false;
    const std::string format = config.value("format", std::string());
    if (format != "pack-quantized" && format != "mixed-precision")
        fail("compressed-tensors format " + format + " is not supported");
    for (const auto& [name, group] : config.at("config_groups").items()) {
        const auto own = group.find("format");
        const std::string of_group = own == group.end() || own->is_null() ? format : own->get<std::string>();
        if (of_group != "pack-quantized")
            fail("compressed-tensors format " + of_group + " of " + name + " is not supported");
        const json& weights = group.at("weights");
        if (weights.value("type", std::string("int")) != "int")
            fail("only integer weights are supported");
        LinearScheme scheme{weights.at("num_bits"), 0, weights.value("symmetric", true),
                            weights.contains("actorder") && weights["actorder"].is_string()};
        if (weights.contains("group_size") && weights["group_size"].is_number_integer())
            scheme.group_size = weights["group_size"];
        else if (weights.value("strategy", std::string()) == "channel")
            scheme.group_size = -1;
        check_bits(scheme.bits);
        for (const json& entry : group.at("targets")) {
            const std::string target = entry;
            if (target.starts_with("re:")) {
                add_rule(target.substr(3), scheme);
            } else if (target == "Linear") {
                if (!has_default_)
                    default_ = scheme;
                has_default_ = true;
            } else {
                named_.try_emplace(target, scheme);
            }
        }
    }
}

void StoredSchemes::read_awq(const json& config) {
    format_ = Format::awq;
    const std::string version = config.value("version", std::string("gemm"));
    if (version != "gemm" && version != "GEMM")
        fail("awq version " + version + " is not supported");
    if (!config.value("zero_point", true))
        fail("awq without zero points is not supported");
    const char* bits = config.contains("bits") ? "bits" : "w_bit"; // AutoAWQ's own quant_config.json
    default_ = {config.at(bits), config.value("group_size", config.value("q_group_size", std::int64_t(0))),
                false, false};
    check_bits(default_.bits);
}

LinearScheme StoredSchemes::of(const std::string& linear) const {
    if (const auto found = named_.find(linear); found != named_.end())
        return found->second;
    for (const Rule& rule : rules_)
        if (linear.starts_with(rule.prefix) &&
            std::regex_search(linear, rule.pattern, std::regex_constants::match_continuous))
            return rule.scheme;
    if (!has_default_)
        fail("no quantization group of the config has the linear " + linear);
    return default_;
}

} // namespace moequant
