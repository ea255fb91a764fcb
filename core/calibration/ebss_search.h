// The search of sequences that run in lockstep: what sample_balanced (ebss.h) calls for each slice of a set.
#pragma once
#include "core/calibration/beam_usage.h"
#include "core/calibration/ebss.h"

#include <map>
#include <span>

namespace moequant {

struct SearchTask {
    std::int64_t index = 0; ///< in the set
    std::uint64_t seed = 0;
};

struct FoundSequence {
    EbssSequence sequence;
    BeamUsage usage;
    RecordedSearch record; ///< empty unless asked for
};

/// What slices that belong together share, so that slicing changes nothing.
struct SearchRound {
    std::vector<std::int64_t> finished; ///< [cells]: counts of the set's finished sequences
    /// Counts of the best beams of the round's sequences after each step; kept only when something is
    /// recorded.
    std::vector<std::vector<std::int64_t>> best;
};

struct SearchContext {
    const Decoder& decoder;
    const EbssOptions& options;
    const UsageLayout& layout;
    std::span<const std::uint8_t> allowed; ///< a byte an id of the vocabulary
    const TextOf& text_of;
    const EventSink& emit;
    const std::stop_token& stop;
    std::vector<TermSpread>& spread;            ///< sums over sequences, a step
    std::vector<std::int64_t>& spread_over;     ///< how many sequences each is of
    std::function<void(std::int64_t)> advanced; ///< tokens decided since the last call
};

/// Searches all tasks together. Their caches must fit the memory.
std::vector<FoundSequence> search_together(const SearchContext& context, std::span<const SearchTask> tasks,
                                           SearchRound& round);

} // namespace moequant
