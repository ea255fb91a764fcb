// What a finished run has to say, as named numbers: read from its job and its result.json alone, so that the
// command's comparison and the window's have the same columns.
#pragma once
#include "core/job/job.h"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

enum class Better { Neither, Lower, Higher };

/// One value and the column it belongs to.
struct Fact {
    std::string key;   ///< of the column: "perplexity/wikitext2", "cv", "bits"
    std::string title; ///< the column's heading
    nlohmann::json value;
    Better better = Better::Neither;
    int decimals = 4;                 ///< of a number in a table
    bool percent = false;             ///< a share, shown times 100
    bool setting = false;             ///< chosen before the run, not measured
    std::optional<double> error = {}; ///< standard error of `value`, where the run knows one
};

/// Errors of a layer's experts, summed over their linears.
struct ExpertSum {
    double error = 0, tokens = 0; ///< tokens: the most that one of its linears saw
    int linears = 0;              ///< those whose error was measured
};
using ExpertSums = std::map<int, std::map<int, ExpertSum>>; ///< [layer][expert]

/// Takes a row of a quantize result's `linears` in; rows of no routed expert are passed over.
void add_linear(ExpertSums& sums, const nlohmann::json& row);

/// Mean relative output error over routed experts (an expert's error is the mean over its linears), all of
/// them and the quarter of each layer that the calibration set used least; null where none was measured.
struct ExpertErrors {
    nlohmann::json all, least_used;
};
ExpertErrors expert_errors(const ExpertSums& sums);
ExpertErrors expert_errors(const nlohmann::json& linears);

/// The facts of a finished profile, sample, quantize or evaluate run; other kinds have none. `errors` stands
/// for the result's `linears` where those were read apart. No fact is null.
std::vector<Fact> result_facts(const Job& job, const nlohmann::json& result,
                               const std::optional<ExpertErrors>& errors = {});

/// The cells of a finished sweep, a list of facts each: τ, width, branching, then what was measured.
std::vector<std::vector<Fact>> sweep_facts(const nlohmann::json& result);

} // namespace moequant
