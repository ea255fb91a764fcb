#include "core/quantization/factor.h"

#include "core/job/error.h"
#include "core/quantization/condition.h"
#include "core/quantization/inverse_factor.h"
#include "core/quantization/tiles.h"

#include <cmath>

namespace moequant {
namespace {

constexpr double kGreatestDamp = 10.0; ///< share of the mean diagonal beyond which raising it is hopeless

/// U of each of the damped matrices h [..., n, n], and bool [...]: whether it is positive definite to working
/// precision. By the library's routines, on any device.
std::pair<at::Tensor, at::Tensor> uppers_by_library(const at::Tensor& h) {
    const auto [lower, info] = at::linalg_cholesky_ex(h.flip({-2, -1}));
    const at::Tensor identity = at::eye(h.size(-1), h.options()).expand_as(h);
    const at::Tensor upper = at::linalg_solve_triangular(lower, identity, /*upper=*/false).flip({-2, -1});
    return {upper, info.eq(0).logical_and_(at::isfinite(upper).all(-1).all(-1))};
}

/// What the factorisation starts from.
struct Prepared {
    Factor factor; ///< without `upper`
    at::Tensor hessian, dead;
    at::Tensor alive; ///< float64: the diagonal with 1 where it is dead
    double mean;      ///< of the diagonal

    at::Tensor damped_diagonal() const { return alive.add(factor.damp * mean).to(hessian.scalar_type()); }
    /// The damped matrix in processing order.
    at::Tensor damped() const {
        at::Tensor matrix = hessian.clone();
        matrix.diagonal().copy_(damped_diagonal());
        return factor.order.defined() ? matrix.index_select(0, factor.order).index_select(1, factor.order)
                                      : matrix;
    }
    Factor finish(const at::Tensor& upper) {
        factor.upper = upper;
        factor.condition = condition_estimate(hessian, damped_diagonal(), upper, factor.order, dead);
        return factor;
    }
};

Prepared prepare(const at::Tensor& hessian, const GptqOptions& options, const std::string& name) {
    if (!(options.damp >= 0) || !std::isfinite(options.damp))
        throw RequestError("damp " + std::to_string(options.damp) + ": must be a number of at least 0");
    Prepared p;
    p.hessian = hessian.to(options.compute).contiguous();
    if (!all_finite(p.hessian))
        throw RunError("the Hessian of " + name + " holds NaN or infinite values");
    const at::Tensor diagonal = p.hessian.diagonal();
    p.dead = diagonal.eq(0);
    p.mean = diagonal.mean(at::kDouble).item<double>();
    p.alive = diagonal.masked_fill(p.dead, 1).to(at::kDouble);
    p.factor.damp = options.damp;
    p.factor.dead_columns = p.dead.sum().item<std::int64_t>();
    if (options.act_order)
        p.factor.order = std::get<1>(diagonal.sort(/*stable=*/true, /*dim=*/0, /*descending=*/true));
    return p;
}

} // namespace

Factor factorize(const at::Tensor& hessian, const GptqOptions& options, const std::string& name) {
    Prepared p = prepare(hessian, options, name);
    for (;; p.factor.damp = std::max(10 * p.factor.damp, 1e-4)) {
        if (p.factor.damp > std::max(kGreatestDamp, options.damp))
            throw RunError("the Hessian of " + name +
                           " cannot be factorised, even with its diagonal raised tenfold");
        if (p.hessian.is_cpu()) {
            const at::Tensor upper = inverse_factor(p.hessian, p.damped_diagonal(), p.factor.order);
            if (upper.defined())
                return p.finish(upper);
        } else {
            const auto [upper, whole] = uppers_by_library(p.damped());
            if (whole.item<bool>())
                return p.finish(upper);
        }
    }
}

std::vector<Factor> factorize_all(const std::vector<at::Tensor>& hessians, const GptqOptions& options,
                                  const std::vector<std::string>& names, bool batched) {
    TORCH_CHECK(hessians.size() == names.size(), "as many names as Hessians");
    std::vector<Factor> factors(hessians.size());
    if (hessians.empty())
        return factors;
    if (!batched) {
        for (std::size_t i = 0; i < hessians.size(); ++i)
            factors[i] = factorize(hessians[i], options, names[i]);
        return factors;
    }
    std::vector<Prepared> prepared;
    std::vector<at::Tensor> damped;
    for (std::size_t i = 0; i < hessians.size(); ++i) {
        prepared.push_back(prepare(hessians[i], options, names[i]));
        damped.push_back(prepared.back().damped());
    }
    const auto [uppers, whole] = uppers_by_library(at::stack(damped));
    const at::Tensor fine = whole.cpu();
    for (std::size_t i = 0; i < hessians.size(); ++i)
        factors[i] = fine[std::int64_t(i)].item<bool>() ? prepared[i].finish(uppers[std::int64_t(i)].clone())
                                                        : factorize(hessians[i], options, names[i]);
    return factors;
}

} // namespace moequant
