// Rows of text as a table. The first row is the heading; all rows are equally long.
#pragma once
#include <string>
#include <vector>

namespace moequant {

using TextRows = std::vector<std::vector<std::string>>;

/// Columns two spaces apart; a column whose cells begin like numbers is aligned to the right.
std::string aligned_table(const TextRows& rows);

std::string markdown_table(const TextRows& rows);

/// One field of a CSV line, quoted where it must be (RFC 4180).
std::string csv_cell(const std::string& text);

} // namespace moequant
