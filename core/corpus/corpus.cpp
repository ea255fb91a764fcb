#include "core/corpus/corpus.h"

#include "core/corpus/records.h"
#include "core/corpus/source.h"
#include "core/corpus/token_records.h"
#include "core/corpus/windows.h"
#include "core/job/error.h"

#include <algorithm>

namespace moequant {
namespace {

/// A shard of C4 unpacks to 800 MB. Where a number of windows is asked for, they are drawn from the first
/// records up to this many bytes of text (more, where the windows would not fit); the well-known sets but C4
/// are all smaller.
constexpr std::size_t enough_text = std::size_t(32) << 20;

struct Wanted {
    std::int64_t samples; ///< -1: every window
    std::int64_t length;
    bool at_most, sequential;
};

Wanted wanted_windows(const CorpusSpec& spec, const CorpusContext& context) {
    const bool evaluate = context.use == CorpusUse::Evaluate;
    Wanted wanted;
    wanted.samples = spec.samples.value_or(evaluate ? -1 : context.default_samples);
    wanted.length = spec.length.value_or(context.default_length);
    // Our own texts are short, and the plain name must work: nobody asked for 128 of them.
    wanted.at_most = spec.at_most || (!spec.samples && spec.kind == "builtin");
    wanted.sequential = spec.sequential || evaluate || wanted.samples < 0;
    return wanted;
}

/// The records' tokens, joined with EOS (with an empty line where the model has none), as far as they are
/// needed.
std::vector<std::int32_t> token_stream(const CorpusSource& source, const CorpusContext& context,
                                       const Wanted& wanted) {
    std::vector<std::int32_t> joint;
    if (context.eos)
        joint = {*context.eos};
    else
        joint = context.tokenizer->encode("\n\n");
    std::vector<std::int32_t> stream;
    std::size_t bytes = 0;
    bool first = true;
    read_records(source, [&](std::string text) {
        if (!first)
            stream.insert(stream.end(), joint.begin(), joint.end());
        first = false;
        const auto ids = context.tokenizer->encode(text);
        stream.insert(stream.end(), ids.begin(), ids.end());
        bytes += text.size();
        const bool filled =
            wanted.samples > 0 && std::int64_t(stream.size()) / wanted.length >= wanted.samples;
        return !(filled && (wanted.sequential || bytes >= enough_text));
    });
    if (bytes == 0)
        stream.clear();
    return stream;
}

std::string counted(std::int64_t number, const std::string& what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

/// How many windows to take of those that exist. Throws RequestError when there are too few.
std::int64_t window_count(const CorpusSpec& spec, const Wanted& wanted, std::int64_t tokens) {
    if (tokens == 0)
        throw RequestError("corpus '" + spec.text + "': holds no text");
    const std::int64_t exist = tokens / wanted.length;
    const auto there = "corpus '" + spec.text + "': its " + counted(tokens, "token") + " make " +
                       counted(exist, "window") + " of " + std::to_string(wanted.length);
    if (exist == 0)
        throw RequestError(there);
    if (wanted.samples < 0)
        return exist;
    if (exist < wanted.samples && !wanted.at_most)
        throw RequestError(there + ", not the " + std::to_string(wanted.samples) +
                           " asked for (samples=max:" + std::to_string(wanted.samples) +
                           " takes what there is)");
    return std::min(exist, wanted.samples);
}

} // namespace

TokenSet load_corpus(const CorpusSpec& spec, const CorpusContext& context) {
    if (spec.needs_model())
        throw RequestError("corpus '" + spec.text + "': is made by running the model, not read from a file");
    if (spec.kind == "tokens")
        return load_token_records(spec, context);
    const auto source = find_source(spec, context);
    if (!context.tokenizer)
        throw RequestError("corpus '" + spec.text +
                           "': is text, and the model has no tokenizer to read it with");
    const auto wanted = wanted_windows(spec, context);
    const auto stream = token_stream(source, context, wanted);
    const auto tokens = std::int64_t(stream.size());
    const auto count = window_count(spec, wanted, tokens);
    const auto starts = wanted.sequential ? sequential_starts(wanted.length, count)
                                          : random_starts(tokens, wanted.length, count, spec.seed);
    TokenSet set{spec.text, {}};
    set.sequences.reserve(starts.size());
    for (const auto start : starts)
        set.sequences.emplace_back(stream.begin() + start, stream.begin() + start + wanted.length);
    return set;
}

std::vector<std::filesystem::path> corpus_files(const CorpusSpec& spec, const CorpusContext& context) {
    if (spec.kind == "ebss")
        return {};
    if (spec.kind == "balanced")
        return corpus_files(pool_of(spec), context);
    if (spec.kind == "tokens") {
        if (!std::filesystem::exists(spec.argument))
            throw RequestError(spec.argument, "no such file (corpus '" + spec.text + "')");
        return {spec.argument};
    }
    return find_source(spec, context).files;
}

bool corpus_present(const CorpusSpec& spec, const CorpusContext& context) {
    try {
        corpus_files(spec, context);
        return true;
    } catch (const RequestError&) {
        return false;
    }
}

} // namespace moequant
