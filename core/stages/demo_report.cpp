#include "core/stages/demo_report.h"

#include "core/evaluation/text_table.h"

#include <algorithm>
#include <cstdio>

namespace moequant {
namespace {

namespace fs = std::filesystem;

std::string number(const char* format, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/// Quantizing and evaluating as one row, with the calibration's title for its SPEC.
RunFacts variant_row(const DemoPlan& plan, const DemoVariant& variant) {
    const fs::path runs = plan.out / "runs";
    RunFacts row = join_facts(variant.title, {read_run_facts(runs / quantize_part(variant)),
                                              read_run_facts(runs / evaluate_part(variant))});
    for (Fact& fact : row.facts)
        if (fact.key == "corpus")
            fact.value = plan.calibrations[variant.calibration].title;
    return row;
}

/// Perplexity of each corpus, the mean routing agreement, the errors, size and time: the same columns in
/// every row, some of them empty.
RunFacts shown_facts(const DemoPlan& plan, const RunFacts& run) {
    RunFacts shown = run;
    shown.facts.clear();
    const auto take = [&](const std::string& key, Fact fact) {
        for (const Fact& known : run.facts)
            if (known.key == key)
                fact.value = known.value;
        fact.key = key;
        shown.facts.push_back(std::move(fact));
    };
    for (const DemoCorpus& corpus : plan.corpora)
        take("perplexity/" + corpus.spec, {"", corpus.title, nullptr, Better::Lower, 3});
    double routing = 0;
    int measured = 0;
    for (const Fact& fact : run.facts)
        if (fact.key.starts_with("routing/")) {
            routing += fact.value.get<double>();
            ++measured;
        }
    shown.facts.push_back({"routing", "routing %",
                           measured > 0 ? nlohmann::json(routing / measured) : nlohmann::json(),
                           Better::Higher, 2, true});
    take("expert_error", {"", "expert error %", nullptr, Better::Lower, 3, true});
    take("least_used_error", {"", "least used quarter %", nullptr, Better::Lower, 3, true});
    take("size_ratio", {"", "size %", nullptr, Better::Neither, 1, true});
    take("seconds", {"", "seconds", nullptr, Better::Neither, 1});
    return shown;
}

TextRows balance_rows(const DemoReport& report) {
    TextRows rows = {{"calibration set", "tokens"}};
    const std::pair<const char*, const char*> columns[] = {
        {"cv", "CV"}, {"std_percent", "STD %"}, {"std_token", "STD token"}, {"unused", "unused experts"}};
    for (const auto& [key, title] : columns)
        rows[0].emplace_back(title);
    for (std::size_t i = 0; i < report.usage.size(); ++i) {
        const auto value = [&](const std::string& key) {
            for (const Fact& fact : report.usage[i].facts)
                if (fact.key == key)
                    return fact.value.is_number_integer() ? fact.value.dump()
                                                          : number("%.4f", fact.value.get<double>());
            return std::string();
        };
        rows.push_back({report.plan.calibrations[i].title, value("tokens")});
        for (const auto& [key, title] : columns)
            rows.back().push_back(value(key));
    }
    return rows;
}

/// Which rows of the comparison are worth a difference: what another calibration, AGQ and GPTQ change, and
/// what quantizing costs.
std::vector<std::pair<std::size_t, std::size_t>> wanted_pairs(const DemoPlan& plan) {
    std::vector<std::pair<std::size_t, std::size_t>> calibration, agq, gptq, cost;
    const auto find = [&](int bits, bool rtn, bool with_agq, std::size_t set) {
        for (std::size_t i = 0; i < plan.variants.size(); ++i) {
            const DemoVariant& v = plan.variants[i];
            if (v.bits == bits && v.rtn == rtn && (rtn || (v.agq == with_agq && v.calibration == set)))
                return i + 1;
        }
        return std::size_t(0);
    };
    for (std::size_t i = 0; i < plan.variants.size(); ++i) {
        const DemoVariant& variant = plan.variants[i];
        cost.emplace_back(i + 1, 0);
        if (variant.rtn)
            continue;
        const std::size_t against = plan.calibrations[variant.calibration].against;
        if (against != variant.calibration)
            calibration.emplace_back(i + 1, find(variant.bits, false, variant.agq, against));
        if (variant.agq)
            agq.emplace_back(i + 1, find(variant.bits, false, false, variant.calibration));
        else
            gptq.emplace_back(i + 1, find(variant.bits, true, false, 0));
    }
    for (const auto* more : {&agq, &gptq, &cost})
        calibration.insert(calibration.end(), more->begin(), more->end());
    return calibration;
}

TextRows difference_rows(const DemoReport& report, const DemoCorpus& corpus) {
    TextRows rows = {{"perplexity of", "against", "on " + corpus.title}};
    for (const auto& [row, against] : wanted_pairs(report.plan))
        for (const ComparedPair& pair : report.comparison.pairs)
            if (pair.row == row && pair.against == against && pair.spec == corpus.spec)
                rows.push_back({report.comparison.rows[row].name, report.comparison.rows[against].name,
                                difference_text(pair.difference)});
    return rows;
}

std::string windows_text(const DemoReport& report) {
    std::string text;
    for (std::size_t i = 0; i < report.plan.corpora.size(); ++i)
        text += (i > 0 ? ", " : "") + report.plan.corpora[i].title + " " + std::to_string(report.windows[i]);
    return text;
}

std::vector<std::string> head_lines(const DemoReport& report) {
    const DemoPlan& plan = report.plan;
    std::vector<std::string> lines;
    lines.push_back("Calibration: " + plan.calibrations.front().title + " against EBSS, " +
                    std::to_string(plan.samples) + " sequences of " + std::to_string(plan.length) +
                    " tokens each.");
    lines.push_back(std::string("Perplexity on windows of ") +
                    (plan.full ? "the model's length, whole test sets" : "512 tokens") + ": " +
                    windows_text(report) + ".");
    lines.insert(lines.end(), plan.notes.begin(), plan.notes.end());
    return lines;
}

const char* const table_note =
    "Routing: share of tokens whose experts are those of the float model, mean over the corpora. Expert "
    "error:\n"
    "mean relative output error of the routed experts on their own calibration tokens (RTN has none); the "
    "least\n"
    "used quarter is each layer's, by that set. Size: weights with embeddings, of the float checkpoint's.\n";
const char* const difference_note =
    "95 % intervals, paired over the same windows; \"no difference shown\" where the interval covers 0.\n";

} // namespace

DemoReport read_demo(const DemoPlan& plan, double seconds) {
    DemoReport report{plan, {}, {}, {}, {}, seconds};
    for (const DemoCalibration& calibration : plan.calibrations) {
        report.usage.push_back(read_run_facts(plan.out / "runs" / usage_part(calibration)));
        report.usage.back().name = calibration.title;
    }
    std::vector<RunFacts> rows = {read_run_facts(plan.out / "runs" / "evaluate-float")}, shown;
    rows.front().name = "float";
    for (const DemoVariant& variant : plan.variants)
        rows.push_back(variant_row(plan, variant));
    for (const RunFacts& row : rows)
        shown.push_back(shown_facts(plan, row));
    report.comparison = compare_runs(rows);
    report.shown = compare_runs(shown);
    for (const DemoCorpus& corpus : plan.corpora)
        report.windows.push_back(std::int64_t(rows.front().windows.at(corpus.spec).nll.size()));
    return report;
}

std::string demo_text(const DemoReport& report, const std::vector<std::string>& last_lines) {
    std::string text;
    for (const std::string& line : head_lines(report))
        text += line + "\n";
    text += "\nExpert balance of the calibration sets\n" + aligned_table(balance_rows(report));
    text += "\nResults (perplexity by corpus)\n" + rows_table(report.shown) + table_note;
    text += std::string("\nDifferences of perplexity. ") + difference_note;
    for (const DemoCorpus& corpus : report.plan.corpora)
        text += "\n" + aligned_table(difference_rows(report, corpus));
    text += "\n";
    for (const std::string& line : last_lines)
        text += line + "\n";
    return text;
}

std::string demo_markdown(const DemoReport& report) {
    std::string text = "# MoEQuant demo\n\n";
    for (const std::string& line : head_lines(report))
        text += line + "\n\n";
    text += "## Expert balance of the calibration sets\n\n" + markdown_table(balance_rows(report));
    text += "\n## Results (perplexity by corpus)\n\n" + rows_markdown(report.shown) + "\n" + table_note;
    text += std::string("\n## Differences of perplexity\n\n") + difference_note;
    for (const DemoCorpus& corpus : report.plan.corpora)
        text += "\n" + markdown_table(difference_rows(report, corpus));
    return text;
}

} // namespace moequant
