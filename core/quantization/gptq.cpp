#include "core/quantization/gptq.h"

#include "core/quantization/gptq_columns.h"

namespace moequant {
namespace {

QuantizedLinear run_loop(const at::Tensor& weight, const Factor& factor, const GptqOptions& options,
                         const std::string& name, void (*quantize)(const ColumnLoop&)) {
    const std::int64_t cols = weight.size(1);
    check_grid(options.grid, cols, name);
    TORCH_CHECK(factor.upper.size(0) == cols && factor.upper.scalar_type() == options.compute &&
                    factor.order.defined() == options.act_order && options.block > 0,
                name, ": the factor was made for another shape or other options");
    const at::Tensor w = weight.to(options.compute).contiguous();
    check_finite(w, name);
    const std::int64_t group = columns_per_group(options.grid, cols);
    const bool static_scales = options.act_order || group == cols;
    Scales scales;
    if (static_scales)
        scales = find_scales(w, options.grid);
    else
        scales = {at::empty({weight.size(0), cols / group}, w.options().dtype(at::kFloat)),
                  at::empty({weight.size(0), cols / group}, w.options().dtype(at::kInt))};
    const at::Tensor codes = at::empty(w.sizes(), w.options().dtype(at::kByte));
    quantize({w, factor.upper, factor.order, options.grid, options.block, static_scales, codes, scales});
    return {.codes = codes,
            .scales = scales.scales,
            .zeros = scales.zeros,
            .group_of = at::arange(cols, w.options().dtype(at::kInt)).floor_divide_(group),
            .bits = options.grid.bits,
            .group_size = options.grid.group_size,
            .symmetric = options.grid.symmetric,
            .act_order = options.act_order,
            .scale_dtype = options.grid.scale_dtype};
}

} // namespace

QuantizedLinear gptq(const at::Tensor& weight, const Factor& factor, const GptqOptions& options,
                     const std::string& name) {
    return run_loop(weight, factor, options, name, [](const ColumnLoop& loop) {
#ifdef MOEQUANT_CUDA_KERNEL
        if (has_cuda_kernel(loop))
            return quantize_on_cuda(loop);
#endif
        return loop.weight.is_cpu() ? quantize_on_cpu(loop) : quantize_with_tensors(loop);
    });
}

QuantizedLinear gptq_with_tensors(const at::Tensor& weight, const Factor& factor, const GptqOptions& options,
                                  const std::string& name) {
    return run_loop(weight, factor, options, name, quantize_with_tensors);
}

} // namespace moequant
