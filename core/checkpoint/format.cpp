#include "core/checkpoint/format.h"

#include "core/job/error.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace moequant {
namespace {

std::string last_part(const std::string& name) {
    return name.substr(name.rfind('.') + 1);
}

/// "model.layers.3.mlp.gate" → "mlp.gate"; names outside the layers stay as they are.
std::string within_layer(const std::string& name) {
    constexpr std::string_view layers = "model.layers.";
    if (name.compare(0, layers.size(), layers) != 0)
        return name;
    const std::size_t dot = name.find('.', layers.size());
    return dot == std::string::npos ? name : name.substr(dot + 1);
}

/// Serving software builds these as parts of one matrix, which is quantized as a whole or not at all.
bool is_fused(const std::string& name) {
    static const std::set<std::string> parts{"q_proj",  "k_proj", "v_proj", "gate_proj",
                                             "up_proj", "w1",     "w3"};
    return parts.contains(last_part(name)) || name.find(".experts.") != std::string::npos;
}

std::string escape_dots(const std::string& name) {
    std::string pattern;
    for (const char c : name) {
        if (c == '.')
            pattern += '\\';
        pattern += c;
    }
    return pattern;
}

/// Regular expressions that match exactly these linears: one for a kind of linear of which none is quantized,
/// the full name otherwise. `any` matches what stands before the kind.
std::vector<std::string> patterns(const std::vector<std::string>& float_linears,
                                  const std::set<std::string>& quantized, const std::string& any) {
    std::set<std::string> mixed;
    for (const std::string& name : quantized)
        mixed.insert(within_layer(name));
    std::vector<std::string> result;
    for (const std::string& name : float_linears) {
        const std::string kind = within_layer(name);
        if (kind == name) // not in a layer: lm_head, which has a key of its own in either format
            continue;
        const std::string pattern =
            (mixed.contains(kind) ? escape_dots(name) : any + escape_dots(kind)) + "$";
        if (std::find(result.begin(), result.end(), pattern) == result.end())
            result.push_back(pattern);
    }
    return result;
}

std::string count(std::int64_t number, const char* what) {
    return std::to_string(number) + " " + what;
}

/// Why this format cannot hold the linear; empty when it can.
std::string obstacle(Format format, const GridOptions& grid, const std::string& model_type,
                     const LinearShape& linear) {
    if (format == Format::gptq) {
        if (model_type == "deepseek" && linear.name.find(".self_attn.") != std::string::npos)
            return "serving software builds this model's attention without quantization in gptq checkpoints";
        if (linear.cols % 32 != 0)
            return count(linear.cols, "columns, gptq packs multiples of 32");
        if (linear.rows % 32 != 0)
            return count(linear.rows, "rows, gptq packs multiples of 32");
    }
    if (grid.group_size > 0 && linear.cols % grid.group_size != 0)
        return count(linear.cols, "columns, no multiple of the group size ") +
               std::to_string(grid.group_size);
    return {};
}

nlohmann::ordered_json gptq_config(const QuantizationRecord& record,
                                   const std::vector<std::string>& float_linears) {
    nlohmann::ordered_json dynamic = nlohmann::ordered_json::object();
    const std::set<std::string> quantized(record.quantized.begin(), record.quantized.end());
    for (const std::string& pattern : patterns(float_linears, quantized, ".*\\."))
        dynamic["-:" + pattern] = nlohmann::ordered_json::object();

    // The order in which a layer is quantized; the members of one list read the same input.
    std::array<std::vector<std::string>, 4> stages;
    std::set<std::string> seen;
    for (const std::string& name : record.quantized) {
        const std::string kind = within_layer(name), part = last_part(name);
        if (!seen.insert(kind).second)
            continue;
        const bool attention = kind.find("attn.") != std::string::npos;
        const bool last = part == "o_proj" || part == "down_proj" || part == "w2";
        stages[(attention ? 0 : 2) + (last ? 1 : 0)].push_back(kind);
    }
    nlohmann::ordered_json modules = nlohmann::ordered_json::array();
    for (const auto& stage : stages)
        if (!stage.empty())
            modules.push_back(stage);

    nlohmann::ordered_json config = {{"quant_method", "gptq"},
                                     {"bits", record.grid.bits},
                                     {"group_size", record.grid.group_size},
                                     {"desc_act", record.act_order},
                                     {"sym", record.grid.symmetric},
                                     {"lm_head", false},
                                     {"checkpoint_format", "gptq"},
                                     {"pack_dtype", "int32"},
                                     {"dynamic", dynamic},
                                     {"modules_in_block_to_quantize", modules},
                                     {"meta",
                                      {{"quantizer", {std::string("moequant_workbench:") + MOEQUANT_VERSION}},
                                       {"damp_percent", record.damp}}}};
    if (record.act_order)
        config["static_groups"] = true;
    return config;
}

nlohmann::ordered_json compressed_config(const QuantizationRecord& record,
                                         const std::vector<std::string>& float_linears) {
    const bool per_channel = record.grid.group_size == -1;
    nlohmann::ordered_json weights = {{"num_bits", record.grid.bits},
                                      {"type", "int"},
                                      {"symmetric", record.grid.symmetric},
                                      {"strategy", per_channel ? "channel" : "group"},
                                      {"group_size", nullptr},
                                      {"dynamic", false},
                                      {"actorder", nullptr},
                                      {"block_structure", nullptr},
                                      {"observer", "minmax"},
                                      {"observer_kwargs", nlohmann::ordered_json::object()}};
    if (!per_channel)
        weights["group_size"] = record.grid.group_size;
    if (record.act_order)
        weights["actorder"] = "static";
    nlohmann::ordered_json ignore = {"lm_head"};
    const std::set<std::string> quantized(record.quantized.begin(), record.quantized.end());
    for (const std::string& pattern : patterns(float_linears, quantized, ".*"))
        ignore.push_back("re:" + pattern);
    return {{"quant_method", "compressed-tensors"},
            {"format", "pack-quantized"},
            {"quantization_status", "compressed"},
            {"config_groups",
             {{"group_0",
               {{"targets", {"Linear"}},
                {"weights", weights},
                {"input_activations", nullptr},
                {"output_activations", nullptr}}}}},
            {"ignore", ignore},
            {"global_compression_ratio", nullptr},
            {"kv_cache_scheme", nullptr},
            {"sparsity_config", nlohmann::ordered_json::object()},
            {"transform_config", nlohmann::ordered_json::object()},
            {"version", "0.12.0"}};
}

} // namespace

