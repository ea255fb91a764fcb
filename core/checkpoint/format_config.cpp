#include "core/checkpoint/format.h"

#include "core/checkpoint/linear_patterns.h"

#include <algorithm>
#include <array>
#include <set>

namespace moequant {
namespace {

using nlohmann::ordered_json;

std::set<std::string> keys_of(const std::map<std::string, GridOptions>& linears) {
    std::set<std::string> names;
    for (const auto& entry : linears)
        names.insert(entry.first);
    return names;
}

/// The quantized linears by grid: those of the config's own keys first, then by bits, group size, symmetry.
std::vector<std::pair<GridOptions, std::set<std::string>>> by_grid(const QuantizationRecord& record) {
    std::map<std::tuple<bool, int, std::int64_t, bool>, std::pair<GridOptions, std::set<std::string>>> groups;
    groups[{false, record.grid.bits, record.grid.group_size, record.grid.symmetric}].first = record.grid;
    for (const auto& [name, grid] : record.linears) {
        auto& group = groups[{!same_codes(grid, record.grid), grid.bits, grid.group_size, grid.symmetric}];
        group.first = grid;
        group.second.insert(name);
    }
    std::vector<std::pair<GridOptions, std::set<std::string>>> result;
    for (auto& entry : groups)
        result.push_back(std::move(entry.second));
    return result;
}

ordered_json gptq_config(const QuantizationRecord& record, const std::set<std::string>& float_linears) {
    const std::set<std::string> quantized = keys_of(record.linears);
    std::set<std::string> all = float_linears;
    all.insert(quantized.begin(), quantized.end());
    // The first rule that matches a name decides: what stays float comes first, so that a rule for a whole
    // layer need not spell out the rest.
    ordered_json dynamic = ordered_json::object();
    for (const std::string& pattern : linear_patterns(float_linears, all, ".*\\.", true))
        dynamic["-:" + pattern] = ordered_json::object();
    const auto groups = by_grid(record);
    for (std::size_t i = 1; i < groups.size(); ++i)
        for (const std::string& pattern : linear_patterns(groups[i].second, quantized, ".*\\.", true))
            dynamic["+:" + pattern] = {{"bits", groups[i].first.bits},
                                       {"group_size", groups[i].first.group_size},
                                       {"sym", groups[i].first.symmetric}};

    // The order in which a layer is quantized; the members of one list read the same input.
    std::array<std::vector<std::string>, 4> stages;
    std::set<LinearPlace> kinds;
    for (const std::string& name : quantized) {
        LinearPlace place = place_of(name);
        place.layer = 0;
        kinds.insert(place);
    }
    for (const LinearPlace& kind : kinds) {
        const bool attention = kind.parent.find("attn") != std::string::npos;
        const bool last = kind.part == "o_proj" || kind.part == "down_proj" || kind.part == "w2";
        const std::string expert = kind.expert < 0 ? "" : "." + std::to_string(kind.expert);
        stages[(attention ? 0 : 2) + (last ? 1 : 0)].push_back(kind.parent + expert + "." + kind.part);
    }
    ordered_json modules = ordered_json::array();
    for (const auto& stage : stages)
        if (!stage.empty())
            modules.push_back(stage);

    ordered_json config = {{"quant_method", "gptq"},
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

ordered_json awq_config(const QuantizationRecord& record, const std::set<std::string>& float_linears) {
    // Full names: what reads this looks for them as substrings, and "gate" would also hit gate_proj.
    return {{"quant_method", "awq"},
            {"bits", record.grid.bits},
            {"group_size", stored_group_size(Format::awq, record.grid.group_size)},
            {"zero_point", true},
            {"version", "gemm"},
            {"modules_to_not_convert", float_linears}};
}

ordered_json compressed_weights(const GridOptions& grid, bool act_order) {
    const bool per_channel = grid.group_size == -1;
    ordered_json weights = {{"num_bits", grid.bits},       {"type", "int"},
                            {"symmetric", grid.symmetric}, {"strategy", per_channel ? "channel" : "group"},
                            {"group_size", nullptr},       {"dynamic", false},
                            {"actorder", nullptr},         {"block_structure", nullptr},
                            {"observer", "minmax"},        {"observer_kwargs", ordered_json::object()}};
    if (!per_channel)
        weights["group_size"] = grid.group_size;
    if (act_order)
        weights["actorder"] = "static";
    return weights;
}

bool is_routed(const std::string& name) {
    return place_of(name).expert >= 0;
}

ordered_json compressed_config(const QuantizationRecord& record, const std::set<std::string>& float_linears) {
    const std::set<std::string> quantized = keys_of(record.linears);
    std::set<std::string> all = float_linears;
    all.insert(quantized.begin(), quantized.end());

    // A linear takes the scheme of the pattern that matches its name, and that of its class only without one.
    const auto groups = by_grid(record);
    std::vector<ordered_json> targets;
    std::size_t routed = groups.size(), with_routed = 0; // the group of the routed experts
    for (std::size_t i = 0; i < groups.size(); ++i) {
        targets.push_back(i == 0 ? ordered_json{"Linear"} : ordered_json::array());
        if (std::any_of(groups[i].second.begin(), groups[i].second.end(), is_routed)) {
            routed = i;
            ++with_routed;
        }
        for (const std::string& pattern : linear_patterns(groups[i].second, quantized, ".*"))
            if (i > 0)
                targets[i].push_back("re:" + pattern);
    }
    // transformers takes for all routed experts the first group with a pattern that says "experts", be it
    // about shared ones: theirs stands first and says so.
    std::vector<std::size_t> order(groups.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    if (groups.size() > 1 && with_routed == 1) {
        if (routed == 0) {
            std::set<std::string> experts;
            std::copy_if(quantized.begin(), quantized.end(), std::inserter(experts, experts.end()),
                         is_routed);
            for (const std::string& pattern : linear_patterns(experts, quantized, ".*"))
                targets[0].push_back("re:" + pattern);
        }
        std::rotate(order.begin(), order.begin() + std::ptrdiff_t(routed),
                    order.begin() + std::ptrdiff_t(routed) + 1);
    }
    ordered_json config_groups = ordered_json::object();
    for (std::size_t n = 0; n < order.size(); ++n)
        config_groups["group_" + std::to_string(n)] = {
            {"targets", targets[order[n]]},
            {"weights", compressed_weights(groups[order[n]].first, record.act_order)},
            {"input_activations", nullptr},
            {"output_activations", nullptr}};

    ordered_json ignore = {"lm_head"};
    for (const std::string& pattern : linear_patterns(float_linears, all, ".*"))
        ignore.push_back("re:" + pattern);
    return {{"quant_method", "compressed-tensors"},
            {"format", "pack-quantized"},
            {"quantization_status", "compressed"},
            {"config_groups", config_groups},
            {"ignore", ignore},
            {"global_compression_ratio", nullptr},
            {"kv_cache_scheme", nullptr},
            {"sparsity_config", ordered_json::object()},
            {"transform_config", ordered_json::object()},
            {"version", "0.12.0"}};
}

} // namespace

ordered_json quantization_config(const QuantizationRecord& record,
                                 const std::vector<std::string>& float_linears) {
    const std::set<std::string> kept(float_linears.begin(), float_linears.end());
    switch (record.format) {
    case Format::gptq:
        return gptq_config(record, kept);
    case Format::compressed_tensors:
        return compressed_config(record, kept);
    case Format::awq:
        return awq_config(record, kept);
    case Format::floating:
        break;
    }
    return nullptr;
}

} // namespace moequant
