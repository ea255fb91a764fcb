// What a sweep found, for people: tables and a CSV file. Both read the result document.
#pragma once
#include <nlohmann/json.hpp>

#include <string>

namespace moequant {

/// One row a cell; columns: the axes, every measure of balance, perplexity, speed, then the quantized model's
/// perplexity on each SPEC. Lines end in CR LF (RFC 4180).
std::string sweep_csv(const nlohmann::json& result);

/// Where τ and the width both vary, tables of CV and of perplexity with a row each τ and a column each width;
/// then a line for each cell.
std::string sweep_text(const nlohmann::json& result);

} // namespace moequant
