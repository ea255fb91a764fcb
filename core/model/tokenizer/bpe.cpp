#include "core/model/tokenizer/bpe.h"

#include "core/job/error.h"
#include "core/model/tokenizer/utf8.h"

#include <algorithm>
#include <cstdio>

namespace moequant::tokenizer {
namespace {

constexpr std::size_t longest_cached_word = 256; // bytes
constexpr std::size_t longest_whole_word =
    64; // bytes; longer ones are first cut where no merge can reach across
constexpr char32_t low_character_count = 0x800;

std::uint64_t pair_of(std::uint32_t left, std::uint32_t right) {
    return static_cast<std::uint64_t>(left) << 32 | right;
}

std::size_t slot_of(std::uint64_t pair, std::size_t slots) {
    std::uint64_t mixed = pair * 0x9E3779B97F4A7C15ull;
    return static_cast<std::size_t>((mixed ^ mixed >> 32) & (slots - 1));
}

// A merge that may be due: by rank, then from left to right.
struct Candidate {
    std::uint32_t rank, position;
    std::int32_t id;
    bool operator>(const Candidate& other) const {
        return rank != other.rank ? rank > other.rank : position > other.position;
    }
};

struct Symbol {
    std::int32_t id;
    std::int32_t previous, next; // -1: none
    bool gone;
};

} // namespace

Bpe::Bpe(Vocabulary vocabulary, const std::vector<std::pair<std::string, std::string>>& merges,
         BpeOptions options)
    : vocabulary_(std::move(vocabulary)),
      options_(std::move(options)),
      low_characters_(low_character_count, -1) {
    tokens_.reserve(vocabulary_.size());
    for (const auto& [text, id] : vocabulary_) {
        auto [other, fresh] = tokens_.emplace(id, text);
        if (!fresh)
            throw RequestError(options_.file, options_.vocabulary_field + ": id " + std::to_string(id) +
                                                  " stands for both \"" + std::string(other->second) +
                                                  "\" and \"" + text + "\"");
        greatest_id_ = std::max(greatest_id_, id);
        std::size_t end = 0;
        if (!is_one_code_point(text))
            continue;
        char32_t c = next_code_point(text, end);
        if (c < low_character_count)
            low_characters_[c] = id;
    }
    for (int byte = 0; byte < 256; ++byte) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>", byte);
        auto found = vocabulary_.find(std::string_view(name));
        byte_ids_[static_cast<std::size_t>(byte)] = found == vocabulary_.end() ? -1 : found->second;
    }

    std::size_t slots = 16;
    while (slots < merges.size() * 2)
        slots *= 2;
    merges_.assign(slots, {0, 0, -1});
    auto id_of = [&](const std::string& text, std::size_t rank) {
        auto found = vocabulary_.find(text);
        if (found == vocabulary_.end())
            throw RequestError(options_.merges_file, options_.merges_field + "[" + std::to_string(rank) +
                                                         "]: \"" + text + "\" is not in the vocabulary");
        return found->second;
    };
    for (std::size_t rank = 0; rank < merges.size(); ++rank) {
        const auto& [left, right] = merges[rank];
        std::string whole = left + right;
        auto left_id = static_cast<std::uint32_t>(id_of(left, rank));
        auto right_id = static_cast<std::uint32_t>(id_of(right, rank));
        put_merge({pair_of(left_id, right_id), static_cast<std::uint32_t>(rank), id_of(whole, rank)});
        char32_t previous = 0;
        for (std::size_t i = 0; i < whole.size();) {
            bool first = i == 0;
            char32_t c = next_code_point(whole, i);
            if (!first)
                joints_.insert(pair_of(previous, c));
            previous = c;
        }
    }
}

void Bpe::put_merge(const Merge& merge) {
    std::size_t slot = slot_of(merge.pair, merges_.size());
    while (merges_[slot].id >= 0 && merges_[slot].pair != merge.pair)
        slot = (slot + 1) & (merges_.size() - 1);
    merges_[slot] = merge; // of equal pairs the last counts
}

const Bpe::Merge* Bpe::find_merge(std::int32_t left, std::int32_t right) const {
    std::uint64_t pair = pair_of(static_cast<std::uint32_t>(left), static_cast<std::uint32_t>(right));
    std::size_t slot = slot_of(pair, merges_.size());
    while (merges_[slot].id >= 0) {
        if (merges_[slot].pair == pair)
            return &merges_[slot];
        slot = (slot + 1) & (merges_.size() - 1);
    }
    return nullptr;
}

std::optional<std::string_view> Bpe::token(std::int32_t id) const {
    auto found = tokens_.find(id);
    if (found == tokens_.end())
        return std::nullopt;
    return found->second;
}

std::int32_t Bpe::character_id(char32_t c, std::string_view text) const {
    if (c < low_character_count)
        return low_characters_[c];
    auto found = vocabulary_.find(text);
    return found == vocabulary_.end() ? -1 : found->second;
}

