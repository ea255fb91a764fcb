// What a finished run has to say in a comparison: named numbers, read from its folder.
#pragma once
#include "core/job/run_store.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
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
    int decimals = 4;     ///< of a number in a table
    bool percent = false; ///< a share, shown times 100
};

/// Summed losses of a SPEC's windows.
struct WindowLosses {
    std::vector<double> nll;
    std::vector<std::int64_t> tokens;
};

struct RunFacts {
    std::string name; ///< of the folder
    std::string kind;
    std::vector<Fact> facts;
    std::map<std::string, WindowLosses> windows; ///< of an evaluate run, by SPEC
    /// Which windows these are: hashes of corpora and tokenizer and the options that cut them. Windows pair
    /// only when equal.
    nlohmann::json window_identity;
    nlohmann::json model_identity, against_identity; ///< hashes of the weights' headers; null where none
};

/// Of a finished evaluate, quantize, profile or sample run. Throws RequestError naming the folder: no run,
/// not finished, another kind, windows that do not fit the result.
RunFacts read_run_facts(const std::filesystem::path& folder);

/// Mean relative output error over routed experts (an expert's error is the mean over its linears), all of
/// them and the quarter of each layer that the calibration set used least; null where none was measured.
struct ExpertErrors {
    nlohmann::json all, least_used;
};
ExpertErrors expert_errors(const nlohmann::json& linears);

} // namespace moequant
