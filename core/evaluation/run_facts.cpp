#include "core/evaluation/run_facts.h"

#include "core/job/error.h"
#include "core/job/published.h"
#include "core/model/safetensors.h"

#include <algorithm>
#include <set>

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

void add_windows(RunFacts& run, const StoredRun& stored) {
    const json perplexities = at_path(*stored.result, "perplexity");
    if (!perplexities.is_object())
        throw RequestError(stored.folder.string(), "its result holds no perplexity");
    read_windows(run, stored, perplexities);
    run.window_identity = {inputs_of(stored.job.inputs, "corpus"),
                           inputs_of(stored.job.inputs, "model", "tokenizer.json"),
                           at_path(stored.job.options, "bos")};
    run.against_identity = inputs_of(stored.job.inputs, "against", ".safetensors");
}

} // namespace

std::vector<RunFacts> published_facts(const std::vector<RunFacts>& runs) {
    const auto same_model = [&](const PublishedRow& row) {
        return std::any_of(runs.begin(), runs.end(), [&](const RunFacts& run) {
            return std::any_of(run.models.begin(), run.models.end(),
                               [&](const std::string& model) { return row.of_model(model); });
        });
    };
    std::vector<RunFacts> rows;
    for (const PublishedRow& row : published_rows()) {
        if (!same_model(row))
            continue;
        RunFacts facts;
        facts.name = row.name + " † (" + row.source + ")";
        facts.kind = "published";
        bool measured = false;
        std::set<std::string> taken;
        for (const Fact& fact : row.facts)
            for (const RunFacts& run : runs)
                for (const Fact& ours : run.facts)
                    if (published_key(ours.key) == fact.key && taken.insert(ours.key).second) {
                        Fact here = ours; // its column, whatever the SPEC's options
                        here.value = fact.value;
                        here.error.reset();
                        measured = measured || !fact.setting;
                        facts.facts.push_back(std::move(here));
                    }
        if (measured)
            rows.push_back(std::move(facts));
    }
    return rows;
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
    run.models = {stored.job.model};
    if (const json against = at_path(stored.job.options, "against"); against.is_string())
        run.models.push_back(against.get<std::string>());
    run.model_identity = inputs_of(stored.job.inputs, "model", ".safetensors");
    const std::set<std::string> kinds = {"profile", "sample", "quantize", "evaluate"};
    if (!kinds.contains(run.kind))
        throw RequestError(folder.string(), "a run of '" + run.kind +
                                                "' cannot be compared (evaluate, quantize, profile and "
                                                "sample can)");
    if (run.kind == "evaluate")
        add_windows(run, stored);
    run.facts = result_facts(stored.job, *stored.result);
    return run;
}

} // namespace moequant
