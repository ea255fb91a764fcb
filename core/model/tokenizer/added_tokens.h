// Tokens beside the model's vocabulary, found in the text before anything else looks at it.
#pragma once
#include "core/model/tokenizer/json_field.h"
#include "core/model/tokenizer/pieces.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace moequant::tokenizer {

struct AddedToken {
    std::string content;
    std::int32_t id = -1;
    bool single_word = false; // only where no word character stands beside it
    bool lstrip = false;      // takes the white space before it along
    bool rstrip = false;      // and behind it
    bool normalized = true;   // looked for in normalized text, in its own normalized form
    bool special = false;
};

/// Reads the flags and `content` of an added token. `flags_required` as in tokenizer.json.
AddedToken read_added_token(const JsonField& description, bool flags_required);

/// Finds strings in a text: of all, the leftmost; of those that begin there, the longest. Byte trie.
class StringFinder {
  public:
    /// The first string added wins over a later equal one. An empty one is left out.
    void add(std::string_view text, std::int32_t value);
    bool empty() const { return nodes_.size() == 1; }

    struct Hit {
        std::size_t begin, end;
        std::int32_t value;
    };
    /// The first hit at or after `from`; false when there is none.
    bool next(std::string_view text, std::size_t from, Hit& hit) const;

  private:
    struct Node {
        std::vector<std::pair<unsigned char, std::uint32_t>> children; // ascending
        std::int32_t value = -1;
    };
    std::uint32_t child(std::uint32_t node, unsigned char byte) const;

    std::vector<Node> nodes_ = std::vector<Node>(1);
    bool starts_[256] = {};
};

class AddedTokens {
  public:
    AddedTokens() = default;
    /// `tokens` have their ids; contents differ.
    AddedTokens(std::vector<AddedToken> tokens, const std::vector<Normalizer>& normalizers);

    /// Cuts well-formed `text` at added tokens and normalizes what lies between them.
    Pieces extract(std::string_view text, const std::vector<Normalizer>& normalizers) const;

    const std::vector<AddedToken>& tokens() const { return tokens_; }
    /// The form of added token `id` that decoders start from, null when `id` is none.
    const std::string* form(std::int32_t id) const;

  private:
    struct Section {
        std::size_t begin, end;
        std::int32_t id;
    };
    std::vector<Section> cut(std::string_view text, const StringFinder& finder) const;

    std::vector<AddedToken> tokens_;
    std::unordered_map<std::int32_t, std::size_t> by_id_;
    std::vector<std::string> forms_;
    StringFinder raw_, normalized_;
};

} // namespace moequant::tokenizer
