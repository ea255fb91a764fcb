// Perplexity of windows of tokens, and how far a quantized model still agrees with its float original.
#pragma once
#include "core/corpus/token_set.h"
#include "core/job/event.h"
#include "core/model/decoder.h"

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace moequant {

/// What a reference computed on a set of windows: hidden states before the head [B, T, hidden] of each batch,
/// the experts of every token [layer][batch].
struct ReferencePass {
    std::vector<at::Tensor> hidden;
    std::vector<std::vector<at::Tensor>> expert_sets;
};

/// Passes of references over sets, so that many models are compared with one reference at half the price.
struct ReferencePasses {
    std::int64_t most_bytes = std::int64_t(256) << 20; ///< what does not fit is computed anew
    std::int64_t bytes = 0;
    std::map<std::string, ReferencePass> passes; ///< by reference, windows and batches
};

struct PerplexityOptions {
    /// A BOS fed before every window. With it the first token of a window is scored too.
    std::optional<std::int32_t> prefix;
    std::int64_t batch_tokens = 16384; ///< tokens that go through a layer together
    std::int64_t logit_rows = 0;       ///< rows of logits in memory at once, 0: as fit 128 MiB
    std::int64_t pass_bytes = std::int64_t(512) << 20; ///< hidden states in memory at once
    std::string stage = "evaluate";                    ///< what `progress` events are called
    std::int64_t tokens_before = 0; ///< of a larger task that this set is a part of: tokens done before
    std::int64_t tokens_total = 0;  ///< and of all of it; 0: this set is all
    ReferencePasses* references = nullptr;
    std::string reference_name; ///< identifies the reference among them
};

struct Perplexity {
    std::vector<double> window_nll;          ///< summed loss of each window, in the set's order
    std::vector<std::int64_t> window_tokens; ///< its scored tokens
    std::int64_t tokens = 0;                 ///< scored, of all windows
    double nll = 0;                          ///< mean loss a token, natural logarithm
    double value = 0;                        ///< exp(nll)
};

/// Of a model with the reference on the same tokens.
struct Agreement {
    double kl = 0;   ///< mean over scored tokens of KL(reference ‖ model), natural logarithm
    double top1 = 0; ///< share of scored tokens whose most probable next token is the same
    /// Share of tokens (a fed BOS aside) whose set of top-k experts is unchanged: of each MoE layer, and the
    /// mean.
    std::vector<double> routing_layers;
    double routing = 0;
};

struct Evaluation {
    Perplexity perplexity;
    std::optional<Agreement> agreement; ///< with a reference only
};

/// Sends the windows through `model` and, if given, `reference`, layer by layer; logits exist for a slice of
/// rows at a time. Sums run in double in token order: the result depends on neither threads, batches nor
/// slices. Throws RequestError: a window longer than the model's positions, nothing to score, a reference of
/// another shape. RunError: logits that are not finite.
Evaluation evaluate_windows(const Decoder& model, const Decoder* reference, const TokenSet& set,
                            const PerplexityOptions& options, const EventSink& emit,
                            const std::stop_token& stop);

} // namespace moequant
