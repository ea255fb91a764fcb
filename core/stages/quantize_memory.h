// How much of a layer a quantize job works on at a time, so that it stays under its memory.
#pragma once
#include "core/corpus/token_set.h"
#include "core/job/event.h"
#include "core/job/job.h"
#include "core/stages/device_plan.h"

namespace moequant {

/// Of a set whose sequences get `prefix` tokens more.
CalibrationSize size_of(const Job& job, const TokenSet& set, std::int64_t prefix);

/// What the job will calibrate with, as far as that is known before it runs; zero tokens without a corpus.
CalibrationSize expected_size(const Job& job, const ModelConfig& config);

/// The plan that fits `--memory`, or what is free; what was cut for it is told as one warning. Throws
/// RequestError when not even one expert at a time fits `--memory` (what is free is no promise, only a reason
/// to take less at a time).
MemoryPlan fit_to_memory(const Job& job, const ModelConfig& config, const CalibrationSize& size,
                         const EventSink& emit);

/// The plan that fits `--device-memory` (8 GiB unless given). Throws RequestError when not even one expert at
/// a time fits what was given.
DevicePlan fit_to_device(const Job& job, const ModelConfig& config, const CalibrationSize& size,
                         at::ScalarType compute);

} // namespace moequant
