// One decoder for every family: whole-sequence forward, layer by layer.
#pragma once
#include "core/model/attention.h"
#include "core/model/config.h"
#include "core/model/moe.h"
#include "core/model/weights.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace moequant {

/// A model ready to compute: its tensors, where it computes, and the layers kept in memory. Layers that do
/// not fit are loaded anew at each use, so that peak memory is one layer whatever the model.
class Decoder {
  public:
    /// `resident_bytes`: how much memory layers may keep between uses.
    Decoder(ModelConfig config, std::shared_ptr<const TensorSource> source, Compute compute,
            std::int64_t resident_bytes);

    const ModelConfig& config() const { return config_; }
    const TensorSource& source() const { return *source_; }
    const Compute& compute() const { return compute_; }
    /// Loaded at the first use and kept when within the budget.
    std::shared_ptr<const LayerWeights> layer(int index) const;
    const EndWeights& ends() const;
    /// Drops all that was kept; it is loaded anew when needed.
    void release() const;
    /// cos and sin for at least `positions` positions.
    const Rope& rope(std::int64_t positions) const;

  private:
    ModelConfig config_;
    std::shared_ptr<const TensorSource> source_;
    Compute compute_;
    std::int64_t resident_bytes_;
    mutable std::vector<std::shared_ptr<const LayerWeights>> layers_;
    mutable std::unique_ptr<EndWeights> ends_;
    mutable Rope rope_;
};

/// Embeddings of ids (int64 [N]) → [N, hidden].
at::Tensor embed(const Decoder& decoder, const at::Tensor& ids);

/// Attention and its residual: hidden [B, T, hidden] → [B·T, hidden], what the MLP's norm reads.
at::Tensor attention_block(const ModelConfig& config, int layer, const LayerWeights& weights,
                           const at::Tensor& hidden, const Rope& rope);

/// One layer on hidden [B, T, hidden] → the same shape. `routing`, if given, is filled in a MoE layer ([B·T,
/// k]); `chosen` as in route(). With weights and hidden states in float64 autograd can go through it.
at::Tensor layer_forward(const ModelConfig& config, int layer, const LayerWeights& weights,
                         const at::Tensor& hidden, const Rope& rope, Routing* routing = nullptr,
                         const at::Tensor& chosen = {});

/// Final norm and head: hidden [N, hidden] → logits float32 (of a float64 model float64) [N, vocab].
at::Tensor logits(const Decoder& decoder, const at::Tensor& hidden);

/// Sequences of equal length that go through the decoder together.
struct SequenceBatch {
    std::vector<std::size_t> sequences; ///< indices into the set
    at::Tensor ids;                     ///< int64 [B, T] with the prefix token, if any
};

/// Batches of at most `max_tokens` tokens (at least one sequence), in set order inside a length. `prefix` (a
/// BOS) is put before every sequence.
std::vector<SequenceBatch> batch_sequences(std::span<const std::vector<std::int32_t>> sequences,
                                           std::optional<std::int32_t> prefix, std::int64_t max_tokens);

/// Called after each (layer, batch); `routing` is null for a dense layer.
using BatchDone = std::function<void(int layer, std::size_t batch, const Routing* routing)>;

/// Runs all batches through all layers, layer by layer, so that each layer's weights are read once. Returns
/// the hidden states [B, T, hidden] of every batch before the final norm; all of them stay in memory
/// meanwhile.
std::vector<at::Tensor> forward_batches(const Decoder& decoder, std::span<const SequenceBatch> batches,
                                        const BatchDone& done);

} // namespace moequant
