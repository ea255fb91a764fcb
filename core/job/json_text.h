// Parsing JSON that comes from outside.
#pragma once
#include <nlohmann/json.hpp>

#include <string_view>

namespace moequant {

/// The document, or a discarded value when the text is no JSON or nests more than 100 levels deep (comparing,
/// copying and printing recurse: a hostile text must not exhaust the stack).
nlohmann::json parse_json_text(std::string_view text);

} // namespace moequant
