#include "core/hessian_lab/expert_loss.h"

#include "core/hessian_lab/derivatives.h"

namespace moequant {

Problem expert_problem(std::shared_ptr<const ExpertFunction> expert, const at::Tensor& target,
                       const at::Tensor& affinity, bool by_affinity, bool quadratic) {
    const at::Tensor factor = by_affinity ? affinity.square() / 2 : at::full_like(affinity, 0.5);
    const auto loss = [target, factor](const at::Tensor& outputs) {
        return (outputs - target).square().sum(-1) * factor;
    };
    Problem problem;
    problem.unit = "tokens";
    problem.samples = target.size(0);
    problem.quadratic = quadratic;
    problem.base = loss(expert->outputs());
    problem.losses = [=](const Entry& entry, double a, double b) {
        return Losses{loss(expert->moved(entry, a, b))};
    };
    problem.derivatives = [=, samples = problem.samples](const Entry& entry) {
        return differentiate(samples, [&](const at::Tensor& a, const at::Tensor& b) {
            return loss(expert->moved(entry, a, b));
        });
    };
    problem.products = [=](const Entry& entry, bool weighted) {
        const at::Tensor product = expert->inputs().select(1, entry.i) * expert->inputs().select(1, entry.j);
        return weighted ? product * affinity : product;
    };
    return problem;
}

} // namespace moequant
