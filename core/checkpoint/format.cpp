#include "core/checkpoint/format.h"

#include "core/checkpoint/linear_patterns.h"
#include "core/job/error.h"

#include <algorithm>
#include <array>
#include <set>

namespace moequant {
namespace {

constexpr std::array<std::pair<Format, const char*>, 4> kNames{
    {{Format::gptq, "gptq"},
     {Format::compressed_tensors, "compressed-tensors"},
     {Format::awq, "awq"},
     {Format::floating, "float"}}};

/// What serving software builds as one matrix, quantized as a whole or not at all: q/k/v of an attention,
/// gate and up of an MLP, all routed experts of a layer. Empty for a linear that stands alone.
std::string fused_with(const std::string& name) {
    const LinearPlace place = place_of(name);
    const std::string block = name.substr(0, name.rfind('.'));
    if (place.expert >= 0)
        return "model.layers." + std::to_string(place.layer) + "." + place.parent;
    static const std::set<std::string> attention{"q_proj", "k_proj", "v_proj"}, mlp{"gate_proj", "up_proj"};
    if (attention.contains(place.part))
        return block + ", q/k/v";
    return mlp.contains(place.part) ? block + ", gate/up" : "";
}

bool is_attention(const std::string& name) {
    return name.find(".self_attn.") != std::string::npos;
}

std::string count(std::int64_t number, const char* what) {
    return std::to_string(number) + " " + what;
}

std::string text_of(const GridOptions& grid) {
    return std::to_string(grid.bits) + " bits" + (grid.symmetric ? "" : " asymmetric") +
           (grid.group_size < 0 ? " per channel" : " in groups of " + std::to_string(grid.group_size));
}

/// The codes the format knows; throws naming the linear.
void check_bits(Format format, const LinearShape& linear) {
    struct Known {
        std::set<int> bits;
        const char* text;
    };
    static const std::map<Format, Known> known{{Format::gptq, {{2, 3, 4, 8}, "2, 3, 4 or 8"}},
                                               {Format::compressed_tensors, {{4, 8}, "4 or 8"}},
                                               {Format::awq, {{4}, "4"}},
                                               {Format::floating, {{2, 3, 4, 5, 6, 7, 8}, "2 to 8"}}};
    const Known& of = known.at(format);
    if (!of.bits.contains(linear.grid.bits))
        throw RequestError(linear.name, "format " + format_name(format) + " holds " + of.text +
                                            " bits, not " + std::to_string(linear.grid.bits));
}

/// Why this format cannot hold the linear; empty when it can.
std::string obstacle(Format format, const std::string& model_type, const LinearShape& linear) {
    if (format == Format::gptq) {
        if (model_type == "deepseek" && is_attention(linear.name))
            return "serving software builds this model's attention without quantization in gptq checkpoints";
        if (linear.cols % 32 != 0)
            return count(linear.cols, "columns, gptq packs multiples of 32");
    }
    if ((format == Format::gptq || format == Format::awq) && linear.rows % 32 != 0)
        return count(linear.rows, ("rows, " + format_name(format) + " packs multiples of 32").c_str());
    const std::int64_t group = stored_group_size(format, linear.grid.group_size);
    if (group > 0 && linear.cols % group != 0)
        return count(linear.cols, "columns, no multiple of the group size ") + std::to_string(group);
    return {};
}

/// Linears that are served as one matrix and have different grids: the formats hold them.
void note_mixed(Format format, const std::vector<LinearShape>& linears, std::set<std::string>& notes) {
    std::map<std::string, const LinearShape*> first;
    bool experts = false, others = false, first_expert_differs = false;
    const GridOptions* routed = nullptr;
    for (const LinearShape& linear : linears) {
        const std::string block = fused_with(linear.name);
        const bool expert = place_of(linear.name).expert >= 0;
        if (expert) {
            first_expert_differs |= routed && !same_codes(*routed, linear.grid);
            routed = routed ? routed : &linear.grid;
        }
        if (block.empty())
            continue;
        const LinearShape& one = *first.try_emplace(block, &linear).first->second;
        if (same_codes(one.grid, linear.grid))
            continue;
        (expert ? experts : others) = true;
    }
    if (experts && format == Format::gptq)
        notes.insert("vLLM refuses experts of one layer with different bits; GPTQModel loads them");
    if (experts && format == Format::compressed_tensors)
        notes.insert("vLLM reads every expert of a layer with the bits of its first one");
    if (first_expert_differs && format == Format::compressed_tensors)
        notes.insert(
            "transformers (5.23) reads all routed experts with one grid and refuses or misreads others");
    if (others)
        notes.insert("vLLM refuses different grids inside q/k/v or gate/up, which it builds as one matrix");
}

} // namespace

Format parse_format(const std::string& name) {
    for (const auto& [format, text] : kNames)
        if (name == text)
            return format;
    throw RequestError("format " + name + ": must be gptq, compressed-tensors, awq or float");
}

std::string format_name(Format format) {
    for (const auto& [known, text] : kNames)
        if (known == format)
            return text;
    throw std::logic_error("unknown format");
}

at::ScalarType scale_dtype_of(Format format, at::ScalarType model_dtype) {
    if (format == Format::floating)
        return at::kFloat;
    return format == Format::compressed_tensors && model_dtype == at::kBFloat16 ? at::kBFloat16 : at::kHalf;
}

GridOptions grid_for(Format format, at::ScalarType model_dtype, GridOptions grid) {
    grid.scale_dtype = scale_dtype_of(format, model_dtype);
    grid.min_zero = format == Format::gptq ? 1 : 0;
    return grid;
}

std::int64_t stored_group_size(Format format, std::int64_t group_size) {
    return format == Format::awq && group_size == -1 ? 128 : group_size;
}

bool same_codes(const GridOptions& a, const GridOptions& b) {
    return a.bits == b.bits && a.group_size == b.group_size && a.symmetric == b.symmetric;
}

GridOptions majority_grid(const std::map<std::string, GridOptions>& linears) {
    std::vector<std::pair<GridOptions, std::int64_t>> counts;
    for (const auto& entry : linears) {
        const auto found = std::find_if(counts.begin(), counts.end(), [&](const auto& counted) {
            return same_codes(counted.first, entry.second);
        });
        if (found == counts.end())
            counts.emplace_back(entry.second, 1);
        else
            ++found->second;
    }
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? GridOptions() : most->first;
}

FormatCheck check_format(Format format, const std::string& model_type,
                         const std::vector<LinearShape>& linears, const std::vector<std::string>& skipped) {
    FormatCheck check;
    std::set<std::string> notes;
    std::map<std::string, std::string> quantized; // fused block: a quantized linear of it
    const bool served = format != Format::floating;
    for (const LinearShape& linear : linears) {
        check_bits(format, linear);
        if (linear.grid.group_size < 1 && linear.grid.group_size != -1)
            throw RequestError(linear.name,
                               "group size " + std::to_string(linear.grid.group_size) +
                                   ": must be a positive number of columns, or -1 for one scale per channel");
        const std::string block = fused_with(linear.name);
        const std::string reason = obstacle(format, model_type, linear);
        const bool whole_attention =
            format == Format::gptq && model_type == "deepseek" && is_attention(linear.name);
        if (!reason.empty() && served && !block.empty() && !whole_attention)
            throw RequestError(linear.name,
                               reason + ", and it cannot stay float alone: it is served fused with others");
        if (format == Format::awq && stored_group_size(format, linear.grid.group_size) !=
                                         stored_group_size(format, linears.front().grid.group_size))
            throw RequestError(linear.name, "awq holds one group size, not both that of " +
                                                linears.front().name + " (" + text_of(linears.front().grid) +
                                                ") and " + text_of(linear.grid));
        check.linears.push_back({linear.name, reason.empty(), reason});
        if (reason.empty() && !block.empty())
            quantized.emplace(block, linear.name);
        if (format == Format::gptq &&
            (!linear.grid.symmetric || (linear.grid.bits != 4 && linear.grid.bits != 8)))
            notes.insert("vLLM loads gptq checkpoints of 4 or 8 symmetric bits only");
        if (format == Format::compressed_tensors && !linear.grid.symmetric &&
            place_of(linear.name).expert >= 0)
            notes.insert("neither transformers (5.23) nor vLLM loads routed experts with zero points from "
                         "compressed-tensors; vLLM does from awq");
        static const std::set<std::int64_t> fast_groups{-1, 32, 64, 128};
        if (served && !fast_groups.contains(linear.grid.group_size))
            notes.insert("vLLM's fast kernels know group sizes -1, 32, 64 and 128 only");
        const std::string part = place_of(linear.name).part;
        if (served && (part == "gate" || part == "shared_expert_gate") && reason.empty())
            notes.insert("vLLM refuses a quantized router or shared expert's gate");
    }
    for (const std::string& name : skipped) {
        const std::string block = fused_with(name);
        if (served && quantized.contains(block))
            throw RequestError(name,
                               "cannot stay float alone: it is served fused with " + quantized.at(block));
        if ((format == Format::awq || format == Format::compressed_tensors) && model_type == "deepseek" &&
            is_attention(name))
            notes.insert("vLLM takes this model's attention for quantized in " + format_name(format) +
                         " checkpoints and refuses a float one");
    }
    if (served)
        note_mixed(format, linears, notes);
    check.notes.assign(notes.begin(), notes.end());
    return check;
}

} // namespace moequant
