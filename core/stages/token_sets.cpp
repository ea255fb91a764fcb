#include "core/stages/token_sets.h"

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

EbssOptions ebss_options(const Job& job, const LoadedModel& model) {
    EbssOptions options;
    options.tau = float_option(job, "tau");
    options.width = int_option(job, "width");
    options.warmup = int_option(job, "warmup");
    options.unit = parse_sigma_unit(text_option(job, "sigma_unit"));
    options.sequential_first = text_option(job, "first_token") == "sequential";
    options.seed = std::uint64_t(int_option(job, "seed"));
    options.bos = bos_prefix(job, model);
    options.masked = masked_ids(model);
    if (job.options.contains("sequences"))
        options.sequences = int_option(job, "sequences");
    if (job.options.contains("length"))
        options.length = int_option(job, "length");
    options.memory_bytes = memory_budget(job) / 4;
    if (const auto batch = int_option(job, "batch"); batch > 0)
        options.memory_bytes =
            batch * BeamDecoder::bytes_per_sequence(*model.decoder, options.width,
                                                    options.length + (options.bos ? 1 : 0));
    return options;
}

TokenSet load_tokens(const std::string& text, const Job& job, const LoadedModel& model, CorpusUse use,
                     const EventSink& emit, const std::stop_token& stop) {
    const CorpusSpec spec = CorpusSpec::parse(text);
    if (!spec.needs_model())
        return load_corpus(spec, corpus_context(job, model.config(), model.tokenizer.get(), use));
    EbssOptions options = ebss_options(job, model);
    options.sequences = spec.samples.value_or(128);
    options.length = spec.length.value_or(512);
    options.seed = spec.seed;
    options.watched = 0;
    TokenSet set{text, {}};
    for (EbssSequence& sequence : sample_balanced(*model.decoder, options, {}, emit, stop).sequences)
        set.sequences.push_back(std::move(sequence.ids));
    return set;
}

void prepare_corpus(Job& job, const std::string& text, const ModelConfig& config, CorpusUse use) {
    const CorpusSpec spec = CorpusSpec::parse(text);
    if (spec.kind == "balanced")
        throw RequestError("corpus '" + text + "': choosing balanced chunks is not built yet");
    if (spec.kind == "ebss")
        return;
    const CorpusContext context = corpus_context(job, config, nullptr, use);
    job.inputs.update(hash_inputs("corpus", corpus_files(spec, context)));
}

} // namespace moequant
