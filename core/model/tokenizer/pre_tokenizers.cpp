#include "core/model/tokenizer/byte_level.h"
#include "core/model/tokenizer/components.h"
#include "core/model/tokenizer/regex.h"
#include "core/model/tokenizer/unicode.h"
#include "core/model/tokenizer/utf8.h"

#include <algorithm>

namespace moequant::tokenizer {
namespace {

enum class Behavior { removed, isolated, merged_with_previous, merged_with_next, contiguous };

using Find = std::function<void(std::string_view text, std::vector<Stretch>& stretches)>;

Behavior read_behavior(const JsonField& field) {
    const std::string& name = field.string();
    if (name == "Removed")
        return Behavior::removed;
    if (name == "Isolated")
        return Behavior::isolated;
    if (name == "MergedWithPrevious")
        return Behavior::merged_with_previous;
    if (name == "MergedWithNext")
        return Behavior::merged_with_next;
    if (name == "Contiguous")
        return Behavior::contiguous;
    field.fail("unknown behavior \"" + name + "\"");
}

// Joins and drops stretches. A match joins its neighbour only when the stretch on that side is no match
// itself; of a row of matches one joins and the others stand alone.
void apply(Behavior behavior, std::vector<Stretch>& stretches) {
    std::vector<Stretch> kept;
    kept.reserve(stretches.size());
    bool previous = false;
    switch (behavior) {
    case Behavior::isolated:
        return;
    case Behavior::removed:
        std::erase_if(stretches, [](const Stretch& s) { return s.match; });
        return;
    case Behavior::contiguous:
        for (const Stretch& s : stretches) {
            if (s.match == previous && !kept.empty())
                kept.back().end = s.end;
            else
                kept.push_back(s);
            previous = s.match;
        }
        break;
    case Behavior::merged_with_previous:
        for (const Stretch& s : stretches) {
            if (s.match && !previous && !kept.empty())
                kept.back().end = s.end;
            else
                kept.push_back(s);
            previous = s.match;
        }
        break;
    case Behavior::merged_with_next:
        for (auto s = stretches.rbegin(); s != stretches.rend(); ++s) {
            if (s->match && !previous && !kept.empty())
                kept.back().begin = s->begin;
            else
                kept.push_back(*s);
            previous = s->match;
        }
        std::reverse(kept.begin(), kept.end());
        break;
    }
    stretches = std::move(kept);
}

void split(Pieces& pieces, const Find& find, Behavior behavior) {
    std::vector<Piece> cut;
    cut.reserve(pieces.list.size());
    std::vector<Stretch> stretches;
    for (const Piece& piece : pieces.list) {
        if (piece.id >= 0) {
            cut.push_back(piece);
            continue;
        }
        find(pieces.view(piece), stretches);
        apply(behavior, stretches);
        for (const Stretch& s : stretches)
            if (s.begin != s.end)
                cut.push_back(
                    {piece.begin + s.begin, piece.begin + s.end, -1, piece.at_start && s.begin == 0});
    }
    pieces.list = std::move(cut);
}

// Rewrites every piece but the added tokens; `append` adds the new text of a piece to a buffer.
template <typename Append>
void rewrite(Pieces& pieces, Append append) {
    std::string text;
    text.reserve(pieces.text.size() + pieces.text.size() / 4);
    for (Piece& piece : pieces.list) {
        if (piece.id >= 0)
            continue;
        std::size_t begin = text.size();
        append(piece, pieces.view(piece), text);
        piece.begin = begin;
        piece.end = text.size();
    }
    pieces.text = std::move(text);
}

template <typename Predicate>
Find each_character(Predicate is_match) {
    return [is_match](std::string_view text, std::vector<Stretch>& stretches) {
        stretches.clear();
        std::size_t end = 0;
        for (std::size_t i = 0; i < text.size();) {
            std::size_t begin = i;
            if (!is_match(next_code_point(text, i)))
                continue;
            if (end < begin)
                stretches.push_back({end, begin, false});
            stretches.push_back({begin, i, true});
            end = i;
        }
        if (end < text.size())
            stretches.push_back({end, text.size(), false});
    };
}

PreTokenizer splitter(Find find, Behavior behavior) {
    return [find = std::move(find), behavior](Pieces& pieces) { split(pieces, find, behavior); };
}

PreTokenizer pattern_split(const Regex& regex, Behavior behavior, bool invert) {
    return splitter(
        [regex, invert](std::string_view text, std::vector<Stretch>& stretches) {
            regex.find(text, stretches);
            if (invert)
                for (Stretch& s : stretches)
                    s.match = !s.match;
        },
        behavior);
}

// Runs of word characters, and runs of what is neither word nor white space.
void find_outside_words(std::string_view text, std::vector<Stretch>& stretches) {
    enum Kind { space, word, other };
    auto kind_of = [](char32_t c) { return is_word(c) ? word : is_white_space(c) ? space : other; };
    stretches.clear();
    for (std::size_t i = 0; i < text.size();) {
        std::size_t begin = i;
        Kind kind = kind_of(next_code_point(text, i));
        while (i < text.size()) {
            std::size_t next = i;
            if (kind_of(next_code_point(text, next)) != kind)
                break;
            i = next;
        }
        stretches.push_back({begin, i, kind == space});
    }
}

PreTokenizer read_split(const JsonField& component) {
    JsonField pattern = component.at("pattern");
    Behavior behavior = read_behavior(component.at("behavior"));
    bool invert = component.at("invert").boolean();
    if (auto literal = pattern.find("String"))
        return pattern_split(Regex::literal(literal->string(), literal->file(), literal->path()), behavior,
                             invert);
    JsonField regex = pattern.at("Regex");
    return pattern_split(Regex::compile(regex.string(), regex.file(), regex.path()), behavior, invert);
}

PreTokenizer read_metaspace(const JsonField& component) {
    JsonField field = component.at("replacement");
    std::string mark = field.string();
    if (!is_one_code_point(mark))
        field.fail("must be one character");
    bool prefix = component.boolean_or("add_prefix_space", true);
    std::string scheme = component.string_or("prepend_scheme", prefix ? "always" : "never");
    if (scheme != "always" && scheme != "first" && scheme != "never")
        component.at("prepend_scheme").fail("unknown scheme \"" + scheme + "\"");
    if (!prefix && scheme != "never")
        component.fail("add_prefix_space and prepend_scheme contradict each other");
    bool cut = component.boolean_or("split", true);
    Regex find_mark = Regex::literal(mark, component.file(), field.path());
    return [=](Pieces& pieces) {
        rewrite(pieces, [&](const Piece& piece, std::string_view from, std::string& to) {
            bool marked = from.starts_with(' ') || from.starts_with(mark);
            if (!marked && (scheme == "always" || (scheme == "first" && piece.at_start)))
                to += mark;
            for (char c : from) {
                if (c == ' ')
                    to += mark;
                else
                    to += c;
            }
        });
        if (cut)
            split(
                pieces,
                [&](std::string_view text, std::vector<Stretch>& stretches) {
                    find_mark.find(text, stretches);
                },
                Behavior::merged_with_next);
    };
}

PreTokenizer make(const std::string& type, const JsonField& component) {
    if (type == "Split")
        return read_split(component);
    if (type == "ByteLevel")
        return byte_level(component.at("add_prefix_space").boolean(),
                          component.boolean_or("use_regex", true));
    if (type == "Digits")
        return splitter(each_character(is_numeric), component.at("individual_digits").boolean()
                                                        ? Behavior::isolated
                                                        : Behavior::contiguous);
    if (type == "Punctuation") {
        auto behavior = component.find("behavior");
        return splitter(each_character(is_punctuation),
                        behavior ? read_behavior(*behavior) : Behavior::isolated);
    }
    if (type == "Whitespace")
        return splitter(find_outside_words, Behavior::removed);
    if (type == "WhitespaceSplit")
        return splitter(each_character(is_white_space), Behavior::removed);
    if (type == "Metaspace")
        return read_metaspace(component);
    component.fail("unsupported pre-tokenizer \"" + type + "\"");
}

} // namespace

PreTokenizer split_isolated(const std::string& pattern, const std::string& file, const std::string& field) {
    return pattern_split(Regex::compile(pattern, file, field), Behavior::isolated, false);
}

PreTokenizer byte_level(bool add_prefix_space, bool use_regex) {
    static const Regex words = Regex::compile(
        R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)", "GPT-2", "pattern");
    return [add_prefix_space, use_regex](Pieces& pieces) {
        if (add_prefix_space)
            rewrite(pieces, [](const Piece&, std::string_view from, std::string& to) {
                if (!from.starts_with(' '))
                    to += ' ';
                to += from;
            });
        if (use_regex)
            split(
                pieces,
                [](std::string_view text, std::vector<Stretch>& stretches) { words.find(text, stretches); },
                Behavior::isolated);
        rewrite(pieces, [](const Piece&, std::string_view from, std::string& to) {
            append_byte_characters(from, to);
        });
    };
}

std::vector<PreTokenizer> make_pre_tokenizers(const JsonField& description) {
    std::vector<PreTokenizer> steps;
    for_each_component(
        description, "pretokenizers",
        [&](const std::string& type, const JsonField& component) { steps.push_back(make(type, component)); });
    return steps;
}

} // namespace moequant::tokenizer
