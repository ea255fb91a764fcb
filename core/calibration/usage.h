// Which experts a token set reaches, and how strongly: the router statistics of a whole corpus.
#pragma once
#include "core/corpus/token_set.h"
#include "core/job/event.h"
#include "core/model/decoder.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace moequant {

struct LayerUsage {
    int layer = 0; ///< among all layers, dense ones included
    std::int64_t top_k = 0;
    std::vector<std::int64_t> counts; ///< routed slots per expert
    std::vector<double> affinity;     ///< sums of the applied coefficients
    /// With `by_sequence` asked for: routed slots [sequences, experts], row by row.
    std::vector<std::int32_t> sequence_counts;
};

struct Usage {
    std::int64_t tokens = 0;
    std::vector<LayerUsage> layers; ///< MoE layers only
    /// With top tokens asked for: int32 and float32 [MoE layers, experts, N]: the ids with the greatest
    /// summed affinity per expert, descending, ties by the smaller id; −1 and 0 where an expert saw fewer.
    at::Tensor top_ids, top_affinity;
};

struct UsageOptions {
    std::optional<std::int32_t> prefix; ///< a BOS fed before every sequence and counted nowhere
    std::int64_t batch_tokens = 16384;
    std::int64_t top_tokens = 0;
    bool by_sequence = false; ///< also the counts of every sequence
};

/// One pass of the set through the model. Emits `progress` and, a MoE layer, `usage`. The sums run in token
/// order, so they depend on neither threads nor batches. Throws RequestError for a model without MoE layers
/// or a sequence longer than the model's positions.
Usage measure_usage(const Decoder& decoder, const TokenSet& set, const UsageOptions& options,
                    const EventSink& emit, const std::stop_token& stop);

/// Throws RequestError when some sequence, with its prefix, is longer than the model's positions.
void check_length(const ModelConfig& config, const TokenSet& set, bool prefix);

} // namespace moequant
