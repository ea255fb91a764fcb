// What a calibration set is like as text: variety, repetition, and what its sequences share. The definitions
// stand in docs/balance.md, so that sampled sets and real text are judged alike.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace moequant {

/// Mean over the sequences, and quantiles interpolated linearly between order statistics.
struct Spread {
    double mean = 0, q05 = 0, q50 = 0, q95 = 0;
};

struct SetQuality {
    Spread distinct1, distinct2, distinct4, distinct8; ///< shares of distinct n-grams of ids
    Spread cycle;                                      ///< share that one cycle of period ≤ 16 covers
    double longest_cycle = 0;                          ///< the greatest of them
    std::optional<Spread> zlib_ratio;                  ///< of the sequences that have text; unset without any
    double degenerate_share = 0; ///< of the sequences, as `degenerate` (core/calibration/degenerate.h) judges
    double shared4 = 0;          ///< of the set's distinct 4-grams: those that at least two sequences hold
};

/// `texts`: one for each sequence, or none at all; an empty one where there is no tokenizer. All is 0 for an
/// empty set.
SetQuality set_quality(std::span<const std::vector<std::int32_t>> sequences,
                       std::span<const std::string> texts);

/// {"distinct1": {"mean", "q05", "q50", "q95"}, …}; zlib_ratio null without text.
nlohmann::json to_json(const SetQuality& quality);

} // namespace moequant
