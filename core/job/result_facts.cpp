#include "core/job/result_facts.h"

#include <algorithm>
#include <cctype>

namespace moequant {
namespace {

using nlohmann::json;

json at_path(const json& value, const char* key) {
    return value.is_object() && value.contains(key) ? value[key] : json();
}

Fact setting(Fact fact) {
    fact.setting = true;
    return fact;
}

void add_balance(std::vector<Fact>& facts, const json& result) {
    const json balance = at_path(result, "balance");
    facts.push_back({"cv", "CV", at_path(balance, "cv"), Better::Lower});
    facts.push_back({"std_percent", "STD %", at_path(balance, "std_percent"), Better::Lower});
    facts.push_back({"std_token", "STD token", at_path(balance, "std_token"), Better::Lower});
    facts.push_back({"unused", "unused", at_path(balance, "unused"), Better::Lower, 0});
}

void profile_facts(std::vector<Fact>& facts, const json& result) {
    facts.push_back(setting({"corpus", "corpus", at_path(result, "corpus")}));
    facts.push_back({"tokens", "tokens", at_path(result, "tokens"), Better::Neither, 0});
    add_balance(facts, result);
}

void sample_facts(std::vector<Fact>& facts, const Job& job, const json& result) {
    facts.push_back(setting({"tau", "τ", at_path(job.options, "tau"), Better::Neither, 3}));
    facts.push_back(setting({"width", "w", at_path(job.options, "width"), Better::Neither, 0}));
    facts.push_back({"tokens", "tokens", at_path(result, "tokens"), Better::Neither, 0});
    add_balance(facts, result);
    facts.push_back({"perplexity", "perplexity", at_path(result, "perplexity")});
    facts.push_back(
        {"degenerate_share", "degenerate %", at_path(result, "degenerate_share"), Better::Lower, 1, true});
    facts.push_back({"seconds", "seconds", at_path(result, "seconds"), Better::Neither, 1});
}

void quantize_facts(std::vector<Fact>& facts, const Job& job, const json& result,
                    const std::optional<ExpertErrors>& read) {
    const json& options = job.options;
    std::string method = at_path(options, "method").is_string() ? options["method"].get<std::string>() : "";
    std::transform(method.begin(), method.end(), method.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    if (at_path(options, "agq") == true)
        method += "+AGQ";
    facts.push_back(setting({"method", "method", method}));
    facts.push_back(setting({"bits", "bits", at_path(options, "bits"), Better::Neither, 0}));
    facts.push_back(setting({"group_size", "group", at_path(options, "group_size"), Better::Neither, 0}));
    facts.push_back(
        setting({"corpus", "calibration", job.corpus.empty() ? json() : json(job.corpus.front())}));
    const ExpertErrors errors = read ? *read : expert_errors(at_path(result, "linears"));
    facts.push_back({"expert_error", "expert error %", errors.all, Better::Lower, 3, true});
    facts.push_back({"least_used_error", "least used quarter %", errors.least_used, Better::Lower, 3, true});
    const json before = at_path(result, "bytes_before"), after = at_path(result, "bytes_after");
    if (before.is_number() && after.is_number() && before.get<double>() > 0)
        facts.push_back(
            {"size_ratio", "size %", after.get<double>() / before.get<double>(), Better::Lower, 1, true});
    facts.push_back({"seconds", "seconds", at_path(result, "seconds"), Better::Neither, 1});
}

void evaluate_facts(std::vector<Fact>& facts, const json& result) {
    const json perplexities = at_path(result, "perplexity"), agreements = at_path(result, "agreement"),
               tasks = at_path(result, "tasks");
    if (perplexities.is_object())
        for (const auto& [spec, value] : perplexities.items())
            facts.push_back({"perplexity/" + spec, "ppl " + spec, at_path(value, "value"), Better::Lower, 3});
    if (agreements.is_object())
        for (const auto& [spec, value] : agreements.items()) {
            facts.push_back({"kl/" + spec, "KL " + spec, at_path(value, "kl"), Better::Lower, 4});
            facts.push_back(
                {"top1/" + spec, "top-1 % " + spec, at_path(value, "top1"), Better::Higher, 2, true});
            facts.push_back(
                {"routing/" + spec, "routing % " + spec, at_path(value, "routing"), Better::Higher, 2, true});
        }
    if (tasks.is_object())
        for (const auto& [name, value] : tasks.items()) {
            Fact fact{"task/" + name, name + " %", at_path(value, "value"), Better::Higher, 2, true};
            const json error = at_path(value, "stderr");
            if (error.is_number())
                fact.error = error.get<double>();
            facts.push_back(std::move(fact));
        }
    facts.push_back({"average", "average %", at_path(result, "average"), Better::Higher, 2, true});
}

} // namespace

void add_linear(ExpertSums& sums, const json& row) {
    const json error = at_path(row, "relative_output_error"), index = at_path(row, "expert"),
               layer = at_path(row, "layer"), tokens = at_path(row, "tokens");
    if (!index.is_number_integer() || !layer.is_number_integer())
        return;
    ExpertSum& expert = sums[layer.get<int>()][index.get<int>()];
    if (tokens.is_number())
        expert.tokens = std::max(expert.tokens, tokens.get<double>());
    if (error.is_number()) {
        expert.error += error.get<double>();
        ++expert.linears;
    }
}

ExpertErrors expert_errors(const json& linears) {
    ExpertSums sums;
    if (linears.is_array())
        for (const json& row : linears)
            add_linear(sums, row);
    return expert_errors(sums);
}

ExpertErrors expert_errors(const ExpertSums& sums) {
    double all = 0, least = 0;
    int all_count = 0, least_count = 0;
    for (const auto& [layer, experts] : sums) {
        std::vector<ExpertSum> order;
        for (const auto& [index, expert] : experts)
            order.push_back(expert);
        std::stable_sort(order.begin(), order.end(),
                         [](const ExpertSum& a, const ExpertSum& b) { return a.tokens < b.tokens; });
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

std::vector<Fact> result_facts(const Job& job, const json& result,
                               const std::optional<ExpertErrors>& errors) {
    std::vector<Fact> facts;
    if (job.kind == "profile")
        profile_facts(facts, result);
    else if (job.kind == "sample")
        sample_facts(facts, job, result);
    else if (job.kind == "quantize")
        quantize_facts(facts, job, result, errors);
    else if (job.kind == "evaluate")
        evaluate_facts(facts, result);
    std::erase_if(facts, [](const Fact& fact) { return fact.value.is_null(); });
    return facts;
}

std::vector<std::vector<Fact>> sweep_facts(const json& result) {
    std::vector<std::vector<Fact>> cells;
    const json list = at_path(result, "cells");
    for (const json& cell : list.is_array() ? list : json::array()) {
        std::vector<Fact> facts;
        facts.push_back(setting({"tau", "τ", at_path(cell, "tau"), Better::Neither, 3}));
        facts.push_back(setting({"width", "w", at_path(cell, "width"), Better::Neither, 0}));
        facts.push_back(setting({"branching", "branching", at_path(cell, "branching"), Better::Neither, 0}));
        add_balance(facts, cell);
        facts.push_back({"perplexity", "perplexity", at_path(cell, "perplexity")});
        facts.push_back(
            {"degenerate_share", "degenerate %", at_path(cell, "degenerate_share"), Better::Lower, 1, true});
        facts.push_back({"seconds", "seconds", at_path(cell, "seconds"), Better::Neither, 1});
        evaluate_facts(facts, at_path(cell, "evaluation"));
        std::erase_if(facts, [](const Fact& fact) { return fact.value.is_null(); });
        cells.push_back(std::move(facts));
    }
    return cells;
}

} // namespace moequant
