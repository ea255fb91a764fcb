// Expert-balanced self-sampling: a beam search that trades a candidate's likelihood against the balance of
// expert usage. MoEQuant (ICML 2025), equations 9–14; the readings offered are described in docs/ebss.md.
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

/// Whose σ scores a candidate: the branch's before the new token (its children all share it), or the branch's
/// with the new token, which must be fed for that.
enum class SigmaOf { Parent, Child };
/// What σ measures: the sequence alone, or the whole set with this sequence in it (then times the number of
/// sequences, so that a token weighs as much against its log-probability as in the other scope).
enum class BalanceScope { Sequence, Set };

struct EbssOptions {
    double tau = 1.2; ///< divides σ and touches nothing else; infinity: no balance term
    std::int64_t width = 4, sequences = 128, length = 512;
    std::int64_t warmup =
        3; ///< tokens after the first that are drawn from the model without the balance term
    SigmaUnit unit = SigmaUnit::Percent;
    SigmaOf sigma_of = SigmaOf::Parent;
    BalanceScope scope = BalanceScope::Sequence;
    std::int64_t branching = 0; ///< continuations tried of each beam; 0: the width, which is exact for Parent
    double noise =
        0; ///< 0: the most probable continuations; else drawn from p^(1/noise), without replacement
    std::int64_t no_repeat_ngram = 0; ///< no n-gram of this length twice in a sequence; 0: off
    std::int64_t retries = 0;         ///< degenerate sequences are replaced, each at most this often
    std::int64_t wave = 0; ///< Set: sequences in lockstep, 0: all. The next wave sees the finished ones whole
    bool sequential_first = false;    ///< first tokens are the allowed ids in order, not drawn
    std::optional<std::int32_t> bos;  ///< fed at position 0; in no ids, length or count
    std::optional<std::int32_t> eos;  ///< set: a branch may end with it, after the warm-up; its last id
    std::vector<std::int32_t> masked; ///< never first tokens, never candidates (special and unknown ids)
    std::uint64_t seed = 0;
    std::int64_t memory_bytes = std::int64_t(2) << 30; ///< for caches; never changes the set
    std::int64_t watched = 1;                          ///< `step` events for the first so many sequences
    std::int64_t recorded = 0; ///< all candidates of the first so many sequences are kept
    /// Fixed openings (first token and warm-up), for comparison with the reference search; empty: drawn by
    /// seed.
    std::vector<std::vector<std::int32_t>> openings;
};

struct EbssSequence {
    std::vector<std::int32_t> ids;
    double log_prob = 0; ///< Σ log p of tokens 2…length (and of token 1 where a BOS was fed)
    double sigma = 0;    ///< of the finished sequence alone, every token counted, in the chosen unit
    double score = 0;    ///< −log_prob/length + sigma/tau
    std::uint64_t seed = 0;
    std::int64_t rejected = 0; ///< degenerate sequences that stood in this place before
};

/// A continuation that the search looked at. score = −log_p/(ids with it) + sigma/τ.
struct RankedCandidate {
    std::int32_t parent = 0,
                 token = 0; ///< rank of the beam it extends; token −1: a branch that has ended, as it is
    double log_p = 0;       ///< Σ log p of the whole branch
    double sigma = 0;       ///< what τ divides: in set scope N·σ(pooled)
    double score = 0;
};

/// One step of one sequence, candidates by rank; the first `kept` go on.
struct SearchStep {
    std::vector<RankedCandidate> candidates;
    std::int64_t kept = 0;
    double best_sigma = 0, pooled_sigma = 0; ///< of the best beam alone; of the set's best beams together
};

struct RecordedSearch {
    std::int64_t sequence = 0;
    std::vector<SearchStep> steps; ///< step 0 decides the second token
};

/// How far candidates of one sequence lie apart in each term of the score, a step: mean over sequences.
struct TermSpread {
    double likelihood = 0, balance = 0;
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
    double perplexity = 0;          ///< exp of the mean negative log-probability of all scored tokens
    std::int64_t rejected = 0;      ///< degenerate sequences that were replaced
    std::vector<TermSpread> spread; ///< a step of the search proper (0 while warming up)
    std::vector<RecordedSearch> recorded;
    /// After each sequence: mean CV over the MoE layers and perplexity of the sequences so far.
    struct Course {
        double cv = 0, perplexity = 0;
    };
    std::vector<Course> course;
};

/// Text of some ids, for the `step` events and to find degenerate text; may be empty.
using TextOf = std::function<std::string(std::span<const std::int32_t>)>;

/// Runs the search. Warns when the balance term is inert (its spread under 1 % of the likelihood term's).
/// Throws RequestError for options out of range and for a model without MoE layers.
EbssSet sample_balanced(const Decoder& decoder, const EbssOptions& options, const TextOf& text_of,
                        const EventSink& emit, const std::stop_token& stop);

/// Throws RequestError: τ ≤ 0, width < 1, length beyond the model's positions, no MoE layers, …
void check_options(const ModelConfig& config, const EbssOptions& options);

/// Continuations tried of each beam, the default resolved.
std::int64_t branching_of(const EbssOptions& options);

} // namespace moequant
