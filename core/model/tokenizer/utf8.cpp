#include "core/model/tokenizer/utf8.h"

namespace moequant::tokenizer {
namespace {

struct Sequence {
    std::size_t length; // bytes that belong together: a whole character, or a maximal ill-formed part
    bool valid;
};

// The first sequence of `bytes`, which is not empty (table 3-7 of the Unicode standard).
Sequence first_sequence(std::string_view bytes) {
    auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    unsigned char lead = at(0);
    if (lead < 0x80)
        return {1, true};
    std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4)
        return {1, false};
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t i = 1; i < length; ++i) {
        if (i >= bytes.size() || at(i) < low || at(i) > high)
            return {i, false};
        low = 0x80;
        high = 0xBF;
    }
    return {length, true};
}

} // namespace

std::size_t well_formed_prefix(std::string_view bytes) {
    std::size_t position = 0;
    while (position < bytes.size()) {
        Sequence sequence = first_sequence(bytes.substr(position, 4));
        if (!sequence.valid)
            break;
        position += sequence.length;
    }
    return position;
}

std::string well_formed_text(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (true) {
        std::size_t good = well_formed_prefix(bytes);
        text.append(bytes.substr(0, good));
        bytes.remove_prefix(good);
        if (bytes.empty())
            return text;
        text += "\uFFFD";
        bytes.remove_prefix(first_sequence(bytes.substr(0, 4)).length);
    }
}

char32_t next_code_point(std::string_view text, std::size_t& position) {
    auto byte = [&] { return static_cast<unsigned char>(text[position++]); };
    char32_t lead = byte();
    if (lead < 0x80)
        return lead;
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    char32_t value = lead & (0x3F >> more);
    while (more-- > 0 && position < text.size())
        value = (value << 6) | (byte() & 0x3F);
    return value;
}

char32_t previous_code_point(std::string_view text, std::size_t& position) {
    do
        --position;
    while (position > 0 && (static_cast<unsigned char>(text[position]) & 0xC0) == 0x80);
    std::size_t start = position;
    return next_code_point(text, start);
}

void append_code_point(char32_t c, std::string& text) {
    auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

bool is_one_code_point(std::string_view text) {
    if (text.empty())
        return false;
    std::size_t position = 0;
    next_code_point(text, position);
    return position == text.size();
}

} // namespace moequant::tokenizer
