// `evaluate`: perplexity of a checkpoint, and its agreement with the float model it came from.
#include "core/evaluation/perplexity.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/model/safetensors.h"
#include "core/stages/device.h"
#include "core/stages/kinds.h"
#include "core/stages/loaded_model.h"
#include "core/stages/token_sets.h"

#include <algorithm>

namespace moequant {
namespace {

/// A BOS before every window only where it is asked for: published perplexities are without.
std::optional<std::int32_t> window_prefix(const Job& job, const LoadedModel& model) {
    return text_option(job, "bos") == "always" ? bos_prefix(job, model) : std::nullopt;
}

std::vector<std::string> wanted_specs(const Job& job) {
    std::vector<std::string> specs;
    for (const std::string& spec : list_option(job, "perplexity"))
        if (std::find(specs.begin(), specs.end(), spec) == specs.end())
            specs.push_back(spec);
    return specs;
}

CorpusContext windows_context(const Job& job, const ModelConfig& config, const Tokenizer* tokenizer) {
    CorpusContext context = corpus_context(job, config, tokenizer, CorpusUse::Evaluate);
    if (text_option(job, "bos") == "always")
        context.default_length = std::min(context.default_length, config.max_positions - 1);
    return context;
}

/// The reference gets half of what is left, so that both models together stay within the memory.
std::shared_ptr<LoadedModel> open_reference(const Job& job, const std::filesystem::path& folder) {
    Job reference = job;
    reference.options["memory"] = std::to_string(memory_budget(job) / 2);
    return open_model(reference, folder);
}

nlohmann::json to_json(const Perplexity& perplexity) {
    return {{"value", perplexity.value},
            {"nll", perplexity.nll},
            {"tokens", perplexity.tokens},
            {"windows", perplexity.window_nll.size()}};
}

nlohmann::json to_json(const Agreement& agreement) {
    return {{"kl", agreement.kl},
            {"top1", agreement.top1},
            {"routing", agreement.routing},
            {"routing_layers", agreement.routing_layers}};
}

} // namespace

void prepare_evaluate(Job& job) {
    const auto folder = model_folder(job.model);
    job.inputs.update(hash_inputs("model", check_model(folder)));
    const ModelConfig config = read_config(folder);
    if (has_option(job, "against")) {
        const auto against = model_folder(text_option(job, "against"));
        job.inputs.update(hash_inputs("against", check_model(against)));
    }
    const auto specs = wanted_specs(job);
    if (specs.empty())
        throw RequestError("evaluate: nothing to measure; --perplexity SPEC names a corpus");
    const CorpusContext context = windows_context(job, config, nullptr);
    std::vector<std::filesystem::path> files;
    for (const std::string& text : specs) {
        const CorpusSpec spec = CorpusSpec::parse(text);
        if (spec.needs_model())
            throw RequestError("corpus '" + text + "': is for calibrating, not for evaluating");
        for (const auto& file : corpus_files(spec, context))
            if (std::find(files.begin(), files.end(), file) == files.end())
                files.push_back(file);
    }
    job.inputs.update(hash_inputs("corpus", files));
}

nlohmann::json run_evaluate(const Job& job, StageContext& context) {
    const auto model = open_model(job, context.session);
    std::shared_ptr<LoadedModel> reference;
    if (has_option(job, "against"))
        reference = open_reference(job, model_folder(text_option(job, "against")));

    PerplexityOptions options;
    options.prefix = window_prefix(job, *model);
    options.pass_bytes =
        std::clamp<std::int64_t>(memory_budget(job) / 8, std::int64_t(64) << 20, std::int64_t(4) << 30);
    nlohmann::json perplexities = nlohmann::json::object(), agreements = nlohmann::json::object();
    std::vector<std::pair<std::string, at::Tensor>> windows;
    nlohmann::json window_tokens = nlohmann::json::object();
    if (reference) {
        options.references = context.session.references.get();
        options.reference_name = reference->identity;
    }
    std::vector<TokenSet> sets;
    for (const std::string& spec : wanted_specs(job)) {
        sets.push_back(load_corpus(CorpusSpec::parse(spec),
                                   windows_context(job, model->config(), model->tokenizer.get())));
        options.tokens_total += sets.back().tokens();
    }
    for (const TokenSet& set : sets) {
        const std::string& spec = set.name;
        const Evaluation evaluation =
            evaluate_windows(*model->decoder, reference ? reference->decoder.get() : nullptr, set, options,
                             context.emit, context.stop);
        perplexities[spec] = to_json(evaluation.perplexity);
        if (evaluation.agreement)
            agreements[spec] = to_json(*evaluation.agreement);
        windows.emplace_back(spec, at::tensor(evaluation.perplexity.window_nll, at::kDouble));
        options.tokens_before += set.tokens();
        window_tokens[spec] = evaluation.perplexity.window_tokens;
    }
    if (context.run)
        write_safetensors(context.run->path("windows.safetensors"), windows,
                          {{"tokens", window_tokens.dump()}});
    return {{"perplexity", perplexities},
            {"agreement", agreements},
            {"tasks", nlohmann::json::object()},
            {"average", nullptr}};
}

} // namespace moequant
