// Expert-balance measures of routing counts (MoEQuant paper, equations 3 and 4; its units are not stated
// there, so every reading has a name).
#pragma once
#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace moequant {

/// Units of σ: with s the sample standard deviation (divisor E−1) of the shares n_e/ΣN.
enum class SigmaUnit {
    Percent, ///< 100·s, percentage points of routed slots
    Token,   ///< K·s, fraction of tokens
    Share,   ///< s
    Cv,      ///< E·s, unit-free
    Literal  ///< √E·s, the published pseudocode to the letter
};
SigmaUnit parse_sigma_unit(const std::string& name);

/// Balance of one MoE layer, or the summary of several. Definitions and a worked example: docs/balance.md.
struct Balance {
    double std_share = 0, std_token = 0, std_percent = 0, cv = 0;
    double gini = 0;                     ///< 0 uniform, (E−1)/E one expert takes all
    double min_share = 0, max_share = 0; ///< of routed slots
    std::int64_t unused = 0;             ///< experts without a token
    std::int64_t below_half_percent = 0; ///< experts with fewer than 0.005 of the tokens
};

/// counts: routed slots per expert; tokens are their sum over top_k. Without any token all is 0 and every
/// expert unused.
Balance layer_balance(std::span<const std::int64_t> counts, std::int64_t top_k);

/// Means of the deviations, cv and gini; least and greatest share; sums of the numbers of experts.
Balance summarise(std::span<const Balance> layers);

nlohmann::json to_json(const Balance& balance);

/// σ of one layer from Σ n² and Σ n alone, so that a search can keep it in O(1) a token. 0 when nothing was
/// routed.
double layer_sigma(SigmaUnit unit, double sum_of_squares, double slots, std::int64_t experts,
                   std::int64_t top_k);

} // namespace moequant
