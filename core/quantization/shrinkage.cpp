#include "core/quantization/shrinkage.h"

#include "core/quantization/tiles.h"

#include <algorithm>

namespace moequant {
namespace {

double square_norm(const at::Tensor& matrix) {
    return matrix.square().sum(at::kDouble).item<double>();
}

} // namespace

Shrunk shrink(const InputStatistics& expert, const at::Tensor& layer, double layer_tokens) {
    const SingleThread alone; // the order of a sum must not depend on their number
    const double weight = expert.weight_sum();
    if (!(weight > 0))
        return {layer / layer_tokens, 1};
    at::Tensor own = expert.hessian() / weight;
    const double own_trace = own.diagonal().sum(at::kDouble).item<double>();
    const double layer_trace = layer.diagonal().sum(at::kDouble).item<double>();
    if (!(own_trace > 0) || !(layer_trace > 0))
        return {own, 0};
    const at::Tensor target = layer * (own_trace / layer_trace);
    const double distance = square_norm(own - target);
    const double noise = std::max(0.0, expert.fourth_moment() / (weight * weight) -
                                           square_norm(own) / expert.effective_tokens());
    const double share = distance > 0 ? std::min(1.0, noise / distance) : 1;
    return {own.mul_(1 - share).add_(target, share), share};
}

} // namespace moequant
