#include "core/stages/quantize_plan.h"

#include "core/job/error.h"
#include "core/quantization/override.h"

#include <algorithm>

namespace moequant {
namespace {

QuantizeOptions read_options(const Job& job, const ModelConfig& config, Format format,
                             at::ScalarType stored) {
    QuantizeOptions options;
    const std::string method = text_option(job, "method"), starved = text_option(job, "starved");
    options.method = method == "rtn" ? Method::Rtn : method == "awq" ? Method::Awq : Method::Gptq;
    options.gptq.grid.bits = int(int_option(job, "bits"));
    options.gptq.grid.group_size = int_option(job, "group_size");
    options.gptq.grid.symmetric = !bool_option(job, "asym");
    options.gptq.grid.clip = text_option(job, "clip") == "mse" ? Clip::mse : Clip::none;
    options.gptq.grid = grid_for(format, stored, options.gptq.grid);
    options.gptq.damp = float_option(job, "damp");
    options.gptq.act_order = bool_option(job, "act_order");
    options.agq = bool_option(job, "agq");
    options.agq_exponent = float_option(job, "agq_exponent");
    options.all_tokens = text_option(job, "expert_tokens") == "all";
    // Measured: docs/starved-experts.md.
    options.min_tokens = has_option(job, "min_tokens") ? double(int_option(job, "min_tokens"))
                                                       : 2.0 * double(config.hidden_size);
    options.starved = starved == "shrink"      ? Starved::Shrink
                      : starved == "route-all" ? Starved::RouteAll
                                               : Starved::Rtn;
    options.stored = stored;
    return options;
}

void refuse_contradictions(const Job& job, const QuantizeOptions& options) {
    const auto refuse = [](const std::string& text) { throw RequestError("quantize: " + text); };
    if (options.method == Method::Rtn) {
        const std::string why = " has no effect on rtn, which uses no calibration; use --method gptq or awq";
        if (options.agq)
            refuse("--agq" + why);
        if (options.all_tokens)
            refuse("--expert-tokens all" + why);
        if (has_option(job, "average_bits") && job.corpus.empty())
            refuse("--average-bits measures errors on calibration tokens: add --corpus SPEC");
    }
    if (options.method != Method::Gptq && options.gptq.act_order)
        refuse("--act-order is an order of GPTQ's columns; it does nothing for --method " +
               text_option(job, "method"));
    if (options.method == Method::Awq && options.gptq.grid.clip != Clip::none)
        refuse("--clip mse: awq searches its ranges by output error already");
    if (options.method == Method::Awq && has_option(job, "average_bits"))
        refuse("--average-bits works with --method gptq or rtn");
}

std::optional<MixedPrecision> read_mixed(const Job& job) {
    if (!has_option(job, "average_bits"))
        return std::nullopt;
    MixedPrecision mixed;
    mixed.average = float_option(job, "average_bits");
    mixed.choices = job.options.at("bit_choices").get<std::vector<int>>();
    std::sort(mixed.choices.begin(), mixed.choices.end());
    mixed.choices.erase(std::unique(mixed.choices.begin(), mixed.choices.end()), mixed.choices.end());
    if (mixed.choices.empty() || mixed.average < mixed.choices.front())
        throw RequestError("quantize: --average-bits is below the least of --bit-choices");
    mixed.whole_layers = text_option(job, "mixed_unit") == "layer";
    return mixed;
}

/// What the job asks for, before the format has its say.
std::vector<LinearShape> wanted_linears(const Job& job, const ModelConfig& config, const QuantizePlan& plan,
                                        std::vector<std::string>& skipped) {
    std::vector<Override> overrides;
    for (const auto& text : job.options.at("override"))
        overrides.push_back(parse_override(text.get<std::string>()));
    std::vector<bool> used(overrides.size(), false);
    std::vector<LinearShape> wanted;
    for (const LinearInfo& linear : decoder_linears(config)) {
        const bool router = linear.role == Role::Router || linear.role == Role::SharedGate;
        bool take = !router || bool_option(job, "quantize_router"), skip = false;
        GridOptions grid = plan.options.gptq.grid;
        for (std::size_t i = 0; i < overrides.size(); ++i)
            if (matches(overrides[i].pattern, linear.name)) {
                used[i] = true;
                skip = overrides[i].skip;
                grid = apply(overrides[i], grid);
            }
        if (take && skip)
            skipped.push_back(linear.name);
        if (take && !skip)
            wanted.push_back({linear.name, linear.rows, linear.columns, grid});
    }
    for (std::size_t i = 0; i < overrides.size(); ++i)
        if (!used[i])
            throw RequestError("--override '" + overrides[i].text + "': no linear of the model matches");
    return wanted;
}

} // namespace

QuantizePlan plan_quantize(const Job& job, const ModelConfig& config, const TensorSource& source) {
    QuantizePlan plan;
    plan.format = parse_format(text_option(job, "format"));
    plan.options =
        read_options(job, config, plan.format, source.load("model.embed_tokens.weight").scalar_type());
    refuse_contradictions(job, plan.options);
    plan.mixed = read_mixed(job);
    if (bool_option(job, "rotate"))
        plan.rotation = std::uint64_t(int_option(job, "seed"));
    plan.narrow_hidden = text_option(job, "hidden_dtype") == "bfloat16";
    std::vector<std::string> skipped;
    const std::vector<LinearShape> wanted = wanted_linears(job, config, plan, skipped);
    const FormatCheck check = check_format(plan.format, config.model_type, wanted, skipped);
    plan.notes = check.notes;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const LinearVerdict& verdict = check.linears[i];
        if (verdict.quantize)
            plan.grids[verdict.name] = wanted[i].grid;
        else
            plan.left_float.push_back({{"name", verdict.name}, {"reason", verdict.reason}});
    }
    plan.skipped = skipped.size();
    // A checkpoint in which nothing is quantized still shows what rotating alone does.
    if (plan.grids.empty() && plan.format != Format::floating)
        throw RequestError("format " + format_name(plan.format) + " can hold none of the model's linears");
    return plan;
}

std::vector<std::string> recheck(const QuantizePlan& plan, const ModelConfig& config) {
    std::vector<LinearShape> linears;
    for (const LinearInfo& linear : decoder_linears(config))
        if (const auto grid = plan.grids.find(linear.name); grid != plan.grids.end())
            linears.push_back({linear.name, linear.rows, linear.columns, grid->second});
    return check_format(plan.format, config.model_type, linears).notes;
}

} // namespace moequant
