#include "core/quantization/awq.h"

#include "core/quantization/rtn.h"
#include "core/quantization/tiles.h"

#include <algorithm>

namespace moequant {
namespace {

constexpr int kClipSteps = 10;
constexpr double kClipStep = 0.05;
constexpr double kLeastScale = 1e-4;

at::Tensor rounded(const at::Tensor& weight, const GridOptions& grid) {
    return round_on(weight, find_scales(weight, grid), grid).dequantize();
}

} // namespace

at::Tensor awq_scale(const at::Tensor& magnitude, int step) {
    const at::Tensor scale = magnitude.to(at::kDouble).pow(double(step) / kAwqSteps).clamp_min(kLeastScale);
    return scale.div((scale.max() * scale.min()).sqrt()).to(at::kFloat);
}

void add_awq_errors(AwqErrors& errors, const at::Tensor& weight, const at::Tensor& hessian,
                    const at::Tensor& magnitude, const GridOptions& grid, const std::string& name) {
    check_finite(weight, name);
    // Tiles of rows: every row's error is its own, and the sums below have one order.
    constexpr std::int64_t tile_rows = 256;
    const std::int64_t rows = weight.size(0), tiles = (rows + tile_rows - 1) / tile_rows;
    std::vector<at::Tensor> scales;
    scales.reserve(kAwqSteps);
    for (int step = 0; step < kAwqSteps; ++step)
        scales.push_back(awq_scale(magnitude, step));
    std::vector<AwqErrors> parts(static_cast<std::size_t>(tiles), AwqErrors{});
    for_tiles(tiles, [&](std::int64_t tile) {
        const std::int64_t begin = tile * tile_rows;
        const at::Tensor w = weight.narrow(0, begin, std::min(tile_rows, rows - begin));
        for (int step = 0; step < kAwqSteps; ++step) {
            const at::Tensor& scale = scales[std::size_t(step)];
            const at::Tensor delta = rounded(w * scale, grid).div_(scale).sub_(w);
            parts[std::size_t(tile)][std::size_t(step)] =
                delta.mm(hessian).mul_(delta).sum(at::kDouble).item<double>();
        }
    });
    for (const AwqErrors& part : parts)
        for (std::size_t step = 0; step < errors.size(); ++step)
            errors[step] += part[step];
}

int best_awq_step(const AwqErrors& errors) {
    return int(std::min_element(errors.begin(), errors.end()) - errors.begin());
}

QuantizedLinear awq_round(const at::Tensor& weight, const at::Tensor& hessian, const GridOptions& grid,
                          const std::string& name) {
    const std::int64_t rows = weight.size(0), cols = weight.size(1);
    check_grid(grid, cols, name);
    check_finite(weight, name);
    const at::Tensor w = weight.to(at::kFloat);
    const std::int64_t group = columns_per_group(grid, cols), groups = cols / group;
    Scales best = find_scales(w, grid);
    at::Tensor least;
    for (int step = 0; step < kClipSteps; ++step) {
        const Scales tried = step == 0 ? best : find_scales(w * (1 - step * kClipStep), grid);
        const at::Tensor delta = round_on(w, tried, grid).dequantize().sub_(w);
        const at::Tensor error = at::empty({rows, groups}, w.options());
        for_tiles(groups, [&](std::int64_t g) {
            const at::Tensor part = delta.narrow(1, g * group, group);
            const at::Tensor block = hessian.narrow(0, g * group, group).narrow(1, g * group, group);
            error.select(1, g).copy_(part.mm(block).mul_(part).sum(1));
        });
        if (step == 0) {
            least = error;
            continue;
        }
        const at::Tensor better = error < least;
        least = at::where(better, error, least);
        best.scales = at::where(better, tried.scales, best.scales);
        best.zeros = at::where(better, tried.zeros, best.zeros);
    }
    return round_on(w, best, grid);
}

} // namespace moequant
