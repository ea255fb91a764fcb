// The GPTQ kernel against its plain twin, on the CPU and on a device.
#pragma once
#include <ATen/ATen.h>

#include <string>
#include <vector>

namespace moequant {

struct Check {
    std::string name;
    double value, tolerance;
    bool ok() const { return value <= tolerance; } ///< NaN fails
};

/// Seeded weights and inputs of outlier columns, per channel, in groups and with act-order: the share of
/// codes in which the kernel of `device` differs from plain ATen calls on the CPU given the same factor (at
/// most 0.2 %: a near tie moves the rest of its row), and how far a factorisation on the device is from the
/// CPU's.
std::vector<Check> check_gptq_kernel(at::Device device);

} // namespace moequant
