#include "core/model/tokenizer/byte_level.h"
#include "core/model/tokenizer/components.h"
#include "core/model/tokenizer/regex.h"
#include "core/model/tokenizer/utf8.h"

#include <limits>

namespace moequant::tokenizer {
namespace {

std::string concatenate(const std::vector<std::string>& tokens) {
    std::string text;
    for (const std::string& token : tokens)
        text += token;
    return text;
}

// The byte that a token such as <0x0A> stands for, or -1.
int byte_of(const std::string& token) {
    if (token.size() != 6 || !token.starts_with("<0x") || token[5] != '>')
        return -1;
    int value = 0;
    for (int i : {3, 4}) {
        char c = token[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

// A run of byte tokens becomes its text, or one U+FFFD a byte when the run as a whole is not well formed.
void byte_fallback(std::vector<std::string>& tokens) {
    std::vector<std::string> result;
    result.reserve(tokens.size());
    std::string bytes;
    auto flush = [&] {
        if (bytes.empty())
            return;
        if (well_formed_prefix(bytes) == bytes.size())
            result.push_back(bytes);
        else
            result.insert(result.end(), bytes.size(), "\uFFFD");
        bytes.clear();
    };
    for (std::string& token : tokens) {
        int byte = byte_of(token);
        if (byte >= 0) {
            bytes += static_cast<char>(byte);
            continue;
        }
        flush();
        result.push_back(std::move(token));
    }
    flush();
    tokens = std::move(result);
}

Decoder metaspace(const JsonField& component) {
    JsonField field = component.at("replacement");
    std::string mark = field.string();
    if (!is_one_code_point(mark))
        field.fail("must be one character");
    bool prefix = component.boolean_or("add_prefix_space", true);
    bool strip_first = component.string_or("prepend_scheme", prefix ? "always" : "never") != "never";
    return [mark, strip_first](std::vector<std::string>& tokens) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            std::string text;
            std::size_t from = 0, found = 0;
            while ((found = tokens[i].find(mark, from)) != std::string::npos) {
                text.append(tokens[i], from, found - from);
                if (i > 0 || !strip_first)
                    text += ' ';
                from = found + mark.size();
            }
            text.append(tokens[i], from);
            tokens[i] = std::move(text);
        }
    };
}

Decoder replace(const JsonField& component) {
    JsonField pattern = component.at("pattern");
    auto literal = pattern.find("String");
    JsonField field = literal ? *literal : pattern.at("Regex");
    Regex regex = literal ? Regex::literal(field.string(), field.file(), field.path())
                          : Regex::compile(field.string(), field.file(), field.path());
    return [regex, content = component.at("content").string()](std::vector<std::string>& tokens) {
        std::vector<Stretch> stretches;
        for (std::string& token : tokens) {
            regex.find(token, stretches);
            std::string text;
            for (const Stretch& s : stretches)
                text += s.match ? std::string_view(content)
                                : std::string_view(token).substr(s.begin, s.end - s.begin);
            token = std::move(text);
        }
    };
}

Decoder strip(const JsonField& component) {
    JsonField field = component.at("content");
    std::string content = field.string();
    if (!is_one_code_point(content))
        field.fail("must be one character");
    std::int64_t most = std::numeric_limits<std::int32_t>::max();
    std::int64_t start = component.at("start").integer(0, most), stop = component.at("stop").integer(0, most);
    return [content, start, stop](std::vector<std::string>& tokens) {
        for (std::string& token : tokens) {
            std::string_view text = token;
            for (std::int64_t i = 0; i < start && text.starts_with(content); ++i)
                text.remove_prefix(content.size());
            for (std::int64_t i = 0; i < stop && text.ends_with(content); ++i)
                text.remove_suffix(content.size());
            token = std::string(text);
        }
    };
}

Decoder make(const std::string& type, const JsonField& component) {
    if (type == "ByteLevel")
        return byte_level_decoder();
    if (type == "Metaspace")
        return metaspace(component);
    if (type == "ByteFallback")
        return byte_fallback;
    if (type == "Replace")
        return replace(component);
    if (type == "Fuse")
        return [](std::vector<std::string>& tokens) { tokens = {concatenate(tokens)}; };
    if (type == "Strip")
        return strip(component);
    component.fail("unsupported decoder \"" + type + "\"");
}

} // namespace

Decoder byte_level_decoder() {
    return [](std::vector<std::string>& tokens) {
        std::string bytes;
        for (const std::string& token : tokens)
            append_character_bytes(token, bytes);
        tokens = {well_formed_text(bytes)};
    };
}

std::vector<Decoder> make_decoders(const JsonField& description) {
    std::vector<Decoder> steps;
    for_each_component(description, "decoders", [&](const std::string& type, const JsonField& component) {
        steps.push_back(make(type, component));
    });
    return steps;
}

} // namespace moequant::tokenizer
