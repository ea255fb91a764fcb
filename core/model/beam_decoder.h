// Token-by-token forward of many sequences × beams that share a key/value cache.
#pragma once
#include "core/model/beam_attention.h"
#include "core/model/decoder.h"

#include <ATen/ATen.h>

#include <span>
#include <vector>

namespace moequant {

/// Decodes S sequences of up to `width` beams in lockstep. Keys and values are written once and never moved:
/// each position has `width` slots, and a beam carries the list of slots that are its past, one byte a
/// position. Re-ordering beams re-orders these lists. A step may try more rows than are kept afterwards: only
/// those that are kept get a slot. A row's result does not depend on the rows beside it.
class BeamDecoder {
  public:
    /// `positions`: the longest past that will be held; width at most 255.
    BeamDecoder(const Decoder& decoder, std::int64_t sequences, std::int64_t width, std::int64_t positions);

    /// Feeds one token per row at the current position (rows in ascending order of sequence, any number of
    /// each) and returns the hidden states [R, hidden] before the final norm. When `routing` is given it
    /// holds one entry a MoE layer, in order. Weights are read once a step, whatever the number of rows.
    at::Tensor step(std::span<const BeamRow> rows, std::vector<Routing>* routing);

    /// Row `row` of the last step becomes beam `beam` of its sequence; the others are forgotten. Every
    /// sequence that goes on needs at least one. Ends the step.
    struct Kept {
        std::int64_t row = 0;
        std::int32_t beam = 0;
    };
    void keep(std::span<const Kept> kept);

    std::int64_t position() const { return position_; }
    /// Bytes of cache for one sequence: what a memory budget is divided by.
    static std::int64_t bytes_per_sequence(const Decoder& decoder, std::int64_t width,
                                           std::int64_t positions);

  private:
    at::Tensor attend_step(int layer, const Qkv& qkv);

    const Decoder& decoder_;
    std::int64_t sequences_, width_, positions_, dim_, position_ = 0;
    std::vector<at::Tensor> keys_, values_;             ///< a layer: [S, kv_heads, positions, width, dim]
    std::vector<at::Tensor> fresh_keys_, fresh_values_; ///< a layer: [R, kv_heads, dim] of the last step
    std::vector<BeamRow> rows_;                         ///< of the last step
    std::vector<std::uint8_t> paths_;                   ///< [S, width, positions]
};

} // namespace moequant
