// Hugging Face tokenizers without Python: byte-level BPE and SentencePiece-style BPE.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moequant {

/// Reads `tokenizer.json`, or `vocab.json` + `merges.txt`, from a checkpoint folder. Immutable after loading
/// and safe to use from several threads. Reference: the `tokenizers` library; equal ids is the contract.
class Tokenizer {
  public:
    /// Throws RequestError naming the file and the fault (missing, malformed, unsupported component).
    static std::shared_ptr<const Tokenizer> load(const std::filesystem::path& folder);
    /// True when the folder holds files that `load` would read.
    static bool present(const std::filesystem::path& folder);
    ~Tokenizer();

    /// Ids of `text`. Special and added tokens written in the text are recognised; none is added unless
    /// `add_special_tokens` (then the post-processor's template applies). Ill-formed UTF-8 reads as U+FFFD,
    /// one for each maximal ill-formed part.
    std::vector<std::int32_t> encode(std::string_view text, bool add_special_tokens = false) const;
    /// Text of `ids`, special tokens kept. Bytes that form no UTF-8 come out as U+FFFD. Unknown ids:
    /// RequestError.
    std::string decode(std::span<const std::int32_t> ids) const;

    /// Vocabulary with added tokens: greatest id + 1.
    std::int64_t vocab_size() const;
    /// "byte-bpe" or "sentencepiece-bpe".
    const std::string& kind() const;
    /// True when `id` stands for something (false for holes in the vocabulary).
    bool known(std::int32_t id) const;
    /// Ids of added tokens marked special, ascending.
    const std::vector<std::int32_t>& special_ids() const;
    /// The id that the post-processor puts before a sequence, if it does.
    std::optional<std::int32_t> bos_to_add() const;

  private:
    struct Impl;
    explicit Tokenizer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace moequant
