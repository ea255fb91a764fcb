// The text under way through normalizers and pre-tokenizers, cut into pieces.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace moequant::tokenizer {

/// A stretch of `Pieces::text`, or an added token.
struct Piece {
    std::size_t begin = 0, end = 0;
    std::int32_t id = -1;  // of an added token, which nothing changes any more; its stretch is empty
    bool at_start = false; // begins where the user's text begins
};

struct Pieces {
    std::string text;
    std::vector<Piece> list;

    std::string_view view(const Piece& piece) const {
        return std::string_view(text).substr(piece.begin, piece.end - piece.begin);
    }
};

/// A step over well-formed text; clears `at_start` when the text no longer begins where it did.
using Normalizer = std::function<void(std::string& text, bool& at_start)>;
using PreTokenizer = std::function<void(Pieces& pieces)>;
/// A step over the strings of tokens, which may be any bytes after it.
using Decoder = std::function<void(std::vector<std::string>& tokens)>;

} // namespace moequant::tokenizer
