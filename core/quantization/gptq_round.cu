#include "core/quantization/gptq_round.h"

#include <cuda_runtime.h>

namespace moequant {
namespace {

constexpr int kWarp = 32, kWarps = 8, kMine = kCudaBlock / kWarp; ///< a warp a row, 4 columns a lane

/// U of the block lies in shared memory; a row stays in the registers of its warp. Lane l owns columns l,
/// l+32, l+64, l+96: the owner rounds its column and sends the error round.
__global__ void __launch_bounds__(kWarp* kWarps) round_rows(RoundedBlock b) {
    extern __shared__ float u[];
    for (int i = threadIdx.x; i < b.width * kCudaBlock; i += blockDim.x) {
        const int row = i / kCudaBlock, column = i % kCudaBlock;
        u[i] = column >= row && column < b.width ? b.u[row * b.u_stride + column] : 0.0F;
    }
    __syncthreads();
    const int lane = threadIdx.x % kWarp;
    const std::int64_t row = std::int64_t(blockIdx.x) * kWarps + threadIdx.x / kWarp;
    if (row >= b.rows)
        return;
    float w[kMine], scale[kMine], low[kMine];
#pragma unroll
    for (int m = 0; m < kMine; ++m) {
        const int column = m * kWarp + lane;
        const bool inside = column < b.width;
        const std::int64_t group = row * b.groups + (inside ? b.group_of[column] : 0);
        w[m] = inside ? b.w[row * b.w_stride + column] : 0.0F;
        scale[m] = b.scales[group];
        low[m] = -float(b.zeros[group]);
    }
#pragma unroll
    for (int m = 0; m < kMine; ++m)
        for (int owner = 0; owner < kWarp; ++owner) {
            const int column = m * kWarp + owner;
            if (column >= b.width)
                return;
            float error = 0;
            if (lane == owner) {
                float steps = __fdiv_rn(w[m], scale[m]);
                steps = rintf(fminf(fmaxf(steps, low[m]), low[m] + float(b.top)));
                error = __fdiv_rn(w[m] - steps * scale[m], u[column * kCudaBlock + column]);
                b.codes[row * b.codes_stride + column] = std::uint8_t(int(steps - low[m]));
                b.error[row * b.error_stride + column] = error;
            }
            error = __shfl_sync(0xffffffffU, error, owner);
#pragma unroll
            for (int k = m; k < kMine; ++k)
                w[k] -= error * u[column * kCudaBlock + k * kWarp + lane];
        }
}

} // namespace

const char* round_block_on_cuda(const RoundedBlock& block) {
    const int shared = block.width * kCudaBlock * int(sizeof(float));
    cudaError_t status =
        cudaFuncSetAttribute(round_rows, cudaFuncAttributeMaxDynamicSharedMemorySize, shared);
    if (status == cudaSuccess) {
        round_rows<<<unsigned((block.rows + kWarps - 1) / kWarps), kWarp * kWarps, shared>>>(block);
        status = cudaGetLastError();
    }
    return status == cudaSuccess ? nullptr : cudaGetErrorString(status);
}

} // namespace moequant
