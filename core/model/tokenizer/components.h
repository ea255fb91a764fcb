// Builds the steps of a tokenizer from their description in tokenizer.json. Each function throws RequestError
// naming file and field for a malformed description, or for a component that is not supported.
#pragma once
#include "core/model/tokenizer/json_field.h"
#include "core/model/tokenizer/pieces.h"

#include <cstdint>
#include <string>
#include <vector>

namespace moequant::tokenizer {

/// Sequence, NFC, NFD, NFKC, NFKD, Replace, Prepend, Strip, Lowercase, StripAccents, ByteLevel; in order.
std::vector<Normalizer> make_normalizers(const JsonField& description);
/// Sequence, Split, ByteLevel, Digits, Punctuation, Whitespace, WhitespaceSplit, Metaspace; in order.
std::vector<PreTokenizer> make_pre_tokenizers(const JsonField& description);
/// Sequence, ByteLevel, Metaspace, ByteFallback, Replace, Fuse, Strip; in order.
std::vector<Decoder> make_decoders(const JsonField& description);

/// Normal form C as the reference has it.
Normalizer nfc();
/// Pieces are the matches of `pattern` and what lies between them.
PreTokenizer split_isolated(const std::string& pattern, const std::string& file, const std::string& field);
/// Bytes as the visible characters of byte-level vocabularies, after GPT-2's split if `use_regex`.
PreTokenizer byte_level(bool add_prefix_space, bool use_regex);
Decoder byte_level_decoder();

/// Ids put before and after a sequence.
struct Affixes {
    std::vector<std::int32_t> before, after;
};
/// TemplateProcessing, RobertaProcessing, BertProcessing, ByteLevel, Sequence.
Affixes read_post_processor(const JsonField& description);

/// True when `description` is of type `type` or a Sequence (under `list`) that holds one.
bool contains_component(const JsonField& description, const std::string& type, const std::string& list);

/// Calls `visit` for each component of `description`, in order, going into Sequences, whose parts are in
/// `list`.
void for_each_component(const JsonField& description, const std::string& list,
                        const std::function<void(const std::string& type, const JsonField& component)>& visit,
                        int depth = 0);

} // namespace moequant::tokenizer
