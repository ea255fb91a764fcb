#include "core/stages/token_sets.h"

#include "core/calibration/selection.h"
#include "core/calibration/usage.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/model/beam_decoder.h"
#include "core/stages/device.h"

#include <algorithm>

namespace moequant {

CorpusContext corpus_context(const Job& job, const ModelConfig& config, const Tokenizer* tokenizer,
                             CorpusUse use) {
    CorpusContext context;
    context.data_folders = data_folders(has_option(job, "data") ? text_option(job, "data") : "");
    context.resources = resources_folder();
    context.tokenizer = tokenizer;
    context.vocab_size = config.vocab_size;
    context.eos = config.eos;
    context.use = use;
    if (use == CorpusUse::Evaluate)
        context.default_length = std::min<std::int64_t>(2048, config.max_positions);
    return context;
}

EbssOptions read_ebss_options(const Job& job) {
    EbssOptions options;
    options.tau = float_option(job, "tau");
    options.width = int_option(job, "width");
    options.branching = int_option(job, "branching");
    options.warmup = int_option(job, "warmup");
    options.unit = parse_sigma_unit(text_option(job, "sigma_unit"));
    options.sigma_of = text_option(job, "sigma_of") == "child" ? SigmaOf::Child : SigmaOf::Parent;
    options.scope = text_option(job, "balance_scope") == "set" ? BalanceScope::Set : BalanceScope::Sequence;
    options.wave = int_option(job, "wave");
    options.noise = float_option(job, "noise");
    options.no_repeat_ngram = int_option(job, "no_repeat_ngram");
    options.retries = int_option(job, "retries");
    options.sequential_first = text_option(job, "first_token") == "sequential";
    options.seed = std::uint64_t(int_option(job, "seed"));
    if (job.options.contains("sequences"))
        options.sequences = int_option(job, "sequences");
    if (job.options.contains("length"))
        options.length = int_option(job, "length");
    if (job.options.contains("record"))
        options.recorded = int_option(job, "record");
    options.watched = std::max<std::int64_t>(1, options.recorded);
    return options;
}

EbssOptions ebss_options(const Job& job, const LoadedModel& model) {
    EbssOptions options = read_ebss_options(job);
    options.bos = bos_prefix(job, model);
    options.masked = masked_ids(model);
    if (text_option(job, "eos") == "stop") {
        options.eos = model.config().eos;
        if (!options.eos)
            throw RequestError("--eos stop: the model's config names no eos_token_id");
    }
    options.memory_bytes = memory_budget(job) / 4;
    if (const auto batch = int_option(job, "batch"); batch > 0)
        options.memory_bytes =
            batch * BeamDecoder::bytes_per_sequence(*model.decoder, options.width,
                                                    options.length + (options.bos ? 1 : 0));
    return options;
}

namespace {

/// The windows that the model's routing speaks for, out of a pool of real ones.
TokenSet choose_balanced(const CorpusSpec& spec, const Job& job, const LoadedModel& model,
                         const CorpusContext& context, const EventSink& emit, const std::stop_token& stop) {
    TokenSet pool = load_corpus(pool_of(spec, context.default_samples), context);
    const auto windows = pool.sequences.size();
    auto samples = std::size_t(spec.samples.value_or(context.default_samples));
    if (windows < samples && !spec.at_most)
        throw RequestError("corpus '" + spec.text + "': there are " + std::to_string(windows) +
                           " windows to choose from, not the " + std::to_string(samples) +
                           " asked for (samples=max:" + std::to_string(samples) + " takes what there is)");
    samples = std::min(samples, windows);
    if (windows == samples)
        warn(emit, "no-choice",
             "corpus '" + spec.text + "' takes all of its " + std::to_string(windows) +
                 " windows, so nothing is chosen");
    UsageOptions options;
    options.prefix = bos_prefix(job, model);
    options.by_sequence = true;
    const EventSink progress_alone = [&](const Event& event) { // the pool's usage is not the set's
        if (!emit || event.name != "progress")
            return;
        Event mine = event;
        mine.fields["stage"] = "choose";
        emit(mine);
    };
    const Usage usage = measure_usage(*model.decoder, pool, options, progress_alone, stop);
    std::vector<WindowCounts> layers;
    for (const LayerUsage& layer : usage.layers)
        layers.push_back({std::int64_t(layer.counts.size()), layer.sequence_counts});
    TokenSet set{spec.text, {}};
    for (const std::size_t window : select_balanced(layers, windows, samples, spec.top_up))
        set.sequences.push_back(std::move(pool.sequences[window]));
    return set;
}

} // namespace

TokenSet load_tokens(const std::string& text, const Job& job, const LoadedModel& model, CorpusUse use,
                     const EventSink& emit, const std::stop_token& stop) {
    const CorpusSpec spec = CorpusSpec::parse(text);
    const CorpusContext context = corpus_context(job, model.config(), model.tokenizer.get(), use);
    if (spec.kind == "balanced")
        return choose_balanced(spec, job, model, context, emit, stop);
    if (!spec.needs_model())
        return load_corpus(spec, context);
    EbssOptions options = ebss_options(job, model);
    options.sequences = spec.samples.value_or(128);
    options.length = spec.length.value_or(512);
    options.seed = spec.seed;
    options.watched = 0;
    TokenSet set{text, {}};
    EbssSet sampled = sample_balanced(*model.decoder, options, text_of_ids(model), emit, stop);
    for (EbssSequence& sequence : sampled.sequences)
        set.sequences.push_back(std::move(sequence.ids));
    return set;
}

TextOf text_of_ids(const LoadedModel& model) {
    return [&model](std::span<const std::int32_t> ids) {
        return model.tokenizer ? model.tokenizer->decode(ids) : std::string();
    };
}

void prepare_corpus(Job& job, const std::string& text, const ModelConfig& config, CorpusUse use) {
    const CorpusSpec spec = CorpusSpec::parse(text);
    if (spec.kind == "ebss")
        return;
    if (spec.kind == "balanced" && config.moe_layers() == 0)
        throw RequestError("corpus '" + text +
                           "': the model has no MoE layers, so there is no usage to balance");
    const CorpusContext context = corpus_context(job, config, nullptr, use);
    job.inputs.update(hash_inputs("corpus", corpus_files(spec, context)));
}

} // namespace moequant
