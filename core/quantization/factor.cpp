#include "core/quantization/factor.h"

#include "core/job/error.h"
#include "core/quantization/condition.h"
#include "core/quantization/inverse_factor.h"
#include "core/quantization/tiles.h"

#include <cmath>

namespace moequant {
namespace {

constexpr double kGreatestDamp = 10.0; ///< share of the mean diagonal beyond which raising it is hopeless

/// The damped Hessian in processing order → its factor on the device; undefined when it is not positive
/// definite to working precision.
at::Tensor upper_on_device(const at::Tensor& h) {
    const auto [lower, info] = at::linalg_cholesky_ex(h.flip({0, 1}));
    if (info.item<int>() != 0)
        return {};
    const at::Tensor inverse =
        at::linalg_solve_triangular(lower, at::eye(h.size(0), h.options()), /*upper=*/false);
    at::Tensor upper = inverse.flip({0, 1});
    return at::isfinite(upper).all().item<bool>() ? upper : at::Tensor();
}

} // namespace

Factor factorize(const at::Tensor& hessian, const GptqOptions& options, const std::string& name) {
    if (!(options.damp >= 0) || !std::isfinite(options.damp))
        throw RequestError("damp " + std::to_string(options.damp) + ": must be a number of at least 0");
    const at::Tensor h = hessian.to(options.compute).contiguous();
    if (!all_finite(h))
        throw RunError("the Hessian of " + name + " holds NaN or infinite values");
    Factor factor;
    const at::Tensor diagonal = h.diagonal();
    const at::Tensor dead = diagonal.eq(0);
    const double mean = diagonal.mean(at::kDouble).item<double>();
    factor.dead_columns = dead.sum().item<std::int64_t>();
    if (options.act_order)
        factor.order = std::get<1>(diagonal.sort(/*stable=*/true, /*dim=*/0, /*descending=*/true));
    const at::Tensor alive = diagonal.masked_fill(dead, 1).to(at::kDouble);
    for (factor.damp = options.damp;; factor.damp = std::max(10 * factor.damp, 1e-4)) {
        if (factor.damp > std::max(kGreatestDamp, options.damp))
            throw RunError("the Hessian of " + name +
                           " cannot be factorised, even with its diagonal raised tenfold");
        const at::Tensor damped = alive.add(factor.damp * mean).to(options.compute);
        if (h.is_cpu()) {
            factor.upper = inverse_factor(h, damped, factor.order);
        } else {
            at::Tensor matrix = h.clone();
            matrix.diagonal().copy_(damped);
            if (factor.order.defined())
                matrix = matrix.index_select(0, factor.order).index_select(1, factor.order);
            factor.upper = upper_on_device(matrix);
        }
        if (!factor.upper.defined())
            continue;
        factor.condition = condition_estimate(h, damped, factor.upper, factor.order, dead);
        return factor;
    }
}

} // namespace moequant
