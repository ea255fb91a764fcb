// Byte pair encoding: the model behind both kinds of tokenizer.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace moequant::tokenizer {

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Vocabulary = std::unordered_map<std::string, std::int32_t, StringHash, std::equal_to<>>;

struct BpeOptions {
    std::optional<std::string> unk_token;
    bool fuse_unk = false;      // a run of unknown characters is one unk_token
    bool byte_fallback = false; // an unknown character becomes tokens <0x..> where all exist
    bool ignore_merges = false; // a word in the vocabulary is itself whatever the merges say
    // For errors: the files that hold vocabulary and merges, and the fields there.
    std::string file, vocabulary_field = "model.vocab", unk_field = "model.unk_token";
    std::string merges_file, merges_field = "model.merges";
};

/// Ids of words seen before, for one call of `encode`. The words must stay where they are meanwhile.
struct WordCache {
    std::unordered_map<std::string_view, std::pair<std::size_t, std::size_t>> words; // start, count in `ids`
    std::vector<std::int32_t> ids;
};

class Bpe {
  public:
    /// `merges` best first. Throws RequestError naming the merge whose parts or result are not in the
    /// vocabulary.
    Bpe(Vocabulary vocabulary, const std::vector<std::pair<std::string, std::string>>& merges,
        BpeOptions options);

    /// Appends the ids of `word`, well-formed UTF-8. O(n log n).
    void encode(std::string_view word, WordCache& cache, std::vector<std::int32_t>& ids) const;

    const Vocabulary& vocabulary() const { return vocabulary_; }
    /// The text of `id`, empty optional when there is none.
    std::optional<std::string_view> token(std::int32_t id) const;
    std::int32_t greatest_id() const { return greatest_id_; }

  private:
    struct Merge {
        std::uint64_t pair; // left id, right id
        std::uint32_t rank;
        std::int32_t id; // -1: free slot
    };

    const Merge* find_merge(std::int32_t left, std::int32_t right) const;
    void put_merge(const Merge& merge);
    void merge_segment(std::string_view segment, std::vector<std::int32_t>& ids) const;
    void read_symbols(std::string_view segment, std::vector<std::int32_t>& symbols) const;
    void encode_segment(std::string_view segment, WordCache& cache, std::vector<std::int32_t>& ids) const;
    bool may_join(char32_t left, char32_t right) const;
    std::int32_t character_id(char32_t c, std::string_view text) const;

    Vocabulary vocabulary_;
    BpeOptions options_;
    std::unordered_map<std::int32_t, std::string_view> tokens_;
    std::int32_t greatest_id_ = -1;
    std::vector<Merge> merges_;                // open addressing, a power of two of slots
    std::vector<std::int32_t> low_characters_; // id of each character below U+0800, or -1
    std::array<std::int32_t, 256> byte_ids_;
    std::unordered_set<std::uint64_t> joints_; // pairs of characters next to each other in some merged token
};

} // namespace moequant::tokenizer
