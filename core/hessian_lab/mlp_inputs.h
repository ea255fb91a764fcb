// The float model's own inputs of every layer's MLP, layer by layer.
#pragma once
#include "core/job/event.h"
#include "core/model/decoder.h"

#include <functional>
#include <span>
#include <vector>

namespace moequant {

/// All sequences as they reach the MLP of one layer.
struct MlpInputs {
    int layer = 0;
    const LayerWeights& weights;
    /// [T, hidden] of each sequence, after attention and its residual, in the model's dtype; with a BOS that
    /// was fed.
    std::span<const at::Tensor> residual;
};

/// Runs the sequences through layers 0 … `last` and calls `visit` at each. All hidden states stay in memory.
void visit_mlp_inputs(const Decoder& decoder, std::span<const SequenceBatch> batches, int last,
                      const std::function<void(const MlpInputs&)>& visit, const EventSink& emit,
                      const std::stop_token& stop);

/// The rows that one expert gets of some sequences, in the order of sequences and positions.
struct ExpertRows {
    at::Tensor x;        ///< [N, hidden], the expert's inputs
    at::Tensor affinity; ///< float32 [N]
    at::Tensor sequence; ///< int64 [N], index into the sequences
    at::Tensor token;    ///< int64 [N], position in the sequence
};

/// What each expert of a MoE layer gets of the sequences `members`; the first `skip` positions of each (a
/// BOS) count nowhere.
std::vector<ExpertRows> expert_rows(const ModelConfig& config, const MlpInputs& inputs,
                                    std::span<const std::size_t> members, std::int64_t skip);

} // namespace moequant
