// Token-by-token forward of many sequences × beams that share a key/value cache.
#pragma once
#include "core/model/decoder.h"

#include <ATen/ATen.h>

#include <span>
#include <vector>

namespace moequant {

/// Decodes S sequences of up to `width` beams in lockstep. Keys and values are written once, at (position,
/// beam) of their sequence, and never moved: a beam carries a mask of the entries that are its own past, and
/// re-ordering beams re-orders the masks. Rows are sequence-major: row = sequence · beams + beam.
class BeamDecoder {
  public:
    /// `positions`: the longest past that will be held.
    BeamDecoder(const Decoder& decoder, std::int64_t sequences, std::int64_t width, std::int64_t positions);

    /// Feeds one token per row (`ids` has S·beams entries, beams 1 or `width`, constant once it was `width`)
    /// and returns float32 logits [S·beams, vocab]. When `routing` is given it holds one entry a MoE layer,
    /// in order.
    at::Tensor step(std::span<const std::int32_t> ids, std::vector<Routing>* routing);

    /// Beam b of sequence s continues what was beam `parent[s·width + b]`; afterwards every sequence has
    /// `width`.
    void reorder(std::span<const std::int32_t> parent);

    std::int64_t position() const { return position_; }
    /// Bytes of cache and masks for one sequence: what a memory budget is divided by.
    static std::int64_t bytes_per_sequence(const Decoder& decoder, std::int64_t width,
                                           std::int64_t positions);

  private:
    at::Tensor attend_step(int layer, const Qkv& qkv);

    const Decoder& decoder_;
    std::int64_t sequences_, width_, positions_, beams_ = 1, position_ = 0;
    std::vector<at::Tensor> keys_, values_; ///< a layer: [S, kv_heads, positions, width, head_dim]
    at::Tensor visible_; ///< float32 [S, beams, positions, width]: 0 own past, −inf otherwise
};

} // namespace moequant
