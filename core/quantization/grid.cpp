#include "core/quantization/grid.h"

#include "core/job/error.h"
#include "core/quantization/grid_rule.h"

namespace moequant {

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
    const std::int64_t rows = weight.size(0), cols = weight.size(1);
    const std::int64_t groups = cols / columns_per_group(grid, cols);
    const at::Tensor grouped = weight.reshape({rows, groups, -1});
    const at::Tensor low = grouped.amin(-1).to(at::kCPU, at::kDouble).contiguous();
    const at::Tensor high = grouped.amax(-1).to(at::kCPU, at::kDouble).contiguous();
    Scales result{at::empty({rows, groups}, at::kFloat), at::empty({rows, groups}, at::kInt)};
    float* scale = result.scales.data_ptr<float>();
    int* zero = result.zeros.data_ptr<int>();
    for (std::int64_t i = 0; i < rows * groups; ++i) {
        const ScaleAndZero found =
            scale_and_zero(low.data_ptr<double>()[i], high.data_ptr<double>()[i], grid);
        scale[i] = found.scale;
        zero[i] = found.zero;
    }
    return {result.scales.to(weight.device()), result.zeros.to(weight.device())};
}

at::Tensor quantize_codes(const at::Tensor& weight, const Scales& scales, const GridOptions& grid) {
    const std::int64_t rows = weight.size(0), groups = scales.scales.size(1);
    const at::Tensor grouped = weight.reshape({rows, groups, -1});
    const at::Tensor steps = grouped.div(scales.scales.to(weight.scalar_type()).unsqueeze(-1)).round_();
    const at::Tensor codes = steps.add_(scales.zeros.unsqueeze(-1)).clamp_(0, (1 << grid.bits) - 1);
    return codes.to(at::kByte).view(weight.sizes());
}

void check_finite(const at::Tensor& weight, const std::string& name) {
    if (!at::isfinite(weight).all().item<bool>())
        throw RequestError(name, "the weight holds NaN or infinite values");
}

} // namespace moequant
