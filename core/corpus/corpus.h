// Corpus SPECs that need no model: files, the built-in texts and the well-known sets, cut into windows of
// tokens.
#pragma once
#include "core/corpus/token_set.h"
#include "core/model/tokenizer/tokenizer.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

enum class CorpusUse { Calibrate, Evaluate };

/// `name?samples=128&length=512&split=…&seed=0&order=…`, parsed. `kind` is wikitext2, c4, gsm8k, humaneval,
/// builtin, text, jsonl, tokens, ebss or balanced; `argument` what follows the colon (a path, a built-in
/// text's name, a SPEC).
struct CorpusSpec {
    std::string text; ///< as written
    std::string kind, argument, field;
    std::optional<std::int64_t>
        samples; ///< unset: 128 calibrating, all evaluating; "max:N" sets at_most; "all": -1
    bool at_most = false;
    std::optional<std::int64_t> length; ///< unset: the caller's default
    std::optional<std::string> split;   ///< unset: train when calibrating, test when evaluating
    std::uint64_t seed = 0;
    bool sequential = false;
    double top_up = 2;                ///< balanced: experts below so many times their uniform share need more
    std::optional<std::int64_t> pool; ///< balanced: windows to choose from; unset: 8 times the samples

    /// Throws RequestError naming the part that is wrong.
    static CorpusSpec parse(const std::string& text);
    bool needs_model() const { return kind == "ebss" || kind == "balanced"; }
};

/// The windows that `balanced:SPEC` chooses from: SPEC with the whole's split, length, seed and order and at
/// most `pool` samples. Throws RequestError for a pool below the samples.
CorpusSpec pool_of(const CorpusSpec& balanced, std::int64_t default_samples = 128);

struct CorpusContext {
    std::vector<std::filesystem::path>
        data_folders;                     ///< searched in order: --data, $MOEQUANT_DATA, the user's own
    std::filesystem::path resources;      ///< built-in texts
    const Tokenizer* tokenizer = nullptr; ///< null: only `tokens:` records with ids can be read
    std::int64_t vocab_size = 0;          ///< ids of `tokens:` records must lie below it
    std::optional<std::int32_t> eos;      ///< joins records
    CorpusUse use = CorpusUse::Calibrate;
    std::int64_t default_samples = 128, default_length = 512;
};

/// Windows of tokens as docs/corpora.md says. Throws RequestError: not found (with where it was looked for
/// and how to fetch it), empty, too little text for the samples asked (with the number that exists).
TokenSet load_corpus(const CorpusSpec& spec, const CorpusContext& context);

/// The files that `load_corpus` would read (of `balanced:SPEC` those of SPEC), for the hashes in job.json.
std::vector<std::filesystem::path> corpus_files(const CorpusSpec& spec, const CorpusContext& context);

/// True when the SPEC's files are there.
bool corpus_present(const CorpusSpec& spec, const CorpusContext& context);

/// --data DIR, then $MOEQUANT_DATA, then $XDG_DATA_HOME/moequant/corpora.
std::vector<std::filesystem::path> data_folders(const std::string& data_option);

} // namespace moequant
