// What each number of bits would cost each expert: the measurement that mixed precision is decided by.
#pragma once
#include "core/quantization/layer_quantizer.h"

namespace moequant {

struct ExpertCost {
    int expert = 0;
    std::int64_t weights = 0;   ///< of its gate, up and down
    std::vector<double> errors; ///< Σ over its tokens of ‖c·(Ê(x) − E(x))‖², for each choice of bits
};

struct LayerCost {
    std::vector<ExpertCost> experts; ///< routed ones, ascending
    double energy = 0; ///< Σ‖h‖² of the layer's float outputs: what errors are measured against
};

/// Quantizes every routed expert once for each of `bits` (with the options' method, statistics and each
/// linear's own group size) and measures its output on the tokens that reach it in the float model, affinity
/// applied. An expert that no token reached costs nothing at any bits. `weights` and all that is measured
/// stay float; inputs.hidden becomes the float layer's output. Throws as quantize_layer.
LayerCost measure_layer(const ModelConfig& config, int layer, LayerWeights& weights, const LinearGrids& grids,
                        LayerInputs inputs, const Rope& rope, const QuantizeOptions& options,
                        std::span<const int> bits, const std::stop_token& stop);

} // namespace moequant
