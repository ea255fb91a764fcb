// The result document of `hessian-lab` (docs/hessian-lab.md, "Result"), its tables and its text.
#pragma once
#include "core/hessian_lab/orders.h"
#include "core/hessian_lab/source_term.h"
#include "core/hessian_lab/study.h"
#include "core/job/job.h"

#include <nlohmann/json.hpp>

#include <string>

namespace moequant {

/// `study`, `points`, `orders` and `source_term` of the result.
nlohmann::json study_json(const Job& job, const Problem& problem, const Study& study);

/// `correlation` and `affinity` of the result from its rows `experts` and `curve`; null without rows.
nlohmann::json correlation_json(const nlohmann::json& experts, const nlohmann::json& curve);
nlohmann::json affinity_json(const nlohmann::json& curve);

/// What to beware of: rounding, flips, an exactly quadratic loss.
std::vector<std::string> lab_warnings(const nlohmann::json& result);
/// What the terminal shows.
std::string lab_text(const nlohmann::json& result);
/// Rows of equal keys as CSV, keys of objects inside joined by a point.
std::string rows_csv(const nlohmann::json& rows);

} // namespace moequant
