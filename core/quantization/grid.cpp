#include "core/quantization/grid.h"

#include "core/job/error.h"
#include "core/model/lanes.h"
#include "core/quantization/group_scale.h"
#include "core/quantization/tiles.h"

namespace moequant {
namespace {

constexpr std::int64_t kRows = 8;       ///< whose scales one tile finds
constexpr std::int64_t kTile = 1 << 16; ///< elements looked through at once

MOEQUANT_CLONES bool finite_run(const float* values, std::int64_t count) {
    Lanes zeros, next;
    fill(0.0F, zeros);
    const std::int64_t whole = count / lane_count * lane_count;
    for (std::int64_t i = 0; i < whole; i += lane_count) {
        load(values + i, next);
        zeros = zeros + next * 0.0F; // NaN from what is not finite, and for good
    }
    float sum = sum_lanes(zeros);
    for (std::int64_t i = whole; i < count; ++i)
        sum += values[i] * 0.0F;
    return sum == 0;
}

} // namespace

at::Tensor QuantizedLinear::dequantize() const {
    const at::Tensor group = group_of.to(at::kLong);
    const at::Tensor zero = zeros.to(at::kFloat).index_select(1, group);
    return codes.to(at::kFloat).sub_(zero).mul_(scales.index_select(1, group));
}

void check_grid(const GridOptions& grid, std::int64_t cols, const std::string& name) {
    if (grid.bits < 2 || grid.bits > 8)
        throw RequestError("bits " + std::to_string(grid.bits) + ": must be 2 to 8");
    if (grid.group_size != -1 && grid.group_size < 1)
        throw RequestError("group size " + std::to_string(grid.group_size) +
                           ": must be a positive number of columns, or -1 for one scale per channel");
    if (grid.group_size > 0 && cols % grid.group_size != 0)
        throw RequestError(name, "group size " + std::to_string(grid.group_size) + " does not divide its " +
                                     std::to_string(cols) + " columns");
    if (grid.scale_dtype != at::kHalf && grid.scale_dtype != at::kBFloat16 && grid.scale_dtype != at::kFloat)
        throw RequestError(std::string("scale dtype ") + c10::toString(grid.scale_dtype) +
                           ": must be float16, bfloat16 or float32");
}

std::int64_t columns_per_group(const GridOptions& grid, std::int64_t cols) {
    return grid.group_size > 0 ? grid.group_size : cols;
}

Scales find_scales(const at::Tensor& weight, const GridOptions& grid) {
    const std::int64_t rows = weight.size(0), cols = weight.size(1), group = columns_per_group(grid, cols);
    const std::int64_t groups = cols / group;
    if (!weight.is_cpu()) {
        at::Tensor needed = weight; // without a search the extremes will do, as groups of two
        GridOptions pairs = grid;
        if (grid.clip == Clip::none && group > 2) {
            const at::Tensor grouped = weight.reshape({rows, groups, group});
            needed = at::stack({grouped.amin(-1), grouped.amax(-1)}, -1).view({rows, 2 * groups});
            pairs.group_size = 2;
        }
        const Scales found = find_scales(needed.cpu(), pairs);
        return {found.scales.to(weight.device()), found.zeros.to(weight.device())};
    }
    const at::Tensor w = weight.contiguous();
    Scales result{at::empty({rows, groups}, at::kFloat), at::empty({rows, groups}, at::kInt)};
    float* scale = result.scales.data_ptr<float>();
    int* zero = result.zeros.data_ptr<int>();
    const auto find_rows = [&](const auto* values) {
        for_tiles((rows + kRows - 1) / kRows, [&](std::int64_t tile) {
            for (std::int64_t i = tile * kRows * groups; i < std::min(rows, (tile + 1) * kRows) * groups;
                 ++i) {
                const ScaleAndZero found = group_scale(values + i * group, group, grid);
                scale[i] = found.scale;
                zero[i] = found.zero;
            }
        });
    };
    if (w.scalar_type() == at::kDouble)
        find_rows(w.const_data_ptr<double>());
    else
        find_rows(w.const_data_ptr<float>());
    return result;
}

at::Tensor quantize_codes(const at::Tensor& weight, const Scales& scales, const GridOptions& grid) {
    const std::int64_t rows = weight.size(0), groups = scales.scales.size(1);
    const at::Tensor grouped = weight.reshape({rows, groups, -1});
    const at::Tensor steps = grouped.div(scales.scales.to(weight.scalar_type()).unsqueeze(-1)).round_();
    const at::Tensor codes = steps.add_(scales.zeros.unsqueeze(-1)).clamp_(0, (1 << grid.bits) - 1);
    return codes.to(at::kByte).view(weight.sizes());
}

bool all_finite(const at::Tensor& tensor) {
    if (!tensor.is_cpu() || !tensor.is_contiguous() || tensor.scalar_type() != at::kFloat)
        return at::isfinite(tensor).all().item<bool>();
    const float* values = tensor.const_data_ptr<float>();
    const std::int64_t count = tensor.numel(), tiles = (count + kTile - 1) / kTile;
    std::atomic<bool> finite = true;
    for_tiles(tiles, [&](std::int64_t tile) {
        if (!finite_run(values + tile * kTile, std::min(kTile, count - tile * kTile)))
            finite = false;
    });
    return finite;
}

void check_finite(const at::Tensor& weight, const std::string& name) {
    if (!all_finite(weight))
        throw RequestError(name, "the weight holds NaN or infinite values");
}

} // namespace moequant
