#include "core/job/error.h"
#include "core/model/tokenizer/byte_level.h"
#include "core/model/tokenizer/components.h"
#include "core/model/tokenizer/regex.h"
#include "core/model/tokenizer/unicode.h"
#include "core/model/tokenizer/utf8.h"

#include <limits>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uniset.h>

namespace moequant::tokenizer {
namespace {

void check(UErrorCode status, const char* what) {
    if (U_FAILURE(status))
        throw RunError(std::string(what) + ": " + u_errorName(status));
}

// The reference's normal forms are those of Unicode 9: later characters are left as they are.
const icu::UnicodeSet& normalized_characters() {
    static const icu::UnicodeSet set = [] {
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeSet characters(u"[:age=9.0:]", status);
        check(status, "ICU's character ages");
        characters.freeze();
        return characters;
    }();
    return set;
}

Normalizer normal_form(const char* table, UNormalization2Mode mode) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* form = icu::Normalizer2::getInstance(nullptr, table, mode, status);
    check(status, "ICU's normal forms");
    auto filtered = std::make_shared<icu::FilteredNormalizer2>(*form, normalized_characters());
    return [filtered](std::string& text, bool&) {
        if (text.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
            throw RequestError("a text of more than 2 GiB cannot be normalized");
        icu::StringPiece source(text.data(), static_cast<std::int32_t>(text.size()));
        UErrorCode status = U_ZERO_ERROR;
        if (filtered->isNormalizedUTF8(source, status) && U_SUCCESS(status))
            return;
        status = U_ZERO_ERROR;
        std::string result;
        result.reserve(text.size());
        icu::StringByteSink<std::string> sink(&result);
        filtered->normalizeUTF8(0, source, sink, nullptr, status);
        check(status, "ICU's normal forms");
        text = std::move(result);
    };
}

Normalizer replace(const Regex& pattern, const std::string& content) {
    return [pattern, content](std::string& text, bool&) {
        std::vector<Stretch> stretches;
        pattern.find(text, stretches);
        std::string result;
        result.reserve(text.size());
        for (const Stretch& stretch : stretches) {
            if (stretch.match)
                result += content;
            else
                result.append(text, stretch.begin, stretch.end - stretch.begin);
        }
        text = std::move(result);
    };
}

Normalizer strip(bool left, bool right) {
    return [left, right](std::string& text, bool& at_start) {
        std::size_t begin = 0, end = text.size();
        while (left && begin < text.size()) {
            std::size_t next = begin;
            if (!is_white_space(next_code_point(text, next)))
                break;
            begin = next;
        }
        while (right && end > begin) {
            std::size_t previous = end;
            if (!is_white_space(previous_code_point(text, previous)))
                break;
            end = previous;
        }
        if (begin > 0)
            at_start = false;
        text = text.substr(begin, end - begin);
    };
}

template <typename Append>
Normalizer map_characters(Append append) {
    return [append](std::string& text, bool&) {
        std::string result;
        result.reserve(text.size());
        for (std::size_t i = 0; i < text.size();)
            append(next_code_point(text, i), result);
        text = std::move(result);
    };
}

Regex read_pattern(const JsonField& component) {
    JsonField pattern = component.at("pattern");
    if (auto literal = pattern.find("String"))
        return Regex::literal(literal->string(), literal->file(), literal->path());
    JsonField regex = pattern.at("Regex");
    return Regex::compile(regex.string(), regex.file(), regex.path());
}

Normalizer make(const std::string& type, const JsonField& component) {
    if (type == "NFC")
        return normal_form("nfc", UNORM2_COMPOSE);
    if (type == "NFD")
        return normal_form("nfc", UNORM2_DECOMPOSE);
    if (type == "NFKC")
        return normal_form("nfkc", UNORM2_COMPOSE);
    if (type == "NFKD")
        return normal_form("nfkc", UNORM2_DECOMPOSE);
    if (type == "Replace")
        return replace(read_pattern(component), component.at("content").string());
    if (type == "Prepend")
        return [prefix = component.at("prepend").string()](std::string& text, bool&) {
            if (!text.empty())
                text.insert(0, prefix);
        };
    if (type == "Strip")
        return strip(component.at("strip_left").boolean(), component.at("strip_right").boolean());
    if (type == "Lowercase")
        return map_characters(append_lowercase);
    if (type == "StripAccents")
        return map_characters([](char32_t c, std::string& text) {
            if (!is_combining_mark(c))
                append_code_point(c, text);
        });
    if (type == "ByteLevel")
        return [](std::string& text, bool&) {
            std::string result;
            append_byte_characters(text, result);
            text = std::move(result);
        };
    component.fail("unsupported normalizer \"" + type + "\"");
}

} // namespace

Normalizer nfc() {
    return normal_form("nfc", UNORM2_COMPOSE);
}

std::vector<Normalizer> make_normalizers(const JsonField& description) {
    std::vector<Normalizer> steps;
    for_each_component(description, "normalizers", [&](const std::string& type, const JsonField& component) {
        steps.push_back(make(type, component));
    });
    return steps;
}

} // namespace moequant::tokenizer
