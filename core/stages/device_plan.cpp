#include "core/stages/device_plan.h"

#include "core/model/weights.h"
#include "core/quantization/hessian.h"

#include <algorithm>

namespace moequant {
namespace {

constexpr std::int64_t kWide = 4;                          ///< bytes of a float32
constexpr std::int64_t kContext = std::int64_t(512) << 20; ///< the device's libraries and their workspaces
/// Squares of the input's width for one group of linears: of an expert three sums, two finished copies, a
/// blend and the batched factorisation's damped matrix, stack, reversal, Cholesky factor, inverse, reversal
/// and copy; of all others a sum and a copy and the same without stack and last copy.
constexpr std::int64_t kExpertSquares = 13, kSquares = 8;
constexpr std::int64_t kHiddenSets = 3; ///< quantized, float, and the next of one of them while it is made

/// `rows` that go through a group of linears together.
std::int64_t group_bytes(std::int64_t squares, std::int64_t hidden, std::int64_t inner, std::int64_t rows) {
    const std::int64_t width = std::max(hidden, inner);
    return kWide * (squares * width * width + 3 * rows * (hidden + inner) + 3 * hidden * inner);
}

std::int64_t hidden_bytes(const ModelConfig& config, const CalibrationSize& size) {
    return kHiddenSets * size.tokens * config.hidden_size * size.hidden_bytes;
}

} // namespace

DevicePlan plan_device(const ModelConfig& config, const CalibrationSize& size, std::int64_t element,
                       int experts, std::int64_t most_tokens, bool hidden_there) {
    const std::int64_t hidden = config.hidden_size;
    const std::int64_t batch = std::min(size.tokens, std::max(most_tokens, size.longest));
    DevicePlan plan{experts, most_tokens, hidden_there, 0};
    for (int i = 0; i < int(config.layers.size()); ++i) {
        const LayerConfig& layer = config.layers[std::size_t(i)];
        const std::int64_t heads = config.heads * config.head_dim;
        std::int64_t work = std::max(kWide * batch * (layer.top_k + 6) * hidden,
                                     group_bytes(kSquares, std::max(heads, hidden), hidden, batch) +
                                         element * size.tokens * heads);
        if (layer.moe) {
            const std::int64_t slice =
                std::min<std::int64_t>(experts, layer.experts) *
                group_bytes(kExpertSquares, hidden, layer.expert_intermediate, kTileRows);
            // With shrinkage all tokens' sums of gate and up stay beside a slice.
            work = std::max({work, slice + 5 * kWide * hidden * hidden,
                             layer.shared_intermediate > 0
                                 ? group_bytes(layer.shared_gate ? kExpertSquares : kSquares, hidden,
                                               layer.shared_intermediate, batch)
                                 : std::int64_t(0)});
        } else {
            work = std::max(work, group_bytes(kSquares, hidden, layer.dense_intermediate, batch));
        }
        const at::ScalarType dtype = element == 2 ? at::kBFloat16 : at::kFloat;
        // The next layer comes while this one is in work.
        const bool last = i + 1 == int(config.layers.size());
        const std::int64_t weights =
            layer_bytes(config, i, dtype) + (last ? 0 : layer_bytes(config, i + 1, dtype));
        plan.peak = std::max(plan.peak, kContext + weights + work);
    }
    // Embedding and head are there before the first layer, and gone when it begins.
    plan.peak = std::max(plan.peak, kContext + 2 * element * config.vocab_size * hidden);
    plan.peak += hidden_there ? hidden_bytes(config, size) : 0;
    return plan;
}

DevicePlan fit_device(const ModelConfig& config, const CalibrationSize& size, std::int64_t element,
                      std::int64_t budget) {
    DevicePlan plan;
    for (const bool there : {true, false}) {
        if (there && hidden_bytes(config, size) > budget / 2)
            continue;
        for (int experts = most_experts(config); experts >= 1; --experts)
            for (const std::int64_t batch : kBatches) {
                plan = plan_device(config, size, element, experts, batch, there);
                if (plan.peak <= budget)
                    return plan;
            }
    }
    return plan;
}

} // namespace moequant
