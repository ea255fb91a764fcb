// EBSS: the model writes a calibration set that uses its experts evenly.
#include "core/calibration/degenerate.h"
#include "core/calibration/ebss.h"
#include "core/calibration/search_record.h"
#include "core/calibration/set_quality.h"
#include "core/job/atomic_file.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/model/safetensors.h"
#include "core/stages/kinds.h"
#include "core/stages/token_sets.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace moequant {
namespace {

/// Mean spread of both terms of the score over a step's candidates, [steps] each.
void write_spread(const std::filesystem::path& path, const EbssSet& set) {
    const auto steps = std::int64_t(set.spread.size());
    at::Tensor likelihood = at::empty({steps}, at::kFloat), balance = at::empty({steps}, at::kFloat);
    for (std::int64_t i = 0; i < steps; ++i) {
        likelihood.data_ptr<float>()[i] = float(set.spread[std::size_t(i)].likelihood);
        balance.data_ptr<float>()[i] = float(set.spread[std::size_t(i)].balance);
    }
    write_safetensors(path, {{"likelihood", likelihood}, {"balance", balance}});
}

/// Quantiles of exp(−log p / scored tokens) over sequences.
nlohmann::json perplexity_quantiles(const EbssSet& set, bool bos) {
    std::vector<double> values;
    for (const EbssSequence& sequence : set.sequences)
        values.push_back(
            std::exp(-sequence.log_prob / std::max(1.0, double(sequence.ids.size()) - (bos ? 0 : 1))));
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        return values[std::size_t(share * double(values.size() - 1) + 0.5)];
    };
    return {{"q05", at(0.05)}, {"q25", at(0.25)}, {"q50", at(0.5)}, {"q75", at(0.75)}, {"q95", at(0.95)}};
}

} // namespace

void prepare_sample(Job& job) {
    const auto folder = model_folder(job.model);
    job.inputs.update(hash_inputs("model", check_model(folder)));
    const EbssOptions options = read_ebss_options(job);
    check_options(read_config(folder), options);
}

nlohmann::json run_sample(const Job& job, StageContext& context) {
    const auto model = open_model(job, context.session);
    const EbssOptions options = ebss_options(job, *model);
    check_options(model->config(), options);
    const TextOf text_of = text_of_ids(*model);
    const auto begin = std::chrono::steady_clock::now();
    const EbssSet set = sample_balanced(*model->decoder, options, text_of, context.emit, context.stop);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();

    std::string lines;
    std::int64_t tokens = 0;
    std::vector<std::vector<std::int32_t>> ids;
    std::vector<std::string> texts;
    for (const EbssSequence& sequence : set.sequences) {
        const std::string text = text_of(sequence.ids);
        tokens += std::int64_t(sequence.ids.size());
        ids.push_back(sequence.ids);
        if (model->tokenizer)
            texts.push_back(text);
        const nlohmann::ordered_json record = {
            {"ids", sequence.ids},
            {"text", model->tokenizer ? nlohmann::ordered_json(text) : nlohmann::ordered_json()},
            {"log_prob", sequence.log_prob},
            {"sigma", sequence.sigma},
            {"score", sequence.score},
            {"seed", sequence.seed},
            {"distinct4", distinct_share(sequence.ids, 4)},
            {"cycle_share", cycle_share(sequence.ids)},
            {"degenerate", degenerate(sequence.ids, model->tokenizer ? text : "")}};
        lines += record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    }
    if (context.run) {
        write_file_atomically(context.run->path("set.jsonl"), lines);
        write_spread(context.run->path("spread.safetensors"), set);
        if (!set.recorded.empty())
            write_search(context.run->path("search.safetensors"), pack_search(set.recorded, job.options));
    }
    if (job.output)
        write_file_atomically(*job.output, lines);

    std::vector<Balance> balances;
    nlohmann::json layers = nlohmann::json::array();
    for (const EbssSet::Layer& layer : set.layers) {
        balances.push_back(layer_balance(layer.counts, layer.top_k));
        layers.push_back(
            {{"layer", layer.layer}, {"counts", layer.counts}, {"balance", to_json(balances.back())}});
    }
    TermSpread mean;
    double score = 0;
    for (const TermSpread& step : set.spread) {
        mean.likelihood += step.likelihood / double(set.spread.size());
        mean.balance += step.balance / double(set.spread.size());
    }
    for (const EbssSequence& sequence : set.sequences)
        score += sequence.score / double(set.sequences.size());
    nlohmann::json course = {{"cv", nlohmann::json::array()}, {"perplexity", nlohmann::json::array()}};
    for (const EbssSet::Course& point : set.course) {
        course["cv"].push_back(point.cv);
        course["perplexity"].push_back(point.perplexity);
    }
    const nlohmann::json quality = to_json(set_quality(ids, texts));
    return {{"sequences", set.sequences.size()},
            {"tokens", tokens},
            {"layers", layers},
            {"balance", to_json(summarise(balances))},
            {"perplexity", set.perplexity},
            {"perplexity_quantiles", perplexity_quantiles(set, options.bos.has_value())},
            {"mean_score", score},
            {"course", course},
            {"spread", {{"likelihood", mean.likelihood}, {"balance", mean.balance}}},
            {"quality", quality},
            {"degenerate_share", quality.at("degenerate_share")},
            {"rejected", set.rejected},
            {"seconds", seconds},
            {"tokens_per_second", double(tokens) / seconds}};
}

} // namespace moequant
