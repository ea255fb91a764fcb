// How much of a layer a device works on at a time, so that it stays under its memory.
#pragma once
#include "core/stages/memory_plan.h"

namespace moequant {

/// Bytes of device memory while the layer that needs most is quantized on it. Reckoned from what the code
/// allocates; not yet compared with a device.
struct DevicePlan {
    int experts = 1;          ///< routed experts in a slice, whose sums and factors are made together
    std::int64_t batch = 0;   ///< tokens that go through a layer together
    bool hidden_there = true; ///< hidden states are kept on the device, not on the host
    std::int64_t peak = 0;
};

/// `element`: bytes of a weight as the device computes with it; `experts` and `batch` at least 1.
DevicePlan plan_device(const ModelConfig& config, const CalibrationSize& size, std::int64_t element,
                       int experts, std::int64_t batch, bool hidden_there);

/// Hidden states on the device where they take at most half of `budget`; then the largest slice, then the
/// greatest batch. When nothing fits, the smallest plan there is.
DevicePlan fit_device(const ModelConfig& config, const CalibrationSize& size, std::int64_t element,
                      std::int64_t budget);

} // namespace moequant
