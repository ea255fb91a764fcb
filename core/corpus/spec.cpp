#include "core/corpus/corpus.h"
#include "core/job/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <sstream>
#include <string_view>

namespace moequant {
namespace {

constexpr std::array<std::string_view, 10> kinds = {"wikitext2", "c4",    "gsm8k",  "humaneval", "builtin",
                                                    "text",      "jsonl", "tokens", "ebss",      "balanced"};
constexpr std::array<std::string_view, 3> builtin_texts = {"prose", "maths", "code"};

template <std::size_t N>
bool one_of(std::string_view value, const std::array<std::string_view, N>& values) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

bool names_a_file(std::string_view kind) {
    return kind == "text" || kind == "jsonl" || kind == "tokens";
}

/// `text` of "balanced:text:FILE".
std::string_view innermost_kind(std::string_view text) {
    while (text.starts_with("balanced:"))
        text.remove_prefix(std::string_view("balanced:").size());
    return text.substr(0, text.find_first_of(":?"));
}

[[noreturn]] void fail(const std::string& spec, const std::string& fault) {
    throw RequestError("corpus '" + spec + "': " + fault);
}

/// Where the options begin (the '?'), or npos. A file's name may hold a '?' that no `key=` follows.
std::size_t options_start(std::string_view text, bool file) {
    for (auto at = text.find('?'); at != std::string_view::npos; at = text.find('?', at + 1)) {
        const auto rest = text.substr(at + 1);
        const auto key = rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
        if (!file || (key != 0 && key != std::string_view::npos && rest[key] == '='))
            return at;
    }
    return std::string_view::npos;
}

template <typename T>
T whole_number(const std::string& spec, const std::string& key, std::string_view value, T least) {
    T number{};
    const auto end = value.data() + value.size();
    const auto [stop, fault] = std::from_chars(value.data(), end, number);
    if (fault != std::errc() || stop != end || number < least)
        fail(spec,
             key + "=" + std::string(value) + " is not a whole number of at least " + std::to_string(least));
    return number;
}

double real_number(const std::string& spec, const std::string& key, std::string_view value, double least) {
    double number = 0;
    const auto end = value.data() + value.size();
    const auto [stop, fault] = std::from_chars(value.data(), end, number);
    if (fault != std::errc() || stop != end || !std::isfinite(number) || number < least) {
        std::ostringstream bound;
        bound << least;
        fail(spec, key + "=" + std::string(value) + " is not a number of at least " + bound.str());
    }
    return number;
}

/// r and pool, which only `balanced:` has.
bool set_selection_option(CorpusSpec& spec, const std::string& key, const std::string& value) {
    if (spec.kind != "balanced" || (key != "r" && key != "pool"))
        return false;
    if (key == "r")
        spec.top_up = real_number(spec.text, key, value, 0.1);
    else
        spec.pool = whole_number<std::int64_t>(spec.text, key, value, 1);
    return true;
}

void set_option(CorpusSpec& spec, const std::string& key, const std::string& value) {
    if (key == "samples") {
        if (value == "all") {
            spec.samples = -1;
            return;
        }
        spec.at_most = value.starts_with("max:");
        const auto number = std::string_view(value).substr(spec.at_most ? 4 : 0);
        spec.samples = whole_number<std::int64_t>(spec.text, key, number, 1);
    } else if (key == "length") {
        spec.length = whole_number<std::int64_t>(spec.text, key, value, 1);
    } else if (key == "seed") {
        spec.seed = whole_number<std::uint64_t>(spec.text, key, value, 0);
    } else if (key == "split") {
        if (value != "train" && value != "validation" && value != "test" && value != "all")
            fail(spec.text, "split=" + value + " is none of train, validation, test, all");
        spec.split = value;
    } else if (key == "order") {
        if (value != "random" && value != "sequential")
            fail(spec.text, "order=" + value + " is neither random nor sequential");
        spec.sequential = value == "sequential";
    } else if (!set_selection_option(spec, key, value)) {
        fail(spec.text, "unknown option '" + key + "' (there are samples, length, split, seed, order" +
                            (spec.kind == "balanced" ? ", r, pool)" : ")"));
    }
}

void check_argument(CorpusSpec& spec, bool colon) {
    if (names_a_file(spec.kind)) {
        if (spec.kind == "jsonl")
            if (const auto hash = spec.argument.rfind('#'); hash != std::string::npos) {
                spec.field = spec.argument.substr(hash + 1);
                spec.argument.resize(hash);
                if (spec.field.empty())
                    fail(spec.text, "no field after '#'");
            }
        if (spec.argument.empty())
            fail(spec.text, "no file after '" + spec.kind + ":'");
    } else if (spec.kind == "builtin") {
        if (!one_of(spec.argument, builtin_texts))
            fail(spec.text, "no built-in text '" + spec.argument + "' (there are prose, maths, code)");
    } else if (spec.kind == "balanced") {
        if (spec.argument.empty())
            fail(spec.text, "no corpus after 'balanced:'");
        if (CorpusSpec::parse(spec.argument).needs_model())
            fail(spec.text, "balanced: chooses from a corpus of text, not from '" + spec.argument + "'");
    } else if (colon) {
        fail(spec.text, "nothing may follow '" + spec.kind + "' but options");
    }
}

} // namespace

CorpusSpec CorpusSpec::parse(const std::string& text) {
    CorpusSpec spec;
    spec.text = text;
    const auto colon = text.find(':');
    const bool file = colon != std::string::npos && names_a_file(innermost_kind(text));
    const auto question = options_start(text, file);
    const auto name = text.substr(0, question);
    const auto split_at = name.find(':');
    spec.kind = name.substr(0, split_at);
    if (!one_of(spec.kind, kinds))
        fail(text, "unknown kind '" + spec.kind +
                       "' (there are wikitext2, c4, gsm8k, humaneval, builtin:NAME, text:FILE, jsonl:FILE, "
                       "tokens:FILE, ebss, balanced:SPEC)");
    if (split_at != std::string::npos)
        spec.argument = name.substr(split_at + 1);
    check_argument(spec, split_at != std::string::npos);

    std::set<std::string> seen;
    for (auto at = question; at != std::string::npos;) {
        const auto next = text.find('&', at + 1);
        const auto option = text.substr(at + 1, next == std::string::npos ? next : next - at - 1);
        const auto equals = option.find('=');
        if (equals == std::string::npos || equals == 0)
            fail(text, "'" + option + "' is not key=value");
        const auto key = option.substr(0, equals);
        if (!seen.insert(key).second)
            fail(text, "option '" + key + "' stands twice");
        set_option(spec, key, option.substr(equals + 1));
        at = next;
    }
    const auto inner = innermost_kind(text);
    if (spec.split && (inner == "text" || inner == "tokens"))
        fail(text, std::string(inner) + ": has no splits");
    if (spec.kind == "balanced" && spec.samples == -1)
        fail(text, "samples=all leaves nothing to choose");
    return spec;
}

CorpusSpec pool_of(const CorpusSpec& balanced, std::int64_t default_samples) {
    const auto samples = balanced.samples.value_or(default_samples);
    if (balanced.pool && *balanced.pool < samples)
        fail(balanced.text, "pool=" + std::to_string(*balanced.pool) + " is smaller than the " +
                                std::to_string(samples) + " samples to choose");
    CorpusSpec pool = CorpusSpec::parse(balanced.argument);
    pool.samples =
        balanced.pool.value_or(8 * std::min(samples, std::numeric_limits<std::int64_t>::max() / 8));
    pool.at_most = true;
    pool.length = balanced.length;
    pool.split = balanced.split;
    pool.seed = balanced.seed;
    pool.sequential = balanced.sequential;
    return pool;
}

} // namespace moequant
