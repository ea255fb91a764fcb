// Uniform integer grids, and a linear layer on such a grid.
#pragma once
#include <ATen/ATen.h>

#include <cstdint>
#include <string>

namespace moequant {

/// How the range of a group is chosen. none: its extremes. mse: the share p = 1.00, 0.99, … 0.21 of them with
/// the least Σ|q − w|^2.4, the first of equals (the paper's code, after QuaRot).
enum class Clip { none, mse };

/// Which grid a weight is rounded to.
/// Symmetric: s = max|w| / (2^(b−1) − 1), zero = 2^(b−1), signed codes −2^(b−1) … 2^(b−1)−1.
/// Asymmetric: s = (max − min) / (2^b − 1) over a range that includes 0, zero = clamp(round(−min/s)).
struct GridOptions {
    int bits = 4;                  ///< 2 … 8
    std::int64_t group_size = 128; ///< columns that share a scale; −1: one scale per output channel
    bool symmetric = true;
    at::ScalarType scale_dtype =
        at::kHalf; ///< how scales are stored (fp16, bf16 or fp32): rounded before use
    /// Least zero of an asymmetric grid. 1 where the format cannot store 0 (gptq v1 stores zero − 1): a group
    /// without negative weights then spends the step below zero, s = max / (2^b − 2).
    int min_zero = 0;
    Clip clip = Clip::none;

    bool operator==(const GridOptions&) const = default;
};

/// Scales and zeros of [rows, groups]; the scales hold values that scale_dtype represents exactly, none is 0:
/// a group of zeros gets scale 1 (and zero 2^(b−1)), a scale that underflows the dtype its smallest positive
/// value.
struct Scales {
    at::Tensor scales; ///< float32 [rows, groups]
    at::Tensor zeros;  ///< int32 [rows, groups], in 0 … 2^b − 1
};

/// A linear layer on its grid: weight[r, c] = (codes[r, c] − zeros[r, g]) · scales[r, g], g = group_of[c].
struct QuantizedLinear {
    at::Tensor codes;    ///< uint8 [rows, cols], unsigned: signed code + 2^(b−1) on a symmetric grid
    at::Tensor scales;   ///< float32 [rows, groups], exact in scale_dtype
    at::Tensor zeros;    ///< int32 [rows, groups]
    at::Tensor group_of; ///< int32 [cols], group of each column in the original column order
    int bits = 4;
    std::int64_t group_size = 128; ///< −1: per channel
    bool symmetric = true;
    bool act_order = false;
    at::ScalarType scale_dtype = at::kHalf;

    std::int64_t rows() const { return codes.size(0); }
    std::int64_t cols() const { return codes.size(1); }
    std::int64_t groups() const { return scales.size(1); }
    /// float32 [rows, cols], on the device of the codes. Exact: no rounding for scales of at most 16 bits.
    at::Tensor dequantize() const;
};

/// Throws RequestError when bits are not 2 … 8, the group size is neither −1 nor a positive divisor of
/// `cols`, or the scale dtype is none of fp16, bf16, fp32. `name` is the linear's, for the message.
void check_grid(const GridOptions& grid, std::int64_t cols, const std::string& name);

/// Columns of one group: the group size, or `cols` per channel.
std::int64_t columns_per_group(const GridOptions& grid, std::int64_t cols);

/// Scales of every group of `weight` [rows, cols], float32 or float64; check_grid must hold. Rows in
/// parallel. The clip search always runs on the CPU.
Scales find_scales(const at::Tensor& weight, const GridOptions& grid);

/// Codes (uint8 [rows, cols]) of `weight` on the given scales: clamp(round(w/s) + zero), ties to even.
at::Tensor quantize_codes(const at::Tensor& weight, const Scales& scales, const GridOptions& grid);

/// Whether no element is NaN or infinite; any dtype and device.
bool all_finite(const at::Tensor& tensor);

/// Throws RequestError naming the tensor when it holds a NaN or an infinity.
void check_finite(const at::Tensor& weight, const std::string& name);

} // namespace moequant
