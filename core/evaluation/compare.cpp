#include "core/evaluation/compare.h"

#include <algorithm>
#include <set>

namespace moequant {
namespace {

using nlohmann::json;

/// A float model that some other row is measured against.
bool is_reference(const RunFacts& run, const std::vector<RunFacts>& runs) {
    if (run.kind != "evaluate" || run.model_identity.is_null())
        return false;
    return std::any_of(runs.begin(), runs.end(), [&](const RunFacts& other) {
        return other.against_identity == run.model_identity && other.model_identity != run.model_identity;
    });
}

void mark_best(Comparison& comparison, const std::vector<RunFacts>& runs) {
    for (std::size_t c = 0; c < comparison.columns.size(); ++c) {
        const Better better = comparison.columns[c].better;
        std::vector<std::size_t> contest;
        for (std::size_t r = 0; r < runs.size(); ++r)
            if (comparison.rows[r].values[c].is_number() && runs[r].kind != "published" &&
                !is_reference(runs[r], runs))
                contest.push_back(r);
        if (better == Better::Neither || contest.size() < 2)
            continue;
        const auto value = [&](std::size_t r) { return comparison.rows[r].values[c].get<double>(); };
        double best = value(contest.front());
        for (const std::size_t r : contest)
            best = better == Better::Lower ? std::min(best, value(r)) : std::max(best, value(r));
        const bool all_equal =
            std::all_of(contest.begin(), contest.end(), [&](std::size_t r) { return value(r) == best; });
        for (const std::size_t r : contest)
            comparison.rows[r].best[c] = !all_equal && value(r) == best;
    }
}

void pair_windows(Comparison& comparison, const std::vector<RunFacts>& runs) {
    for (std::size_t a = 0; a < runs.size(); ++a)
        for (std::size_t b = a + 1; b < runs.size(); ++b)
            for (const auto& [spec, losses] : runs[b].windows) {
                const auto other = runs[a].windows.find(spec);
                if (other == runs[a].windows.end() || losses.tokens != other->second.tokens ||
                    losses.tokens.empty() || runs[a].window_identity != runs[b].window_identity)
                    continue;
                comparison.pairs.push_back(
                    {spec, b, a, paired_difference(losses.nll, other->second.nll, losses.tokens)});
            }
}

} // namespace

Comparison compare_runs(const std::vector<RunFacts>& runs) {
    Comparison comparison;
    for (const RunFacts& run : runs)
        for (const Fact& fact : run.facts)
            if (std::none_of(comparison.columns.begin(), comparison.columns.end(),
                             [&](const auto& column) { return column.key == fact.key; }))
                comparison.columns.push_back(
                    {fact.key, fact.title, fact.better, fact.decimals, fact.percent});
    std::set<std::string> names;
    for (const RunFacts& run : runs) {
        ComparisonRow row{run.name, run.kind, std::vector<json>(comparison.columns.size()),
                          std::vector<bool>(comparison.columns.size())};
        for (int copy = 2; !names.insert(row.name).second; ++copy)
            row.name = run.name + " (" + std::to_string(copy) + ")";
        for (std::size_t c = 0; c < comparison.columns.size(); ++c)
            for (const Fact& fact : run.facts)
                if (fact.key == comparison.columns[c].key && row.values[c].is_null())
                    row.values[c] = fact.value;
        comparison.rows.push_back(std::move(row));
    }
    mark_best(comparison, runs);
    pair_windows(comparison, runs);
    return comparison;
}

RunFacts join_facts(const std::string& name, const std::vector<RunFacts>& runs) {
    RunFacts joined;
    joined.name = name;
    for (const RunFacts& run : runs) {
        if (joined.kind.empty() || run.kind == "evaluate")
            joined.kind = run.kind;
        for (const Fact& fact : run.facts)
            if (std::none_of(joined.facts.begin(), joined.facts.end(),
                             [&](const Fact& known) { return known.key == fact.key; }))
                joined.facts.push_back(fact);
        if (run.kind != "evaluate")
            continue;
        joined.windows.insert(run.windows.begin(), run.windows.end());
        joined.window_identity = run.window_identity;
        joined.model_identity = run.model_identity;
        joined.against_identity = run.against_identity;
    }
    return joined;
}

json to_json(const Comparison& comparison) {
    json document = {{"columns", json::array()}, {"rows", json::array()}, {"differences", json::array()}};
    for (const auto& column : comparison.columns)
        document["columns"].push_back({{"key", column.key},
                                       {"title", column.title},
                                       {"better", column.better == Better::Lower    ? json("lower")
                                                  : column.better == Better::Higher ? json("higher")
                                                                                    : json()}});
    for (const auto& row : comparison.rows) {
        json values = json::object(), best = json::array();
        for (std::size_t c = 0; c < comparison.columns.size(); ++c) {
            if (!row.values[c].is_null())
                values[comparison.columns[c].key] = row.values[c];
            if (row.best[c])
                best.push_back(comparison.columns[c].key);
        }
        document["rows"].push_back(
            {{"name", row.name}, {"kind", row.kind}, {"values", values}, {"best", best}});
    }
    for (const auto& pair : comparison.pairs)
        document["differences"].push_back(
            {{"corpus", pair.spec},
             {"run", comparison.rows[pair.row].name},
             {"against", comparison.rows[pair.against].name},
             {"log_ratio", pair.difference.log_ratio},
             {"low", pair.difference.low ? json(*pair.difference.low) : json()},
             {"high", pair.difference.high ? json(*pair.difference.high) : json()},
             {"percent", pair.difference.percent()},
             {"windows", pair.difference.windows},
             {"shown", pair.difference.shown()}});
    return document;
}

} // namespace moequant
