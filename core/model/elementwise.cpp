#include "core/model/elementwise.h"

#include <ATen/Parallel.h>

#include <algorithm>

namespace moequant {
namespace {

// Below ATen's own grain of 32768 elements, so that it does not split a tile; a multiple of every register
// pair.
constexpr std::int64_t tile = 8192, register_pair = 64;

at::Tensor in_tiles(const at::Tensor& x, at::Tensor (*function)(const at::Tensor&)) {
    if (!x.is_cpu() || x.scalar_type() == at::kDouble)
        return function(x);
    const at::Tensor flat = x.contiguous().view({-1});
    const std::int64_t count = flat.numel();
    at::Tensor out = at::empty_like(flat);
    at::parallel_for(0, (count + tile - 1) / tile, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const std::int64_t size = std::min(tile, count - i * tile);
            at::Tensor part = flat.narrow(0, i * tile, size);
            if (const std::int64_t rest = size % register_pair; rest != 0)
                part = at::constant_pad_nd(part, {0, register_pair - rest}, 0);
            out.narrow(0, i * tile, size).copy_(function(part).narrow(0, 0, size));
        }
    });
    return out.view(x.sizes());
}

} // namespace

at::Tensor elementwise_sigmoid(const at::Tensor& x) {
    return in_tiles(x, at::sigmoid);
}
at::Tensor elementwise_silu(const at::Tensor& x) {
    return in_tiles(x, at::silu);
}
at::Tensor elementwise_exp(const at::Tensor& x) {
    return in_tiles(x, at::exp);
}
at::Tensor elementwise_cos(const at::Tensor& x) {
    return in_tiles(x, at::cos);
}
at::Tensor elementwise_sin(const at::Tensor& x) {
    return in_tiles(x, at::sin);
}

} // namespace moequant
