// When a sampled sequence is no text any more: loops and repetition.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace moequant {

/// Distinct n-grams over all n-grams; 1 for a sequence shorter than n.
double distinct_share(std::span<const std::int32_t> ids, int n);

/// Bytes after zlib at level 9 over bytes before; 1 for an empty text.
double zlib_ratio(std::string_view text);

/// Greatest share of the sequence that one run with a period of at most `longest` tokens covers.
double cycle_share(std::span<const std::int32_t> ids, int longest = 16);

/// Fewer than 30 % distinct 4-grams, or the text compresses below 10 %, or a cycle of period ≤ 16 covers over
/// 30 %. An empty text (no tokenizer) leaves the second out.
bool degenerate(std::span<const std::int32_t> ids, std::string_view text);

} // namespace moequant
