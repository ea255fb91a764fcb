// The column loop of GPTQ: a fused kernel for the CPU and its plain ATen twin for other devices.
#pragma once
#include "core/quantization/grid.h"

namespace moequant {

struct ColumnLoop {
    at::Tensor weight; ///< float32 or float64 [rows, cols], original column order; not written
    at::Tensor upper;  ///< U, same dtype [cols, cols], processing order
    at::Tensor order;  ///< int64 [cols] or undefined: original column of each processed one
    GridOptions grid;
    std::int64_t block; ///< columns between two trailing updates
    bool static_scales; ///< scales are given; otherwise they are found as groups are reached, and written
    at::Tensor codes;   ///< out: uint8 [rows, cols], original column order
    Scales scales;      ///< in or out
};

void quantize_on_cpu(const ColumnLoop& loop);
void quantize_with_tensors(const ColumnLoop& loop);

/// End of the block that begins at column `begin`: never inside a group that began after it, so that a group
/// lies whole in its block or begins with one, and its scale sees every earlier column's compensation.
inline std::int64_t block_end(std::int64_t begin, std::int64_t cols, std::int64_t block, std::int64_t group) {
    std::int64_t end = std::min(cols, begin + block);
    const std::int64_t last_group = (end - 1) / group * group;
    return last_group > begin && last_group + group > end ? last_group : end;
}

} // namespace moequant
