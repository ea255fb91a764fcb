// Attention of one new position a row over a cache in which every row finds its own past by slots.
#pragma once
#include <ATen/ATen.h>

#include <cstdint>
#include <span>
#include <vector>

namespace moequant {

/// One row of a step: which sequence it belongs to and whose past it continues.
struct BeamRow {
    std::int32_t sequence = 0;
    std::int32_t parent = 0; ///< a kept beam of the sequence; without a past it means nothing
    std::int32_t token = 0;
};

/// What all rows of a step share.
struct BeamPast {
    const at::Tensor &keys, &values; ///< [S, kv_heads, positions, width, dim]
    const std::uint8_t* paths;       ///< [S, width, positions]: the slot of a beam's past at each position
    std::int64_t from, past;         ///< positions from … past−1 are seen
    double scale;
};

/// q [R, heads, dim], k and v [R, kv_heads, dim] of the new position; rows in ascending order of sequence.
/// Returns [R, heads, dim]. On the CPU in float32 with dim a multiple of 16; each row's sums run in one order
/// whatever stands beside it.
at::Tensor attend_beams(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                        std::span<const BeamRow> rows, const BeamPast& past);

/// The same through plain ATen calls on any device and dtype, pasts gathered a bounded number of rows at a
/// time: what attend_beams does off the CPU.
at::Tensor attend_gathered(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                           std::span<const BeamRow> rows, const BeamPast& past);

} // namespace moequant