Format parse_format(const std::string& name) {
    if (name == "gptq")
        return Format::gptq;
    if (name == "compressed-tensors")
        return Format::compressed_tensors;
    throw RequestError("format " + name + ": must be gptq or compressed-tensors");
}

std::string format_name(Format format) {
    return format == Format::gptq ? "gptq" : "compressed-tensors";
}

at::ScalarType scale_dtype_of(Format format, at::ScalarType model_dtype) {
    return format == Format::compressed_tensors && model_dtype == at::kBFloat16 ? at::kBFloat16 : at::kHalf;
}

GridOptions grid_for(Format format, at::ScalarType model_dtype, GridOptions grid) {
    grid.scale_dtype = scale_dtype_of(format, model_dtype);
    grid.min_zero = format == Format::gptq ? 1 : 0;
    return grid;
}

FormatCheck check_format(Format format, const GridOptions& grid, const std::string& model_type,
                         const std::vector<LinearShape>& linears) {
    const std::set<int> known = format == Format::gptq ? std::set<int>{2, 3, 4, 8} : std::set<int>{4, 8};
    if (!known.contains(grid.bits))
        throw RequestError("format " + format_name(format) + " holds " +
                           (format == Format::gptq ? "2, 3, 4 or 8" : "4 or 8") + " bits, not " +
                           std::to_string(grid.bits));
    if (grid.group_size < 1)
        check_grid(grid, 1, ""); // says what a group size may be
    FormatCheck check;
    for (const LinearShape& linear : linears) {
        const std::string reason = obstacle(format, grid, model_type, linear);
        const bool whole_attention =
            model_type == "deepseek" && linear.name.find(".self_attn.") != std::string::npos;
        if (!reason.empty() && is_fused(linear.name) && !(format == Format::gptq && whole_attention))
            throw RequestError(linear.name,
                               reason + ", and it cannot stay float alone: it is served fused with others");
        check.linears.push_back({linear.name, reason.empty(), reason});
    }
    if (format == Format::gptq && (!grid.symmetric || (grid.bits != 4 && grid.bits != 8)))
        check.notes.push_back("vLLM loads gptq checkpoints of 4 or 8 symmetric bits only");
    if (format == Format::compressed_tensors && !grid.symmetric)
        check.notes.push_back("transformers (5.23) does not load routed experts with zero points");
    static const std::set<std::int64_t> fast_groups{-1, 32, 64, 128};
    if (!fast_groups.contains(grid.group_size))
        check.notes.push_back("vLLM's fast kernels know group sizes -1, 32, 64 and 128 only");
    return check;
}

nlohmann::ordered_json quantization_config(const QuantizationRecord& record,
                                           const std::vector<std::string>& float_linears) {
    return record.format == Format::gptq ? gptq_config(record, float_linears)
                                         : compressed_config(record, float_linears);
}

} // namespace moequant
