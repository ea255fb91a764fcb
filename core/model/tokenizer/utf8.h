// UTF-8 in and out. Code that takes "text" relies on it being well formed; `well_formed_text` sees to that.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace moequant::tokenizer {

/// Length in bytes of the longest well-formed start of `bytes`.
std::size_t well_formed_prefix(std::string_view bytes);

/// `bytes` with U+FFFD in place of each maximal ill-formed part (the Unicode standard's "maximal subpart",
/// section 3.9, which is also what Rust's `from_utf8_lossy` and Python's `errors="replace"` do).
std::string well_formed_text(std::string_view bytes);

/// The code point at byte `position` of well-formed `text`; moves `position` past it.
char32_t next_code_point(std::string_view text, std::size_t& position);

/// The code point that ends at byte `position` of well-formed `text`; moves `position` before it.
char32_t previous_code_point(std::string_view text, std::size_t& position);

void append_code_point(char32_t code_point, std::string& text);

/// True when `text` is one code point.
bool is_one_code_point(std::string_view text);

} // namespace moequant::tokenizer
