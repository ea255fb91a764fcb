// EBSS: the model writes a calibration set that uses its experts evenly.
#include "core/calibration/degenerate.h"
#include "core/calibration/ebss.h"
#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/stages/kinds.h"
#include "core/stages/token_sets.h"

#include <chrono>
#include <cmath>

namespace moequant {

void prepare_sample(Job& job) {
    const auto folder = model_folder(job.model);
    job.inputs.update(hash_inputs("model", check_model(folder)));
    if (text_option(job, "eos") == "stop")
        throw RequestError("--eos stop is not built yet; --eos mask keeps every sequence at full length");
    if (int_option(job, "record") > 0)
        throw RequestError("--record: recorded searches are not built yet");
    EbssOptions options;
    options.tau = float_option(job, "tau");
    options.width = int_option(job, "width");
    options.warmup = int_option(job, "warmup");
    options.sequences = int_option(job, "sequences");
    options.length = int_option(job, "length");
    check_options(read_config(folder), options);
}

nlohmann::json run_sample(const Job& job, StageContext& context) {
    const auto model = open_model(job, context.session);
    const EbssOptions options = ebss_options(job, *model);
    check_options(model->config(), options);
    const TextOf text_of = [&](std::span<const std::int32_t> ids) {
        return model->tokenizer ? model->tokenizer->decode(ids) : std::string();
    };
    const auto begin = std::chrono::steady_clock::now();
    const EbssSet set = sample_balanced(*model->decoder, options, text_of, context.emit, context.stop);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();

    std::string lines;
    std::int64_t tokens = 0, loops = 0;
    for (const EbssSequence& sequence : set.sequences) {
        const std::string text = text_of(sequence.ids);
        loops += degenerate(sequence.ids, text);
        tokens += std::int64_t(sequence.ids.size());
        const nlohmann::ordered_json record = {
            {"ids", sequence.ids},
            {"text", model->tokenizer ? nlohmann::ordered_json(text) : nlohmann::ordered_json()},
            {"log_prob", sequence.log_prob},
            {"sigma", sequence.sigma},
            {"score", sequence.score},
            {"seed", sequence.seed},
            {"distinct4", distinct_share(sequence.ids, 4)}};
        lines += record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    }
    if (context.run)
        write_file_atomically(context.run->path("set.jsonl"), lines);
    if (job.output)
        write_file_atomically(*job.output, lines);

    std::vector<Balance> balances;
    nlohmann::json layers = nlohmann::json::array();
    for (const EbssSet::Layer& layer : set.layers) {
        balances.push_back(layer_balance(layer.counts, layer.top_k));
        layers.push_back(
            {{"layer", layer.layer}, {"counts", layer.counts}, {"balance", to_json(balances.back())}});
    }
    return {{"sequences", set.sequences.size()},
            {"tokens", tokens},
            {"layers", layers},
            {"balance", to_json(summarise(balances))},
            {"perplexity", set.perplexity},
            {"degenerate_share", double(loops) / double(set.sequences.size())},
            {"seconds", seconds},
            {"tokens_per_second", double(tokens) / seconds}};
}

} // namespace moequant
