// What a finished run has to say in a comparison: named numbers, read from its folder.
#pragma once
#include "core/job/result_facts.h"
#include "core/job/run_store.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace moequant {

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
    std::vector<std::string> models = {}; ///< checkpoints that the job names: its model and `against`
};

/// Rows from papers for runs of these models, with the columns that the runs have; empty where no paper has
/// such a figure. Their kind is "published": they are never the best of a column.
std::vector<RunFacts> published_facts(const std::vector<RunFacts>& runs);

/// Of a finished evaluate, quantize, profile or sample run. Throws RequestError naming the folder: no run,
/// not finished, another kind, windows that do not fit the result.
RunFacts read_run_facts(const std::filesystem::path& folder);

} // namespace moequant
