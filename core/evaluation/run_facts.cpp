#include "core/evaluation/run_facts.h"

#include "core/job/error.h"
#include "core/model/safetensors.h"

#include <algorithm>

namespace moequant {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// The inputs of one role, and among them those of `suffix`.
json inputs_of(const json& inputs, const std::string& role, const std::string& suffix = "") {
    json found = json::object();
    for (const auto& [key, value] : inputs.items())
        if (key.starts_with(role + "/") && key.ends_with(suffix))
            found[key.substr(role.size() + 1)] = value;
    return found.empty() ? json() : found;
}

json at_path(const json& value, const char* key) {
    return value.is_object() && value.contains(key) ? value[key] : json();
}

void add_balance(std::vector<Fact>& facts, const json& result) {
    const json balance = at_path(result, "balance");
    facts.push_back({"cv", "CV", at_path(balance, "cv"), Better::Lower});
    facts.push_back({"std_percent", "STD %", at_path(balance, "std_percent"), Better::Lower});
    facts.push_back({"std_token", "STD token", at_path(balance, "std_token"), Better::Lower});
    facts.push_back({"unused", "unused", at_path(balance, "unused"), Better::Lower, 0});
}

void profile_facts(RunFacts& run, const StoredRun& stored) {
    const json& result = *stored.result;
    run.facts.push_back({"corpus", "corpus", at_path(result, "corpus")});
    run.facts.push_back({"tokens", "tokens", at_path(result, "tokens"), Better::Neither, 0});
    add_balance(run.facts, result);
}

void sample_facts(RunFacts& run, const StoredRun& stored) {
    const json& result = *stored.result;
    run.facts.push_back({"tau", "τ", at_path(stored.job.options, "tau"), Better::Neither, 3});
    run.facts.push_back({"width", "w", at_path(stored.job.options, "width"), Better::Neither, 0});
    run.facts.push_back({"tokens", "tokens", at_path(result, "tokens"), Better::Neither, 0});
    add_balance(run.facts, result);
    run.facts.push_back({"perplexity", "perplexity", at_path(result, "perplexity")});
    run.facts.push_back(
        {"degenerate_share", "degenerate %", at_path(result, "degenerate_share"), Better::Lower, 1, true});
    run.facts.push_back({"seconds", "seconds", at_path(result, "seconds"), Better::Neither, 1});
}

void quantize_facts(RunFacts& run, const StoredRun& stored) {
    const json &result = *stored.result, &options = stored.job.options;
    std::string method = at_path(options, "method").is_string() ? options["method"].get<std::string>() : "";
    std::transform(method.begin(), method.end(), method.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    if (at_path(options, "agq") == true)
        method += "+AGQ";
    run.facts.push_back({"method", "method", method});
    run.facts.push_back({"bits", "bits", at_path(options, "bits"), Better::Neither, 0});
    run.facts.push_back({"group_size", "group", at_path(options, "group_size"), Better::Neither, 0});
    run.facts.push_back(
        {"corpus", "calibration", stored.job.corpus.empty() ? json() : json(stored.job.corpus.front())});
    const ExpertErrors errors = expert_errors(at_path(result, "linears"));
    run.facts.push_back({"expert_error", "expert error %", errors.all, Better::Lower, 3, true});
    run.facts.push_back(
        {"least_used_error", "least used quarter %", errors.least_used, Better::Lower, 3, true});
    const json before = at_path(result, "bytes_before"), after = at_path(result, "bytes_after");
    if (before.is_number() && after.is_number() && before.get<double>() > 0)
        run.facts.push_back(
            {"size_ratio", "size %", after.get<double>() / before.get<double>(), Better::Lower, 1, true});
    run.facts.push_back({"seconds", "seconds", at_path(result, "seconds"), Better::Neither, 1});
}

void read_windows(RunFacts& run, const StoredRun& stored, const json& perplexities) {
    const fs::path file = stored.folder / "windows.safetensors";
    if (!fs::is_regular_file(file))
        throw RequestError(file.string(), "the run's window losses are missing");
    const SafetensorsFile tensors(file);
    const auto text = tensors.metadata().find("tokens");
    const json tokens = text == tensors.metadata().end() ? json() : json::parse(text->second, nullptr, false);
    for (const auto& [spec, value] : perplexities.items()) {
        const auto entry = tensors.entries().find(spec);
        const json counts = at_path(tokens, spec.c_str());
        WindowLosses losses;
        if (counts.is_array())
            for (const auto& count : counts)
                losses.tokens.push_back(count.is_number_integer() ? count.get<std::int64_t>() : 0);
        if (entry == tensors.entries().end() || entry->second.dtype != at::kDouble ||
            entry->second.shape != std::vector<std::int64_t>{std::int64_t(losses.tokens.size())} ||
            std::any_of(losses.tokens.begin(), losses.tokens.end(), [](auto count) { return count < 0; }))
            throw RequestError(file.string(), "the losses of '" + spec + "' do not fit the result");
        const at::Tensor nll = tensors.load(spec);
        const auto* data = nll.const_data_ptr<double>();
        losses.nll.assign(data, data + nll.numel());
        run.windows[spec] = std::move(losses);
    }
}

void evaluate_facts(RunFacts& run, const StoredRun& stored) {
    const json perplexities = at_path(*stored.result, "perplexity"),
               agreements = at_path(*stored.result, "agreement");
    if (!perplexities.is_object())
        throw RequestError(stored.folder.string(), "its result holds no perplexity");
    for (const auto& [spec, value] : perplexities.items())
        run.facts.push_back({"perplexity/" + spec, "ppl " + spec, at_path(value, "value"), Better::Lower, 3});
    if (agreements.is_object())
        for (const auto& [spec, value] : agreements.items()) {
            run.facts.push_back({"kl/" + spec, "KL " + spec, at_path(value, "kl"), Better::Lower, 4});
            run.facts.push_back(
                {"top1/" + spec, "top-1 % " + spec, at_path(value, "top1"), Better::Higher, 2, true});
            run.facts.push_back(
                {"routing/" + spec, "routing % " + spec, at_path(value, "routing"), Better::Higher, 2, true});
        }
    read_windows(run, stored, perplexities);
    run.window_identity = {inputs_of(stored.job.inputs, "corpus"),
                           inputs_of(stored.job.inputs, "model", "tokenizer.json"),
                           at_path(stored.job.options, "bos")};
    run.against_identity = inputs_of(stored.job.inputs, "against", ".safetensors");
}

} // namespace

ExpertErrors expert_errors(const json& linears) {
    struct Expert {
        double error = 0, tokens = 0;
        int linears = 0;
    };
    std::map<int, std::map<int, Expert>> layers;
    if (linears.is_array())
        for (const auto& linear : linears) {
            const json error = at_path(linear, "relative_output_error"), index = at_path(linear, "expert"),
                       layer = at_path(linear, "layer"), tokens = at_path(linear, "tokens");
            if (!index.is_number_integer() || !layer.is_number_integer())
                continue;
            Expert& expert = layers[layer.get<int>()][index.get<int>()];
            if (tokens.is_number())
                expert.tokens = std::max(expert.tokens, tokens.get<double>());
            if (error.is_number()) {
                expert.error += error.get<double>();
                ++expert.linears;
            }
        }
    double all = 0, least = 0;
    int all_count = 0, least_count = 0;
    for (const auto& [layer, experts] : layers) {
        std::vector<Expert> order;
        for (const auto& [index, expert] : experts)
            order.push_back(expert);
        std::stable_sort(order.begin(), order.end(),
                         [](const Expert& a, const Expert& b) { return a.tokens < b.tokens; });
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (order[i].linears == 0)
                continue;
            const double error = order[i].error / order[i].linears;
            all += error;
            ++all_count;
            if (i < (order.size() + 3) / 4) {
                least += error;
                ++least_count;
            }
        }
    }
    return {all_count > 0 ? json(all / all_count) : json(),
            least_count > 0 ? json(least / least_count) : json()};
}

RunFacts read_run_facts(const fs::path& folder) {
    const StoredRun stored = read_run(folder);
    if (!stored.result)
        throw RequestError(folder.string(), "the run is not finished");
    if (!stored.result->is_object())
        throw RequestError((folder / "result.json").string(), "is no result");
    RunFacts run;
    run.name = (folder / "").parent_path().filename().string();
    run.kind = stored.job.kind;
    run.model_identity = inputs_of(stored.job.inputs, "model", ".safetensors");
    if (run.kind == "profile")
        profile_facts(run, stored);
    else if (run.kind == "sample")
        sample_facts(run, stored);
    else if (run.kind == "quantize")
        quantize_facts(run, stored);
    else if (run.kind == "evaluate")
        evaluate_facts(run, stored);
    else
        throw RequestError(folder.string(), "a run of '" + run.kind +
                                                "' cannot be compared (evaluate, quantize, profile and "
                                                "sample can)");
    std::erase_if(run.facts, [](const Fact& fact) { return fact.value.is_null(); });
    return run;
}

} // namespace moequant
