#include "core/quantization/gptq_columns.h"

namespace moequant {

void quantize_with_tensors(const ColumnLoop& loop) {
    const std::int64_t cols = loop.weight.size(1), group = columns_per_group(loop.grid, cols);
    const int top = (1 << loop.grid.bits) - 1;
    at::Tensor w = loop.order.defined() ? loop.weight.index_select(1, loop.order) : loop.weight.clone();
    const at::Tensor order = loop.order.defined() ? loop.order.cpu() : at::arange(cols, at::kLong);
    const at::Tensor codes = at::empty_like(loop.codes); // processing order
    const at::Tensor error = at::empty({w.size(0), loop.block}, w.options());
    for (std::int64_t begin = 0, end = 0; begin < cols; begin = end) {
        end = block_end(loop, begin);
        for (std::int64_t j = begin; j < end; ++j) {
            const std::int64_t g = order.const_data_ptr<std::int64_t>()[j] / group;
            if (!loop.static_scales && j % group == 0) {
                GridOptions whole = loop.grid;
                whole.group_size = -1;
                const Scales found = find_scales(w.narrow(1, j, group), whole);
                loop.scales.scales.select(1, g).copy_(found.scales.select(1, 0));
                loop.scales.zeros.select(1, g).copy_(found.zeros.select(1, 0));
            }
            const at::Tensor scale = loop.scales.scales.select(1, g).to(w.scalar_type());
            const at::Tensor zero = loop.scales.zeros.select(1, g).to(w.scalar_type());
            const at::Tensor column = w.select(1, j);
            const at::Tensor code = column.div(scale).round_().add_(zero).clamp_(0, top);
            codes.select(1, j).copy_(code);
            const at::Tensor spread =
                column.sub(code.sub(zero).mul_(scale)).div_(loop.upper.select(0, j).select(0, j));
            error.select(1, j - begin).copy_(spread);
            if (j + 1 < end)
                w.narrow(1, j + 1, end - j - 1)
                    .sub_(at::outer(spread, loop.upper.select(0, j).narrow(0, j + 1, end - j - 1)));
        }
        if (end < cols)
            w.narrow(1, end, cols - end)
                .addmm_(error.narrow(1, 0, end - begin),
                        loop.upper.narrow(0, begin, end - begin).narrow(1, end, cols - end), 1, -1);
    }
    if (loop.order.defined())
        loop.codes.index_copy_(1, loop.order, codes);
    else
        loop.codes.copy_(codes);
}

} // namespace moequant
