// Expert usage of a corpus.
#include "core/calibration/balance.h"
#include "core/calibration/set_quality.h"
#include "core/calibration/usage.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/model/safetensors.h"
#include "core/stages/kinds.h"
#include "core/stages/token_sets.h"

namespace moequant {

void prepare_profile(Job& job) {
    const auto folder = model_folder(job.model);
    job.inputs.update(hash_inputs("model", check_model(folder)));
    prepare_corpus(job, job.corpus.at(0), read_config(folder), CorpusUse::Calibrate);
}

nlohmann::json run_profile(const Job& job, StageContext& context) {
    const auto model = open_model(job, context.session);
    const TokenSet set =
        load_tokens(job.corpus.at(0), job, *model, CorpusUse::Calibrate, context.emit, context.stop);
    UsageOptions options;
    options.prefix = bos_prefix(job, *model);
    options.top_tokens = int_option(job, "top_tokens");
    const Usage usage = measure_usage(*model->decoder, set, options, context.emit, context.stop);

    nlohmann::json layers = nlohmann::json::array();
    std::vector<Balance> balances;
    for (const LayerUsage& layer : usage.layers) {
        balances.push_back(layer_balance(layer.counts, layer.top_k));
        layers.push_back({{"layer", layer.layer},
                          {"experts", layer.counts.size()},
                          {"top_k", layer.top_k},
                          {"counts", layer.counts},
                          {"affinity", layer.affinity},
                          {"balance", to_json(balances.back())}});
    }
    if (options.top_tokens > 0 && context.run)
        write_safetensors(context.run->path("top_tokens.safetensors"),
                          {{"ids", usage.top_ids}, {"affinity", usage.top_affinity}});
    std::vector<std::string> texts;
    if (model->tokenizer)
        for (const auto& ids : set.sequences)
            texts.push_back(model->tokenizer->decode(ids));
    return {{"corpus", job.corpus.at(0)},
            {"tokens", usage.tokens},
            {"sequences", set.sequences.size()},
            {"layers", layers},
            {"balance", to_json(summarise(balances))},
            {"quality", to_json(set_quality(set.sequences, texts))}};
}

} // namespace moequant
