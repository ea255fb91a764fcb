// Reads a tokenizer's files into the parts that `Tokenizer` runs.
#pragma once
#include "core/model/tokenizer/added_tokens.h"
#include "core/model/tokenizer/bpe.h"
#include "core/model/tokenizer/components.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace moequant::tokenizer {

struct TokenizerParts {
    std::string file; // the one that describes the model, for errors
    std::string kind; // "byte-bpe" or "sentencepiece-bpe"
    std::vector<Normalizer> normalizers;
    std::vector<PreTokenizer> pre_tokenizers;
    std::vector<Decoder> decoders; // none: tokens are joined by spaces
    std::unique_ptr<const Bpe> model;
    AddedTokens added;
    Affixes affixes;
};

/// Of `tokenizer.json`. What it says on truncation and padding is left out: windows are the caller's.
TokenizerParts read_tokenizer_json(const std::filesystem::path& folder);

/// Of `vocab.json` and `merges.txt`, with the added tokens of `tokenizer_config.json`: Qwen2's recipe (the
/// default) or GPT-2's, by `tokenizer_class`.
TokenizerParts read_vocabulary_and_merges(const std::filesystem::path& folder);

} // namespace moequant::tokenizer
