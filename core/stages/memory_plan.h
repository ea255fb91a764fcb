// How much memory quantizing a model layer by layer takes: what inspect shows and the check before a run
// uses.
#pragma once
#include "core/model/config.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>

namespace moequant {

/// Bytes, for float32 computing.
struct MemoryPlan {
    std::int64_t layer = 0;         ///< weights of the largest layer
    std::int64_t hessians = 0;      ///< of the largest group of linears that is calibrated at once
    std::int64_t hidden_states = 0; ///< of the calibration set, before and after the layer
    std::int64_t activations = 0;   ///< of one slice of tokens
    std::int64_t ends = 0;          ///< embedding, and head when untied
    std::int64_t peak() const { return layer + hessians + hidden_states + activations + ends; }
};

MemoryPlan plan_memory(const ModelConfig& config, std::int64_t calibration_tokens);
nlohmann::json to_json(const MemoryPlan& plan);

/// Free bytes on the file system that will hold `path` (or its nearest existing parent).
std::int64_t free_disk(const std::string& path);

} // namespace moequant
