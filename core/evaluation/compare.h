// Runs side by side: rows and columns that come from the runs, and whether a difference is one.
#pragma once
#include "core/evaluation/paired.h"
#include "core/evaluation/run_facts.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace moequant {

struct ComparisonColumn {
    std::string key, title;
    Better better;
    int decimals;
    bool percent;
};

struct ComparisonRow {
    std::string name, kind;
    std::vector<nlohmann::json> values; ///< one a column, null where the run says nothing
    std::vector<bool> best;
};

/// Of the perplexities of two rows on one corpus.
struct ComparedPair {
    std::string spec;
    std::size_t row, against; ///< against < row
    PairedDifference difference;
};

struct Comparison {
    std::vector<ComparisonColumn> columns; ///< in the order in which the runs name them
    std::vector<ComparisonRow> rows;
    std::vector<ComparedPair> pairs; ///< every two rows that saw the same windows
};

/// Rows in the order given; a name that comes twice gets a number. A column's best values are marked where
/// two or more rows have one; the float model that another row agrees with is out of that contest.
Comparison compare_runs(const std::vector<RunFacts>& runs);

/// Several runs of one variant (how it was quantized, how it evaluates) as one row. Of a fact that comes
/// twice the first stands.
RunFacts join_facts(const std::string& name, const std::vector<RunFacts>& runs);

/// `{"columns": […], "rows": [{"name", "kind", "values": {key: value}, "best": [key, …]}], "differences":
/// [{"corpus", "run", "against", "log_ratio", "low", "high", "percent", "windows", "shown"}]}`
nlohmann::json to_json(const Comparison& comparison);
/// The rows alone, as aligned text and as Markdown.
std::string rows_table(const Comparison& comparison);
std::string rows_markdown(const Comparison& comparison);
/// Aligned text; the best value of a column has a star. The differences from the first row follow.
std::string to_table(const Comparison& comparison);
/// RFC 4180, numbers in full; the differences from the first row are columns.
std::string to_csv(const Comparison& comparison);
/// A booktabs tabular, best values bold.
std::string to_latex(const Comparison& comparison);
/// Two Markdown tables, best values bold.
std::string to_markdown(const Comparison& comparison);

/// "+1.25 % [+0.80, +1.70]" or "+0.10 % [−0.30, +0.50], no difference shown".
std::string difference_text(const PairedDifference& difference);

} // namespace moequant
