#include "core/model/matmul.h"

#include <ATen/Parallel.h>

#include <algorithm>

// Present when libtorch was built with MKL; without it the guard does nothing.
extern "C" int MKL_Set_Num_Threads_Local(int threads) __attribute__((weak));

namespace moequant {
namespace {

constexpr std::int64_t row_tile = 128, column_tile = 512;
// Below this many rows or columns MKL takes other kernels, whose sums run in another order.
constexpr std::int64_t least_extent = 16;

at::Tensor pad_rows(const at::Tensor& x) {
    return at::constant_pad_nd(x, {0, 0, 0, least_extent - x.size(0)}, 0);
}

} // namespace

OneThreadBlas::OneThreadBlas() {
    if (MKL_Set_Num_Threads_Local)
        previous_ = MKL_Set_Num_Threads_Local(1);
}

OneThreadBlas::~OneThreadBlas() {
    if (MKL_Set_Num_Threads_Local)
        MKL_Set_Num_Threads_Local(previous_);
}

at::Tensor matmul_transposed(const at::Tensor& x, const at::Tensor& w) {
    if (!x.is_cpu() || x.scalar_type() == at::kDouble)
        return at::mm(x, w.t());
    const std::int64_t rows = x.size(0), columns = w.size(0);
    if (rows == 0)
        return at::empty({0, columns}, x.options());
    if (columns < least_extent)
        return matmul_transposed(x, pad_rows(w)).narrow(1, 0, columns).contiguous();
    if (rows < least_extent)
        return matmul_transposed(pad_rows(x), w).narrow(0, 0, rows);
    at::Tensor out = at::empty({rows, columns}, x.options());
    // The last tile takes the rest, up to nearly two tiles, so that none is too small.
    const std::int64_t row_tiles = std::max<std::int64_t>(1, (rows - least_extent) / row_tile);
    const std::int64_t column_tiles = std::max<std::int64_t>(1, (columns - least_extent) / column_tile);
    at::parallel_for(0, row_tiles * column_tiles, 1, [&](std::int64_t begin, std::int64_t end) {
        const OneThreadBlas one_thread;
        for (std::int64_t tile = begin; tile < end; ++tile) {
            const std::int64_t i = tile / column_tiles, j = tile % column_tiles;
            const std::int64_t row = i * row_tile, column = j * column_tile;
            const std::int64_t height = i + 1 == row_tiles ? rows - row : row_tile;
            const std::int64_t width = j + 1 == column_tiles ? columns - column : column_tile;
            at::Tensor part = out.narrow(0, row, height).narrow(1, column, width);
            at::mm_out(part, x.narrow(0, row, height), w.narrow(0, column, width).t());
        }
    });
    return out;
}

} // namespace moequant
