// A recorded search as a table for people (`moequant sample --explain SEQ`).
#pragma once
#include "core/calibration/search_record.h"

#include <functional>
#include <string>

namespace moequant {

/// The text of one id; empty function: the model has no tokenizer.
using TokenText = std::function<std::string(std::int32_t)>;

/// Every step of recorded sequence `index`: a line with how far the candidates' two terms lie apart (−log p
/// over ids, and σ/τ), then the candidates by rank; kept ones are marked with *.
std::string explain_search(const SearchRecord& record, std::int64_t index, const TokenText& text_of,
                           double tau);

/// A token's text in quotes, on one line: control characters, quotes and bytes that form no UTF-8 escaped,
/// cut after `most` characters.
std::string quoted_token(const std::string& text, std::size_t most = 20);

} // namespace moequant
