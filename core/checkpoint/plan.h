// Every tensor of the checkpoint to be written, known before any data is.
#pragma once
#include "core/checkpoint/packing.h"
#include "core/checkpoint/writer.h"

namespace moequant {

struct PlannedTensor {
    std::string name;
    at::ScalarType dtype;
    std::vector<std::int64_t> shape;
    std::uint64_t bytes;
    std::string linear; ///< the quantized linear it belongs to; empty for a tensor that is copied
};

struct CheckpointPlan {
    std::vector<PlannedTensor> tensors;     ///< in file order: by name, the tensors of a linear together
    std::vector<std::string> float_linears; ///< linears that stay float, "lm_head" among them
    std::uint64_t bytes = 0;                ///< of tensor data
};

/// Throws RequestError when a linear of the record is missing in the source or does not fit the grid.
CheckpointPlan plan_checkpoint(const CheckpointRequest& request);

/// Ranges [begin, end) of tensors for each file: at most `shard_size` bytes unless one linear alone is
/// larger.
std::vector<std::pair<std::size_t, std::size_t>> plan_shards(const CheckpointPlan& plan,
                                                             std::uint64_t shard_size);

/// What quantization_config will be.
nlohmann::ordered_json planned_config(const CheckpointRequest& request, const CheckpointPlan& plan);

} // namespace moequant
