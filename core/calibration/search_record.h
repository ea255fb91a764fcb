// A recorded EBSS search, `search.safetensors` of a run: every step's candidates of some sequences, so that a
// viewer can replay the search, and re-rank it at another τ, without the model (docs/protocol.md).
#pragma once
#include "core/calibration/ebss.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace moequant {

/// One candidate of one step, as the file holds it.
struct RecordedCandidate {
    std::uint8_t parent = 0; ///< rank, from 0, among the beams kept at the step before
    std::int32_t token = -1; ///< the id that extends the parent; −1: the parent has ended and stays as it is
    float log_p = 0;         ///< Σ log p of the candidate's whole sequence
    float sigma = 0;         ///< what is divided by τ
    float score = 0;         ///< −log_p/(ids so far) + sigma/τ
    bool kept = false;
};

/// S recorded sequences, `steps` steps each (step t decides id t + 2 of the sequence; warm-up steps too), up
/// to `candidates` candidates a step in rank order. Places without a candidate hold −1 (255 in u8) or NaN.
/// All tensors are row-major.
struct SearchRecord {
    SearchRecord() = default;
    /// Everything padding. Each extent must be at least 1, `sequences` at most 64.
    SearchRecord(std::int64_t sequences, std::int64_t steps, std::int64_t candidates);

    std::int64_t steps = 0, candidates = 0;
    std::vector<std::uint8_t> parent;                  ///< [S, steps, candidates]
    std::vector<std::int32_t> token;                   ///< [S, steps, candidates]
    std::vector<float> log_p;                          ///< [S, steps, candidates]
    std::vector<float> sigma;                          ///< [S, steps, candidates]
    std::vector<float> score;                          ///< [S, steps, candidates]
    std::vector<std::uint8_t> kept;                    ///< [S, steps, candidates], 0 or 1
    std::vector<std::int32_t> sequence;                ///< [S]: which sequence of the set
    std::vector<float> usage;                          ///< [S, steps, 2]: σ of the best beam, pooled σ
    nlohmann::json options = nlohmann::json::object(); ///< the resolved options of the job

    std::int64_t sequences() const { return std::int64_t(sequence.size()); }
    /// Where the candidate of rank `rank` stands in the tensors.
    std::size_t place(std::int64_t index, std::int64_t step, std::int64_t rank) const {
        return std::size_t((index * steps + step) * candidates + rank);
    }
    void set(std::int64_t index, std::int64_t step, std::int64_t rank, const RecordedCandidate& candidate);
    void set_usage(std::int64_t index, std::int64_t step, float best, float pooled);
    RecordedCandidate get(std::int64_t index, std::int64_t step, std::int64_t rank) const;
    /// How many candidates the step has.
    std::int64_t count(std::int64_t index, std::int64_t step) const;
    /// Index of sequence `number` of the set among the recorded ones; null when it is not recorded.
    std::optional<std::int64_t> find(std::int32_t number) const;
};

/// What `sample_balanced` recorded, with the job's resolved options; nothing recorded: RequestError.
SearchRecord pack_search(const std::vector<RecordedSearch>& searches, nlohmann::json options);

/// Ids of each candidate's sequence with it, [steps, candidates] of recorded sequence `index`: step + 2, of a
/// branch that has ended its own number; 0 in padding.
std::vector<std::int64_t> candidate_lengths(const SearchRecord& record, std::int64_t index);

/// τ of a record's options; infinity where it is "inf". Throws RequestError when they name none.
double recorded_tau(const SearchRecord& record);

/// Writes the file, by rename, with the options as one JSON text under `options`. Throws RunError.
void write_search(const std::filesystem::path& path, const SearchRecord& record);

/// Throws RequestError naming the file and the fault: a tensor that is missing or has another dtype or shape,
/// padding before a candidate, a parent that no beam of the step before has, numbers that are not finite,
/// options that are no JSON object.
SearchRecord read_search(const std::filesystem::path& path);

/// A recorded search ranked anew at another τ. It starts from the recorded candidates of each step, so it
/// holds up to the first step at which the choice differs: from there on the search would have seen other
/// candidates.
struct Replay {
    /// Ranks of the candidates that each step would keep, best first, as many as were kept.
    std::vector<std::vector<std::int64_t>> kept;
    std::optional<std::int64_t> first_difference; ///< the step; null: the search goes the same way
};

/// Ranks recorded sequence `index` by −log_p/(ids so far) + sigma/τ (candidate_lengths), equal scores in
/// recorded order. A choice that differs by no more than the record's float32 can tell apart is the recorded
/// one. In `set` scope the pooled counts are taken as recorded, although another τ would have changed them;
/// noise of a stochastic search is left out. Throws std::invalid_argument for τ ≤ 0.
Replay replay(const SearchRecord& record, std::int64_t index, double tau);

} // namespace moequant
