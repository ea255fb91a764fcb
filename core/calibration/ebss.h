// Expert-balanced self-sampling: a beam search that trades a candidate's likelihood against the balance of
// expert usage. MoEQuant (ICML 2025), equations 9–14; the readings taken are settled in docs/ebss.md.
#pragma once
#include "core/calibration/balance.h"
#include "core/job/event.h"
#include "core/model/decoder.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

struct EbssOptions {
    double tau = 1.2; ///< divides σ and touches nothing else; infinity: no balance term
    std::int64_t width = 4, sequences = 128, length = 512;
    std::int64_t warmup =
        3; ///< tokens after the first that are drawn from the model without the balance term
    SigmaUnit unit = SigmaUnit::Percent;
    bool sequential_first = false;    ///< first tokens are the allowed ids in order, not drawn
    std::optional<std::int32_t> bos;  ///< fed at position 0; in no ids, length or count
    std::vector<std::int32_t> masked; ///< never first tokens, never candidates (special and unknown ids)
    std::uint64_t seed = 0;
    std::int64_t memory_bytes = std::int64_t(2)
                                << 30; ///< for caches; slices the sequences, never changes the set
    std::int64_t watched = 1;          ///< `step` events for the first so many sequences
    /// Fixed openings (first token and warm-up), for comparison with the reference search; empty: drawn by
    /// seed.
    std::vector<std::vector<std::int32_t>> openings;
};

struct EbssSequence {
    std::vector<std::int32_t> ids;
    double log_prob = 0; ///< Σ log p of tokens 2…length (and of token 1 where a BOS was fed)
    double sigma = 0;    ///< of the finished sequence, every token counted, in the chosen unit
    double score = 0;    ///< −log_prob/length + sigma/tau
    std::uint64_t seed = 0;
};

struct EbssSet {
    std::vector<EbssSequence> sequences;
    /// Pooled over the set: a MoE layer's index, its top_k and counts per expert.
    struct Layer {
        int layer;
        std::int64_t top_k;
        std::vector<std::int64_t> counts;
    };
    std::vector<Layer> layers;
    double perplexity = 0; ///< exp of the mean negative log-probability of all scored tokens
};

/// Text of some ids, for the `step` events; may be empty.
using TextOf = std::function<std::string(std::span<const std::int32_t>)>;

/// Runs the search. Throws RequestError for options out of range and for a model without MoE layers.
EbssSet sample_balanced(const Decoder& decoder, const EbssOptions& options, const TextOf& text_of,
                        const EventSink& emit, const std::stop_token& stop);

/// Throws RequestError: τ ≤ 0, width < 1, length beyond the model's positions, no MoE layers, …
void check_options(const ModelConfig& config, const EbssOptions& options);

} // namespace moequant
