// From measured costs to bits for each routed expert.
#pragma once
#include "core/quantization/measure_layer.h"
#include "core/stages/quantize_plan.h"

namespace moequant {

/// What a resumed run reads back.
nlohmann::json to_json(const LayerCost& cost);
LayerCost layer_cost_from_json(const nlohmann::json& document);

/// Sets the bits of the experts' linears in `plan.grids` for the least sum of errors, each divided by its
/// layer's energy, within the budget. `costs` of every layer. Returns what the run's result says of it:
/// average_bits, predicted_error (the sum), uniform (bits: the same sum with all experts alike), exact,
/// experts [{layer, expert, bits, error}].
nlohmann::json assign_bits(QuantizePlan& plan, const ModelConfig& config,
                           const std::vector<LayerCost>& costs);

} // namespace moequant
