// The visible characters that stand for bytes in byte-level vocabularies (GPT-2's table).
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace moequant::tokenizer {

/// Appends each byte's character.
void append_byte_characters(std::string_view bytes, std::string& text);
/// Appends the bytes that the characters of `text` stand for; when one stands for none, appends `text`
/// itself.
void append_character_bytes(std::string_view text, std::string& bytes);

} // namespace moequant::tokenizer
