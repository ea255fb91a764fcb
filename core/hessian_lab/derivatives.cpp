#include "core/hessian_lab/derivatives.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

namespace moequant {
namespace {

/// d Σ of / d by, with a graph of its own; zeros where `of` does not depend on `by`.
at::Tensor derivative(const at::Tensor& of, const at::Tensor& by) {
    if (!of.requires_grad())
        return at::zeros_like(by);
    const auto found = torch::autograd::grad({of.sum()}, {by}, {}, /*retain_graph=*/true,
                                             /*create_graph=*/true, /*allow_unused=*/true);
    return found[0].defined() ? found[0] : at::zeros_like(by);
}

} // namespace

Derivatives differentiate(std::int64_t samples,
                          const std::function<at::Tensor(const at::Tensor& a, const at::Tensor& b)>& losses) {
    const at::AutoGradMode with_graph(true);
    const at::Tensor a = at::zeros({samples}, at::kDouble).requires_grad_();
    const at::Tensor b = at::zeros({samples}, at::kDouble).requires_grad_();
    const at::Tensor ab = derivative(derivative(losses(a, b), a), b);
    const at::Tensor aab = derivative(ab, a), abb = derivative(ab, b);
    const at::Tensor aaab = derivative(aab, a), abbb = derivative(abb, b);
    return {ab.detach(), aab.detach(), abb.detach(), aaab.detach(), abbb.detach()};
}

} // namespace moequant
