// The model's own loss, through the layers behind the studied expert.
#pragma once
#include "core/hessian_lab/expert_function.h"
#include "core/model/decoder.h"

#include <memory>
#include <vector>

namespace moequant {

/// The layers from `first` on, final norm and head, in float64.
struct ModelTail {
    ModelConfig config;
    int first = 0;
    std::vector<LayerWeights> layers;
    EndWeights ends;
    Rope rope;
};

/// Loads it. `positions`: of the longest sequence.
ModelTail load_tail(const Decoder& decoder, int first, std::int64_t positions);
/// Bytes that it takes.
std::int64_t tail_bytes(const ModelConfig& config, int first);

/// A sequence as it leaves the studied layer at w.
struct TailSequence {
    at::Tensor ids;                               ///< int64 [T], with a BOS that was fed
    at::Tensor hidden;                            ///< float64 [T, hidden]
    std::shared_ptr<const ExpertFunction> expert; ///< on the tokens of this sequence that it gets; null: none
    at::Tensor token;                             ///< int64 [N]: their positions
    at::Tensor affinity;                          ///< float64 [N]
};

/// Loss of a sequence: mean of −log p(next token). The routing of later layers keeps the experts chosen at w
/// (their coefficients follow the weights), or with `free_routing` is chosen anew, and (token, layer) pairs
/// that choose otherwise are counted. Derivatives are those with the choice kept: a flip is a jump that
/// autograd does not see.
Problem model_problem(std::shared_ptr<const ModelTail> tail, std::vector<TailSequence> sequences,
                      bool free_routing);

} // namespace moequant
