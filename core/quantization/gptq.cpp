#include "core/quantization/gptq.h"

#include "core/job/error.h"
#include "core/quantization/gptq_columns.h"
#include "core/quantization/tiles.h"

#include <cmath>

namespace moequant {
namespace {

constexpr std::int64_t kLeaf = 64;     ///< edge below which a triangle is solved directly
constexpr double kGreatestDamp = 10.0; ///< share of the mean diagonal beyond which raising it is hopeless

/// inverse = L⁻¹ for lower triangular `l`; `inverse` is zero on entry. Halves: [A 0; B C]⁻¹ = [A⁻¹ 0;
/// −C⁻¹BA⁻¹ C⁻¹].
void invert_lower(const at::Tensor& l, at::Tensor inverse) {
    const std::int64_t n = l.size(0);
    if (n <= kLeaf) {
        inverse.copy_(at::linalg_solve_triangular(l, at::eye(n, l.options()), /*upper=*/false));
        return;
    }
    const std::int64_t half = (n / 2 + kLeaf - 1) / kLeaf * kLeaf, rest = n - half;
    const at::Tensor a = inverse.narrow(0, 0, half).narrow(1, 0, half);
    const at::Tensor c = inverse.narrow(0, half, rest).narrow(1, half, rest);
    invert_lower(l.narrow(0, 0, half).narrow(1, 0, half), a);
    invert_lower(l.narrow(0, half, rest).narrow(1, half, rest), c);
    const at::Tensor b = l.narrow(0, half, rest).narrow(1, 0, half);
    inverse.narrow(0, half, rest).narrow(1, 0, half).copy_(c.mm(b.mm(a)).neg_());
}

/// U with (JHJ = LLᵀ, J reversing) U = J·L⁻¹·J; undefined when H is not positive definite to working
/// precision.
at::Tensor upper_of_inverse(const at::Tensor& h) {
    const auto [lower, info] = at::linalg_cholesky_ex(h.flip({0, 1}));
    if (info.item<int>() != 0)
        return {};
    at::Tensor inverse = at::zeros_like(h);
    invert_lower(lower, inverse);
    at::Tensor upper = inverse.flip({0, 1});
    return at::isfinite(upper).all().item<bool>() ? upper : at::Tensor();
}

QuantizedLinear run_loop(const at::Tensor& weight, const Factor& factor, const GptqOptions& options,
                         const std::string& name, void (*quantize)(const ColumnLoop&)) {
    const std::int64_t cols = weight.size(1);
    check_grid(options.grid, cols, name);
    check_finite(weight, name);
    TORCH_CHECK(factor.upper.size(0) == cols && factor.upper.scalar_type() == options.compute &&
                    factor.order.defined() == options.act_order && options.block > 0,
                name, ": the factor was made for another shape or other options");
    const at::Tensor w = weight.to(options.compute);
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

Factor factorize(const at::Tensor& hessian, const GptqOptions& options, const std::string& name) {
    if (!(options.damp >= 0) || !std::isfinite(options.damp))
        throw RequestError("damp " + std::to_string(options.damp) + ": must be a number of at least 0");
    const SingleThread one;
    at::Tensor h = hessian.to(options.compute, /*non_blocking=*/false, /*copy=*/true);
    if (!at::isfinite(h).all().item<bool>())
        throw RunError("the Hessian of " + name + " holds NaN or infinite values");
    Factor factor;
    at::Tensor diagonal = h.diagonal();
    const at::Tensor dead = diagonal.eq(0);
    const double mean = diagonal.mean(at::kDouble).item<double>();
    factor.dead_columns = dead.sum().item<std::int64_t>();
    if (options.act_order) {
        factor.order = std::get<1>(diagonal.sort(/*stable=*/true, /*dim=*/0, /*descending=*/true));
        h = h.index_select(0, factor.order).index_select(1, factor.order);
        h.diagonal().masked_fill_(dead.index_select(0, factor.order), 1);
    } else {
        diagonal.masked_fill_(dead, 1);
    }
    const at::Tensor undamped = h.diagonal().clone();
    for (factor.damp = options.damp;; factor.damp = std::max(10 * factor.damp, 1e-4)) {
        if (factor.damp > std::max(kGreatestDamp, options.damp))
            throw RunError("the Hessian of " + name +
                           " cannot be factorised, even with its diagonal raised tenfold");
        h.diagonal().copy_(undamped + factor.damp * mean);
        factor.upper = upper_of_inverse(h);
        if (factor.upper.defined())
            return factor;
    }
}

QuantizedLinear gptq(const at::Tensor& weight, const Factor& factor, const GptqOptions& options,
                     const std::string& name) {
    return run_loop(weight, factor, options, name,
                    weight.device().is_cpu() ? quantize_on_cpu : quantize_with_tensors);
}

QuantizedLinear gptq_with_tensors(const at::Tensor& weight, const Factor& factor, const GptqOptions& options,
                                  const std::string& name) {
    return run_loop(weight, factor, options, name, quantize_with_tensors);
}

} // namespace moequant
