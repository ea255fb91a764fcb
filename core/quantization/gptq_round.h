// One block of GPTQ's column loop on a CUDA device, by raw pointers: compiled by nvcc, which sees no
// libtorch.
#pragma once
#include <cstdint>

namespace moequant {

constexpr int kCudaBlock = 128; ///< most columns of a block

struct RoundedBlock {
    const float* w;        ///< [rows, width], rows `w_stride` apart: the weights as compensated so far
    std::int64_t w_stride; ///< in elements, as all strides
    const float* u;        ///< U at the block's first row and column
    std::int64_t u_stride;
    const float* scales;       ///< [rows, groups]
    const std::int32_t* zeros; ///< [rows, groups]
    std::int64_t groups;
    const std::int32_t* group_of; ///< [width]: group of each column of the block
    int top;                      ///< 2^bits − 1
    std::uint8_t* codes;          ///< out [rows, width]
    std::int64_t codes_stride;
    float* error; ///< out [rows, width]: (w − ŵ)/U_jj
    std::int64_t error_stride;
    std::int64_t rows;
    int width; ///< at most kCudaBlock
};

/// Rounds the block's columns one by one, each compensating the later ones, on the device's default stream;
/// returns before it is done. Null, or the CUDA error's text.
const char* round_block_on_cuda(const RoundedBlock& block);

} // namespace moequant
