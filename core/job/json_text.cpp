#include "core/job/json_text.h"

namespace moequant {

nlohmann::json parse_json_text(std::string_view text) {
    constexpr int deepest = 100;
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > deepest)
                return nlohmann::json(nlohmann::json::value_t::discarded);
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return nlohmann::json::parse(text, nullptr, false);
}

} // namespace moequant
