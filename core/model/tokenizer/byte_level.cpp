#include "core/model/tokenizer/byte_level.h"

#include "core/model/tokenizer/utf8.h"

namespace moequant::tokenizer {
namespace {

// Printable bytes of Latin-1 stand for themselves; the others, in order, for U+0100 on.
struct Table {
    std::array<std::string, 256> character;
    std::array<std::int16_t, 512> byte;

    Table() {
        byte.fill(-1);
        char32_t next = 0x100;
        for (int b = 0; b < 256; ++b) {
            bool printable = (b >= 0x21 && b <= 0x7E) || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            char32_t c = printable ? static_cast<char32_t>(b) : next++;
            append_code_point(c, character[b]);
            byte[c] = static_cast<std::int16_t>(b);
        }
    }
};

const Table& table() {
    static const Table instance;
    return instance;
}

} // namespace

void append_byte_characters(std::string_view bytes, std::string& text) {
    const Table& map = table();
    for (char byte : bytes)
        text += map.character[static_cast<unsigned char>(byte)];
}

void append_character_bytes(std::string_view text, std::string& bytes) {
    const Table& map = table();
    std::size_t start = bytes.size();
    for (std::size_t i = 0; i < text.size();) {
        char32_t c = next_code_point(text, i);
        if (c >= map.byte.size() || map.byte[c] < 0) {
            bytes.resize(start);
            bytes += text;
            return;
        }
        bytes += static_cast<char>(map.byte[c]);
    }
}

} // namespace moequant::tokenizer
