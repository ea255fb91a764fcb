#include "core/quantization/rtn.h"

namespace moequant {

QuantizedLinear rtn(const at::Tensor& weight, const GridOptions& grid, const std::string& name) {
    const std::int64_t cols = weight.size(1);
    check_grid(grid, cols, name);
    check_finite(weight, name);
    const at::Tensor w = weight.scalar_type() == at::kDouble ? weight : weight.to(at::kFloat);
    return round_on(w, find_scales(w, grid), grid);
}

QuantizedLinear round_on(const at::Tensor& weight, const Scales& scales, const GridOptions& grid) {
    const std::int64_t cols = weight.size(1);
    return {
        .codes = quantize_codes(weight, scales, grid),
        .scales = scales.scales,
        .zeros = scales.zeros,
        .group_of =
            at::arange(cols, weight.options().dtype(at::kInt)).floor_divide_(columns_per_group(grid, cols)),
        .bits = grid.bits,
        .group_size = grid.group_size,
        .symmetric = grid.symmetric,
        .act_order = false,
        .scale_dtype = grid.scale_dtype};
}

} // namespace moequant
