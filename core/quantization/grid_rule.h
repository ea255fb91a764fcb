// The scale and zero of one group, the single definition that every quantizer uses.
#pragma once
#include "core/quantization/grid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace moequant {

/// Nearest value of the stored dtype, kept finite and above zero: a scale of 0 would erase its group,
/// infinity too.
inline float stored_scale(double scale, at::ScalarType dtype) {
    const auto round_to = [scale]<class Stored>(Stored) {
        const float smallest = static_cast<float>(std::numeric_limits<Stored>::denorm_min());
        const float largest = static_cast<float>(std::numeric_limits<Stored>::max());
        const float rounded = static_cast<float>(static_cast<Stored>(static_cast<float>(scale)));
        return std::clamp(rounded, smallest, largest);
    };
    if (dtype == at::kHalf)
        return round_to(at::Half());
    if (dtype == at::kBFloat16)
        return round_to(at::BFloat16());
    return round_to(float());
}

struct ScaleAndZero {
    float scale;
    int zero;
};

/// For a group whose weights span `low` … `high`.
inline ScaleAndZero scale_and_zero(double low, double high, const GridOptions& grid) {
    const int half = 1 << (grid.bits - 1), top = (1 << grid.bits) - 1;
    if (low == 0 && high == 0)
        return {1.0f, half};
    if (grid.symmetric)
        return {stored_scale(std::max(std::abs(low), std::abs(high)) / (half - 1), grid.scale_dtype), half};
    low = std::min(low, 0.0);
    high = std::max(high, 0.0);
    float scale = stored_scale((high - low) / top, grid.scale_dtype);
    int zero = static_cast<int>(std::clamp(std::nearbyint(-low / scale), 0.0, static_cast<double>(top)));
    if (zero < grid.min_zero) {
        zero = grid.min_zero;
        scale = stored_scale(high / (top - zero), grid.scale_dtype);
    }
    return {scale, zero};
}

} // namespace moequant
