// Results for people: short tables on stdout when --json is not given.
#pragma once
#include "core/job/job.h"

#include <string>
#include <vector>

namespace moequant {

/// Columns aligned by width in characters, numbers (as the first row shows them) to the right.
std::string text_table(const std::vector<std::vector<std::string>>& rows);

/// What a person wants to see of a result; what has no form of its own is shown as indented JSON.
std::string result_text(const Job& job, const nlohmann::json& result);

} // namespace moequant
