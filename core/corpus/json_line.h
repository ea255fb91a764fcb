// One line of JSON Lines.
#pragma once
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace moequant {

/// The object on `line`; `where` ("file:7") goes into the RequestError of a malformed line or one that is no
/// object.
nlohmann::json parse_json_line(std::string_view line, const std::string& where);

} // namespace moequant
