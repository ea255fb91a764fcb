#include "core/model/tokenizer/unicode.h"

#include "core/model/tokenizer/utf8.h"

#include <algorithm>
#include <unicode/uchar.h>

namespace moequant::tokenizer {
namespace {

bool has_category(char32_t c, std::uint32_t mask) {
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & mask) != 0;
}

const UnicodeAddition* addition(char32_t c) {
    auto table = unicode_additions();
    auto row = std::upper_bound(table.begin(), table.end(), c,
                                [](char32_t value, const UnicodeAddition& a) { return value < a.first; });
    if (row == table.begin())
        return nullptr;
    --row;
    return c <= row->last ? &*row : nullptr;
}

bool no_newer_than(char32_t c, int version) {
    UVersionInfo age;
    u_charAge(static_cast<UChar32>(c), age);
    return age[0] != 0 && (age[0] < version || (age[0] == version && age[1] == 0));
}

} // namespace

bool is_numeric(char32_t c) {
    if (c < 0x80)
        return c >= '0' && c <= '9';
    if (has_category(c, U_GC_N_MASK))
        return true;
    const UnicodeAddition* row = addition(c);
    // The last two ranges are Unicode 17's.
    return (row && row->category[0] == 'N') || (c >= 0x11DE0 && c <= 0x11DE9) ||
           (c >= 0x16FF4 && c <= 0x16FF6);
}

bool is_punctuation(char32_t c) {
    if (c < 0x80)
        return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
               (c >= '{' && c <= '~');
    // Two that later versions call symbol and letter.
    return c == 0x166D || c == 0x111C9 || (has_category(c, U_GC_P_MASK) && no_newer_than(c, 8));
}

bool is_white_space(char32_t c) {
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return u_isUWhiteSpace(static_cast<UChar32>(c));
}

bool is_word(char32_t c) {
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    if (c == 0x200C || c == 0x200D || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_ALPHABETIC) ||
        has_category(c, U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK))
        return true;
    const UnicodeAddition* row = addition(c);
    if (!row)
        return false;
    std::string_view category = row->category;
    return category[0] == 'L' || category[0] == 'M' || category == "Nd" || category == "Nl" ||
           category == "Pc";
}

bool is_combining_mark(char32_t c) {
    return c >= 0x300 && has_category(c, U_GC_M_MASK) && no_newer_than(c, 9);
}

void append_lowercase(char32_t c, std::string& text) {
    if (c == 0x130) {
        text += "i\u0307";
        return;
    }
    auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
    if (lower == c && c >= 0x1C89) { // pairs newer than the ICU at hand may be
        if (c == 0x1C89 || c == 0xA7CC || c == 0xA7CE || c == 0xA7D2 || c == 0xA7D4 || c == 0xA7DA)
            lower = c + 1;
        else if (c == 0xA7CB)
            lower = 0x264;
        else if (c == 0xA7DC)
            lower = 0x19B;
        else if (c >= 0x10D50 && c <= 0x10D65)
            lower = c + 0x20;
        else if (c >= 0x16EA0 && c <= 0x16EB8)
            lower = c + 0x1B;
    }
    append_code_point(lower, text);
}

} // namespace moequant::tokenizer
