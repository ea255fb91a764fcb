// The column loop of GPTQ: fused kernels for the CPU and for CUDA, and their plain ATen twin.
#pragma once
#include "core/quantization/grid.h"

namespace moequant {

struct ColumnLoop {
    at::Tensor weight; ///< float32 or float64 [rows, cols], contiguous, original column order; not written
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

#ifdef MOEQUANT_CUDA_KERNEL
/// Float32 on a CUDA device whose current stream is the default one, where the kernel runs.
bool has_cuda_kernel(const ColumnLoop& loop);
/// A warp a row; blocks of at most 128 columns, trailing updates by the device's library.
void quantize_on_cuda(const ColumnLoop& loop);
#endif

/// End of the block that begins at column `begin`. Where scales are found on the way no group begins inside a
/// block, so that its scale sees every earlier column's compensation.
inline std::int64_t block_end(const ColumnLoop& loop, std::int64_t begin) {
    const std::int64_t cols = loop.weight.size(1), end = std::min(cols, begin + loop.block);
    const std::int64_t group = columns_per_group(loop.grid, cols);
    return loop.static_scales ? end : std::min(end, (begin / group + 1) * group);
}

} // namespace moequant
