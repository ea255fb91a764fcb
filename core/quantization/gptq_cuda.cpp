#include "core/job/error.h"
#include "core/quantization/gptq_columns.h"
#include "core/quantization/gptq_round.h"

#include <c10/core/DeviceGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

namespace moequant {

bool has_cuda_kernel(const ColumnLoop& loop) {
    return loop.weight.is_cuda() && loop.weight.scalar_type() == at::kFloat &&
           c10::impl::VirtualGuardImpl(at::kCUDA).getStream(loop.weight.device()).id() == 0;
}

void quantize_on_cuda(const ColumnLoop& loop) {
    const c10::DeviceGuard device(loop.weight.device());
    const std::int64_t rows = loop.weight.size(0), cols = loop.weight.size(1);
    const std::int64_t group = columns_per_group(loop.grid, cols);
    const at::Tensor w = loop.order.defined() ? loop.weight.index_select(1, loop.order) : loop.weight.clone();
    const at::Tensor upper = loop.upper.contiguous();
    const at::Tensor places =
        loop.order.defined() ? loop.order : at::arange(cols, w.options().dtype(at::kLong));
    const at::Tensor group_of = places.floor_divide(group).to(at::kInt);
    const at::Tensor codes = at::empty(w.sizes(), loop.codes.options()); // processing order
    const at::Tensor error = at::empty({rows, kCudaBlock}, w.options());
    ColumnLoop narrow = loop;
    narrow.block = std::min<std::int64_t>(loop.block, kCudaBlock);
    for (std::int64_t begin = 0, end = 0; begin < cols; begin = end) {
        end = block_end(narrow, begin);
        const std::int64_t width = end - begin;
        if (!loop.static_scales && begin % group == 0) {
            GridOptions whole = loop.grid;
            whole.group_size = -1;
            const Scales found = find_scales(w.narrow(1, begin, group), whole);
            loop.scales.scales.select(1, begin / group).copy_(found.scales.select(1, 0));
            loop.scales.zeros.select(1, begin / group).copy_(found.zeros.select(1, 0));
        }
        const char* failed = round_block_on_cuda({.w = w.data_ptr<float>() + begin,
                                                  .w_stride = cols,
                                                  .u = upper.data_ptr<float>() + begin * cols + begin,
                                                  .u_stride = cols,
                                                  .scales = loop.scales.scales.data_ptr<float>(),
                                                  .zeros = loop.scales.zeros.data_ptr<int>(),
                                                  .groups = loop.scales.scales.size(1),
                                                  .group_of = group_of.data_ptr<int>() + begin,
                                                  .top = (1 << loop.grid.bits) - 1,
                                                  .codes = codes.data_ptr<std::uint8_t>() + begin,
                                                  .codes_stride = cols,
                                                  .error = error.data_ptr<float>(),
                                                  .error_stride = kCudaBlock,
                                                  .rows = rows,
                                                  .width = int(width)});
        if (failed)
            throw RunError(std::string("GPTQ's CUDA kernel: ") + failed);
        if (end < cols)
            w.narrow(1, end, cols - end)
                .addmm_(error.narrow(1, 0, width), upper.narrow(0, begin, width).narrow(1, end, cols - end),
                        1, -1);
    }
    if (loop.order.defined())
        loop.codes.index_copy_(1, loop.order, codes);
    else
        loop.codes.copy_(codes);
}

} // namespace moequant
