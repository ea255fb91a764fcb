// How much memory quantizing a model layer by layer takes: what inspect shows and the check before a run
// uses.
#pragma once
#include "core/model/config.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>

namespace moequant {

/// Bytes of anonymous memory while the layer that needs most is quantized, computing in float32.
struct MemoryPlan {
    std::int64_t layer = 0;         ///< its weights, and the codes of those already quantized
    std::int64_t hessians = 0;      ///< sums, factors and copies of the linears in work, one expert a thread
    std::int64_t hidden_states = 0; ///< of the calibration set: the quantized and the float model's
    std::int64_t activations = 0;   ///< of one batch of tokens; not at the same time as the linears' work
    std::int64_t program = 0;       ///< libraries and what they keep
    std::int64_t embedding = 0;     ///< embedding and head, before the first layer: not at the same time
    std::int64_t peak() const;
};

/// `threads` as the job will use (at least 1); `hidden_bytes`: bytes of one stored hidden value, 4 or 2.
MemoryPlan plan_memory(const ModelConfig& config, std::int64_t calibration_tokens, int threads,
                       std::int64_t hidden_bytes = 4);
nlohmann::json to_json(const MemoryPlan& plan);

/// Free bytes on the file system that will hold `path` (or its nearest existing parent).
std::int64_t free_disk(const std::string& path);

} // namespace moequant
