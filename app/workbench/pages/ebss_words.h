// A word on every option of the search, with what the paper takes.
#pragma once
#include <nlohmann/json.hpp>

#include <QString>

namespace moequant {

/// One sentence on the option with this key; empty: there is none.
QString ebss_word(const std::string& key);

/// "σ (percentage points)": the axis' title for a job's options.
QString sigma_title(const nlohmann::json& options);

/// The name of a set's file by its options, without suffix: "ebss-tau1.2-w4".
QString set_stem(const nlohmann::json& options);

} // namespace moequant
