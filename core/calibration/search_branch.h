// The branches of a running search (ebss_search.cpp) and their continuations.
#pragma once
#include "core/calibration/draw.h"
#include "core/calibration/ebss_search.h"
#include "core/calibration/proposals.h"

#include <algorithm>
#include <chrono>

namespace moequant {

/// A branch of the search.
struct Beam {
    std::vector<std::int32_t> ids;
    double log_prob = 0;
    BeamUsage usage;
    std::int32_t parent = 0; ///< rank of the beam that it extends
    bool fed = false;        ///< the last id's routing is counted, and the cache knows it
    bool ended = false;      ///< by EOS
    std::vector<Proposal> proposals;
};

/// A continuation while the search handles it.
struct Candidate : RankedCandidate {
    std::int64_t length = 0; ///< ids with the new one
    std::int64_t row = -1;   ///< of the step that tried it; −1: not fed
};

/// A sequence while it is searched for.
struct SearchedSequence {
    SearchTask task;
    Draw draw;
    std::vector<Beam> beams;
    RecordedSearch record;
    std::chrono::steady_clock::time_point reported{};

    bool done() const {
        return std::all_of(beams.begin(), beams.end(),
                           [](const Beam& beam) { return beam.ended && beam.fed; });
    }
};

} // namespace moequant
