#include "core/model/moe.h"

#include "core/model/attention.h"
#include "core/model/elementwise.h"
#include "core/model/matmul.h"

namespace moequant {

at::Tensor router_probability(const at::Tensor& router, const at::Tensor& x) {
    return at::softmax(at_least_float(matmul_transposed(x, router)), -1);
}

Routing route(const LayerConfig& layer, const at::Tensor& router, const at::Tensor& x,
              const at::Tensor& chosen) {
    const at::Tensor probability = router_probability(router, x);
    at::Tensor weight, index = chosen;
    if (chosen.defined())
        weight = probability.gather(-1, chosen);
    else
        std::tie(weight, index) = at::topk(probability, layer.top_k, -1, /*largest=*/true, /*sorted=*/true);
    if (layer.normalize_top_k)
        weight = weight / weight.sum(-1, /*keepdim=*/true);
    return {index, weight};
}

Dispatch dispatch(const Routing& routing, std::int64_t experts) {
    const std::int64_t k = routing.index.size(1);
    const at::Tensor flat = routing.index.reshape({-1});
    const at::Tensor order = at::argsort(flat, /*stable=*/true, /*dim=*/0, /*descending=*/false);
    Dispatch result;
    result.token = at::div(order, k, "trunc");
    result.slot = order - result.token * k;
    const at::Tensor counts = at::bincount(flat, {}, experts).to(at::kCPU);
    const auto* count = counts.const_data_ptr<std::int64_t>();
    result.offset.assign(std::size_t(experts) + 1, 0);
    for (std::int64_t e = 0; e < experts; ++e)
        result.offset[std::size_t(e) + 1] = result.offset[std::size_t(e)] + count[e];
    return result;
}

at::Tensor dispatched_affinity(const Routing& routing, const Dispatch& dispatch) {
    return routing.weight.reshape({-1}).index_select(0,
                                                     dispatch.token * routing.weight.size(1) + dispatch.slot);
}

at::Tensor mlp_hidden(const Mlp& mlp, const at::Tensor& x) {
    return elementwise_silu(matmul_transposed(x, mlp.gate)).mul_(matmul_transposed(x, mlp.up));
}

at::Tensor mlp_forward(const Mlp& mlp, const at::Tensor& x) {
    return matmul_transposed(mlp_hidden(mlp, x), mlp.down);
}

at::Tensor shared_affinity(const LayerWeights& weights, const at::Tensor& x) {
    return elementwise_sigmoid(at_least_float(matmul_transposed(x, weights.shared_gate)));
}

at::Tensor mlp_block(const LayerConfig& layer, const LayerWeights& weights, const at::Tensor& x,
                     Routing* routing, const at::Tensor& chosen) {
    if (!layer.moe)
        return mlp_forward(weights.dense, x);
    const Routing routed = route(layer, weights.router, x, chosen);
    const Dispatch sent = dispatch(routed, layer.experts);
    // Every (token, slot) has a row of its own, so that the sum over slots has one order whatever the
    // dispatch.
    at::Tensor slots = at::empty({x.size(0) * layer.top_k, x.size(1)}, x.options());
    for (std::int64_t e = 0; e < layer.experts; ++e) {
        const std::int64_t begin = sent.offset[std::size_t(e)],
                           count = sent.offset[std::size_t(e) + 1] - begin;
        if (count == 0)
            continue;
        const at::Tensor token = sent.token.narrow(0, begin, count), slot = sent.slot.narrow(0, begin, count);
        const at::Tensor y = mlp_forward(weights.experts[std::size_t(e)], x.index_select(0, token));
        slots.index_copy_(0, token * layer.top_k + slot, y);
    }
    at::Tensor sum = at::zeros_like(x);
    for (std::int64_t k = 0; k < layer.top_k; ++k)
        sum += slots.view({x.size(0), layer.top_k, x.size(1)}).select(1, k) *
               routed.weight.select(1, k).unsqueeze(1).to(x.scalar_type());
    if (layer.shared_intermediate > 0) {
        at::Tensor shared = mlp_forward(weights.shared, x);
        if (layer.shared_gate)
            shared = shared * shared_affinity(weights, x).to(x.scalar_type());
        sum += shared;
    }
    if (routing)
        *routing = routed;
    return sum;
}

} // namespace moequant
