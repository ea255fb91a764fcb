// What a running search says about itself: `step` events, recorded candidates, the spread of the score's
// terms.
#pragma once
#include "core/calibration/search_branch.h"

namespace moequant {

/// One sequence's candidates in rank order, the first `kept` of which go on; its beams are still the parents,
/// of `length` ids.
void note_candidates(const SearchContext& context, SearchedSequence& sequence,
                     const std::vector<Candidate>& candidates, std::int64_t kept, std::int64_t length);

/// After a step of all sequences: what the recorded ones keep of the best beams. Nothing when none is
/// recorded.
void note_best_beams(const SearchContext& context, std::vector<SearchedSequence>& sequences,
                     SearchRound& round, std::int64_t length);

} // namespace moequant
