// Codes into 32-bit words and back, and the tensors that stand for a linear in each format (docs/formats.md).
#pragma once
#include "core/checkpoint/format.h"

#include <utility>
#include <vector>

namespace moequant {

using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

/// Dense little-endian bit stream along the last dimension, element 0 in the lowest bits: `codes` uint8
/// [rows, n] → int32 [rows, ceil(n·bits/32)].
at::Tensor pack_bits(const at::Tensor& codes, int bits);

/// Inverse of pack_bits: `words` int32 [rows, w] → uint8 [rows, n]. Throws RunError when w is not
/// ceil(n·bits/32).
at::Tensor unpack_bits(const at::Tensor& words, int bits, std::int64_t n);

/// The stored tensors of linear `name`, without bias, in file order. CPU. Throws RequestError naming the
/// linear when the format cannot hold its bits, zeros, scales or groups. Not for Format::floating.
NamedTensors pack_linear(Format format, const std::string& name, const QuantizedLinear& linear);

struct PackedTensor {
    std::string suffix; ///< ".qweight", …
    at::ScalarType dtype;
    std::vector<std::int64_t> shape;
};
/// AWQ's gemm order along the last dimension: nibble i of word c is code 8c + [0, 2, 4, 6, 1, 3, 5, 7][i].
/// `codes` uint8 [rows, n], n a multiple of 8 → int32 [rows, n/8].
at::Tensor pack_awq(const at::Tensor& codes);
/// Inverse of pack_awq.
at::Tensor unpack_awq(const at::Tensor& words, std::int64_t n);

/// What pack_linear will give for a linear of [rows, cols], without its data.
std::vector<PackedTensor> packed_layout(Format format, const GridOptions& grid, std::int64_t rows,
                                        std::int64_t cols);

} // namespace moequant