// Byte tokens do not end a run of unknown characters, so that a pending unk_token comes after them: the
// reference's order, kept for equality.
void Bpe::read_symbols(std::string_view segment, std::vector<std::int32_t>& symbols) const {
    std::int32_t pending = -1;
    for (std::size_t i = 0; i < segment.size();) {
        std::size_t begin = i;
        char32_t c = next_code_point(segment, i);
        std::string_view text = segment.substr(begin, i - begin);
        std::int32_t id = character_id(c, text);
        if (id >= 0) {
            if (pending >= 0)
                symbols.push_back(pending);
            pending = -1;
            symbols.push_back(id);
            continue;
        }
        auto byte_id = [&](char byte) { return byte_ids_[static_cast<unsigned char>(byte)]; };
        if (options_.byte_fallback &&
            std::all_of(text.begin(), text.end(), [&](char byte) { return byte_id(byte) >= 0; })) {
            for (char byte : text)
                symbols.push_back(byte_id(byte));
            continue;
        }
        if (!options_.unk_token)
            continue;
        if (pending >= 0 && !options_.fuse_unk)
            symbols.push_back(pending);
        if (pending < 0 || !options_.fuse_unk) {
            auto unk = vocabulary_.find(*options_.unk_token);
            if (unk == vocabulary_.end())
                throw RequestError(options_.file, options_.unk_field + ": \"" + *options_.unk_token +
                                                      "\" is not in the vocabulary");
            pending = unk->second;
        }
    }
    if (pending >= 0)
        symbols.push_back(pending);
}

void Bpe::merge_segment(std::string_view segment, std::vector<std::int32_t>& ids) const {
    std::vector<std::int32_t> start;
    start.reserve(segment.size());
    read_symbols(segment, start);

    auto count = static_cast<std::int32_t>(start.size());
    std::vector<Symbol> symbols(start.size());
    for (std::int32_t i = 0; i < count; ++i)
        symbols[static_cast<std::size_t>(i)] = {start[static_cast<std::size_t>(i)], i - 1,
                                                i + 1 < count ? i + 1 : -1, false};
    auto at = [&](std::int32_t i) -> Symbol& { return symbols[static_cast<std::size_t>(i)]; };

    std::vector<Candidate> queue;
    auto consider = [&](std::int32_t left, std::int32_t right) {
        if (const Merge* merge = find_merge(at(left).id, at(right).id))
            queue.push_back({merge->rank, static_cast<std::uint32_t>(left), merge->id});
        else
            return false;
        return true;
    };
    for (std::int32_t i = 0; i + 1 < count; ++i)
        consider(i, i + 1);
    std::make_heap(queue.begin(), queue.end(), std::greater<>());
    while (!queue.empty()) {
        std::pop_heap(queue.begin(), queue.end(), std::greater<>());
        Candidate best = queue.back();
        queue.pop_back();
        auto position = static_cast<std::int32_t>(best.position);
        Symbol& left = at(position);
        if (left.gone || left.next < 0)
            continue;
        Symbol& right = at(left.next);
        const Merge* merge = find_merge(left.id, right.id);
        if (!merge || merge->id != best.id)
            continue; // an entry of the queue that earlier merges overtook
        left.id = best.id;
        right.gone = true;
        left.next = right.next;
        if (left.next >= 0)
            at(left.next).previous = position;
        if (left.previous >= 0 && consider(left.previous, position))
            std::push_heap(queue.begin(), queue.end(), std::greater<>());
        if (left.next >= 0 && consider(position, left.next))
            std::push_heap(queue.begin(), queue.end(), std::greater<>());
    }
    for (const Symbol& symbol : symbols)
        if (!symbol.gone)
            ids.push_back(symbol.id);
}

void Bpe::encode_segment(std::string_view segment, WordCache& cache, std::vector<std::int32_t>& ids) const {
    if (segment.size() > longest_cached_word)
        return merge_segment(segment, ids);
    auto [entry, fresh] = cache.words.try_emplace(segment);
    if (fresh) {
        std::size_t start = cache.ids.size();
        merge_segment(segment, cache.ids);
        entry->second = {start, cache.ids.size() - start};
    }
    auto from = cache.ids.begin() + static_cast<std::ptrdiff_t>(entry->second.first);
    ids.insert(ids.end(), from, from + static_cast<std::ptrdiff_t>(entry->second.second));
}

// Two known characters that no merged token holds side by side stay apart, so that what lies left of them and
// right of them can be merged alone. Next to an unknown character nothing is cut.
bool Bpe::may_join(char32_t left, char32_t right) const {
    return joints_.contains(pair_of(left, right));
}

void Bpe::encode(std::string_view word, WordCache& cache, std::vector<std::int32_t>& ids) const {
    if (options_.ignore_merges) {
        if (auto found = vocabulary_.find(word); found != vocabulary_.end()) {
            ids.push_back(found->second);
            return;
        }
    }
    if (word.size() <= longest_whole_word)
        return encode_segment(word, cache, ids);
    std::size_t begin = 0;
    char32_t previous = 0;
    bool previous_known = false;
    for (std::size_t i = 0; i < word.size();) {
        std::size_t here = i;
        char32_t c = next_code_point(word, i);
        bool known = character_id(c, word.substr(here, i - here)) >= 0;
        if (here > begin && known && previous_known && !may_join(previous, c)) {
            encode_segment(word.substr(begin, here - begin), cache, ids);
            begin = here;
        }
        previous = c;
        previous_known = known;
    }
    encode_segment(word.substr(begin), cache, ids);
}

} // namespace moequant::tokenizer
