// Character classes as the `tokenizers` library has them. Its parts follow different versions of Unicode
// (patterns 16, normal forms 9, punctuation 8), and PCRE2 and ICU follow the version they were built with;
// what is here is the same whichever those are.
#pragma once
#include <span>
#include <string>

namespace moequant::tokenizer {

/// Code points given a general category after Unicode 14.
struct UnicodeAddition {
    char32_t first, last;
    char category[3];
};
std::span<const UnicodeAddition> unicode_additions();

/// General category N (Rust's `char::is_numeric`).
bool is_numeric(char32_t c);
/// ASCII punctuation and symbols, or general category P.
bool is_punctuation(char32_t c);
/// Property White_Space.
bool is_white_space(char32_t c);
/// Rust's `\w`: Alphabetic, M, Nd, Pc and Join_Control.
bool is_word(char32_t c);
/// General category M.
bool is_combining_mark(char32_t c);
/// Appends the full lower case of `c`, without context.
void append_lowercase(char32_t c, std::string& text);

} // namespace moequant::tokenizer
