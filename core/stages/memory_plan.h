// How much memory quantizing a model layer by layer takes, and how much of it can be in work at once under a
// budget: what inspect shows and a run goes by.
#pragma once
#include "core/model/config.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace moequant {

/// Bytes of anonymous memory while the layer that needs most is quantized, computing in float32.
struct MemoryPlan {
    std::int64_t layer = 0;         ///< its weights, and the codes of those already quantized
    std::int64_t hessians = 0;      ///< sums, factors and copies of the linears in work
    std::int64_t hidden_states = 0; ///< of the calibration set: the quantized and the float model's
    std::int64_t activations = 0;   ///< of one batch of tokens; not at the same time as the linears' work
    std::int64_t program = 0;       ///< libraries and what they keep
    std::int64_t embedding = 0;     ///< embedding and head, before the first layer: not at the same time
    int experts = 1;                ///< routed experts in work at the same time
    std::int64_t batch = 0;         ///< tokens that go through a layer together
    std::int64_t peak() const;
};

/// Tokens that may go through a layer together, most first.
inline constexpr std::int64_t kBatches[] = {4096, 2048, 1024, 512};

/// Routed experts of the layer that has most, at least 1.
int most_experts(const ModelConfig& config);

/// What is quantized with.
struct CalibrationSize {
    std::int64_t tokens = 0;
    std::int64_t longest = 512;    ///< tokens of the longest sequence, which is never cut
    std::int64_t hidden_bytes = 4; ///< of one stored hidden value, 4 or 2
};

/// `experts` and `batch` at least 1.
MemoryPlan plan_memory(const ModelConfig& config, const CalibrationSize& size, int experts,
                       std::int64_t batch);

/// The plan with the most experts in work, from `threads` down to one, and for these the greatest batch,
/// whose peak is at most `budget`; when none is, the smallest plan there is.
MemoryPlan fit_memory(const ModelConfig& config, const CalibrationSize& size, int threads,
                      std::int64_t budget);

/// What had to be cut to fit: "2 experts at a time instead of 4". Empty when nothing was.
std::string what_was_cut(const MemoryPlan& plan, const ModelConfig& config, int threads);
nlohmann::json to_json(const MemoryPlan& plan);

/// Free bytes on the file system that will hold `path` (or its nearest existing parent).
std::int64_t free_disk(const std::string& path);

} // namespace moequant
