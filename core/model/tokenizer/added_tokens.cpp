#include "core/model/tokenizer/added_tokens.h"

#include "core/model/tokenizer/unicode.h"
#include "core/model/tokenizer/utf8.h"

#include <algorithm>

namespace moequant::tokenizer {
namespace {

bool ends_in_word(std::string_view text) {
    std::size_t position = text.size();
    return !text.empty() && is_word(previous_code_point(text, position));
}

bool starts_with_word(std::string_view text) {
    std::size_t position = 0;
    return !text.empty() && is_word(next_code_point(text, position));
}

std::size_t start_of_trailing_space(std::string_view text) {
    std::size_t start = text.size();
    while (start > 0) {
        std::size_t position = start;
        if (!is_white_space(previous_code_point(text, position)))
            break;
        start = position;
    }
    return start;
}

std::size_t length_of_leading_space(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size()) {
        std::size_t position = length;
        if (!is_white_space(next_code_point(text, position)))
            break;
        length = position;
    }
    return length;
}

} // namespace

AddedToken read_added_token(const JsonField& description, bool flags_required) {
    AddedToken token;
    token.content = description.at("content").string();
    auto flag = [&](const char* key, bool otherwise) {
        return flags_required ? description.at(key).boolean() : description.boolean_or(key, otherwise);
    };
    token.single_word = flag("single_word", false);
    token.lstrip = flag("lstrip", false);
    token.rstrip = flag("rstrip", false);
    token.special = flag("special", false);
    token.normalized = flag("normalized", !token.special);
    return token;
}

std::uint32_t StringFinder::child(std::uint32_t node, unsigned char byte) const {
    const auto& children = nodes_[node].children;
    auto found = std::lower_bound(children.begin(), children.end(), byte,
                                  [](const auto& entry, unsigned char b) { return entry.first < b; });
    return found != children.end() && found->first == byte ? found->second : 0;
}

void StringFinder::add(std::string_view text, std::int32_t value) {
    if (text.empty())
        return;
    starts_[static_cast<unsigned char>(text[0])] = true;
    std::uint32_t node = 0;
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        std::uint32_t next = child(node, byte);
        if (next == 0) {
            next = static_cast<std::uint32_t>(nodes_.size());
            nodes_.emplace_back();
            auto& children = nodes_[node].children;
            auto place = std::lower_bound(children.begin(), children.end(), byte,
                                          [](const auto& entry, unsigned char b) { return entry.first < b; });
            children.insert(place, {byte, next});
        }
        node = next;
    }
    if (nodes_[node].value < 0)
        nodes_[node].value = value;
}

bool StringFinder::next(std::string_view text, std::size_t from, Hit& hit) const {
    for (std::size_t begin = from; begin < text.size(); ++begin) {
        if (!starts_[static_cast<unsigned char>(text[begin])])
            continue;
        bool found = false;
        std::uint32_t node = 0;
        for (std::size_t i = begin; i < text.size(); ++i) {
            node = child(node, static_cast<unsigned char>(text[i]));
            if (node == 0)
                break;
            if (nodes_[node].value >= 0) {
                hit = {begin, i + 1, nodes_[node].value};
                found = true;
            }
        }
        if (found)
            return true;
    }
    return false;
}

AddedTokens::AddedTokens(std::vector<AddedToken> tokens, const std::vector<Normalizer>& normalizers)
    : tokens_(std::move(tokens)) {
    forms_.reserve(tokens_.size());
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        const AddedToken& token = tokens_[i];
        by_id_.emplace(token.id, i);
        std::string form = token.content;
        if (token.normalized) {
            bool at_start = true;
            for (const Normalizer& normalize : normalizers)
                normalize(form, at_start);
        }
        (token.normalized ? normalized_ : raw_).add(form, static_cast<std::int32_t>(i));
        forms_.push_back(std::move(form));
    }
}

const std::string* AddedTokens::form(std::int32_t id) const {
    auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &forms_[found->second];
}

// White space that a token takes along stays open to the search, so that a token made of white space is found
// in it again; the reference does the same.
std::vector<AddedTokens::Section> AddedTokens::cut(std::string_view text, const StringFinder& finder) const {
    std::vector<Section> sections;
    std::size_t done = 0;
    StringFinder::Hit hit;
    if (!finder.empty()) {
        for (std::size_t from = 0; finder.next(text, from, hit); from = hit.end) {
            const AddedToken& token = tokens_[static_cast<std::size_t>(hit.value)];
            std::size_t begin = hit.begin, end = hit.end;
            if (token.single_word &&
                (ends_in_word(text.substr(0, begin)) || starts_with_word(text.substr(end))))
                continue;
            if (token.lstrip)
                begin = std::max(start_of_trailing_space(text.substr(0, begin)), done);
            if (token.rstrip)
                end += length_of_leading_space(text.substr(end));
            if (done < begin)
                sections.push_back({done, begin, -1});
            sections.push_back({begin, end, token.id});
            done = end;
        }
    }
    if (done != text.size())
        sections.push_back({done, text.size(), -1});
    return sections;
}

Pieces AddedTokens::extract(std::string_view text, const std::vector<Normalizer>& normalizers) const {
    Pieces pieces;
    pieces.text.reserve(text.size());
    for (const Section& outer : cut(text, raw_)) {
        if (outer.id >= 0) {
            pieces.list.push_back({0, 0, outer.id, false});
            continue;
        }
        std::string section(text.substr(outer.begin, outer.end - outer.begin));
        bool at_start = outer.begin == 0;
        for (const Normalizer& normalize : normalizers)
            normalize(section, at_start);
        std::size_t base = pieces.text.size();
        for (const Section& inner : cut(section, normalized_)) {
            if (inner.id >= 0)
                pieces.list.push_back({0, 0, inner.id, false});
            else if (inner.begin != inner.end)
                pieces.list.push_back(
                    {base + inner.begin, base + inner.end, -1, at_start && inner.begin == 0});
        }
        pieces.text += section;
    }
    return pieces;
}

} // namespace moequant::tokenizer
