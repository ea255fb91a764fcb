// From the saved layers of a quantize run to a verified checkpoint.
#pragma once
#include "core/job/event.h"
#include "core/stages/loaded_model.h"
#include "core/stages/quantize_plan.h"

#include <filesystem>

namespace moequant {

struct FinishedLayers {
    const Job& job;
    const LoadedModel& model;
    const QuantizePlan& plan;
    std::shared_ptr<const TensorSource> source; ///< what stays float comes from it
    std::vector<std::filesystem::path> states;  ///< of every layer
    std::string run;                            ///< its name
};

/// Writes and verifies the checkpoint in the job's output folder and returns the part of the result that
/// follows from the layers: linears, layers, sizes, peak memory, verification, path. Throws RunError when
/// what was written differs from what was meant.
nlohmann::json write_quantized(const FinishedLayers& finished, const EventSink& emit,
                               const std::stop_token& stop);

} // namespace moequant
