#include "core/hessian_lab/mlp_inputs.h"

#include <algorithm>

namespace moequant {

void visit_mlp_inputs(const Decoder& decoder, std::span<const SequenceBatch> batches, int last,
                      const std::function<void(const MlpInputs&)>& visit, const EventSink& emit,
                      const std::stop_token& stop) {
    const ModelConfig& config = decoder.config();
    std::vector<at::Tensor> hidden;
    std::int64_t longest = 1, tokens = 0, done = 0;
    std::size_t sequences = 0;
    for (const SequenceBatch& batch : batches) {
        hidden.push_back(
            embed(decoder, batch.ids.reshape({-1})).view({batch.ids.size(0), batch.ids.size(1), -1}));
        longest = std::max(longest, batch.ids.size(1));
        tokens += batch.ids.numel();
        sequences += batch.sequences.size();
    }
    std::vector<at::Tensor> residual(sequences);
    for (int i = 0; i <= last; ++i) {
        const auto weights = decoder.layer(i);
        for (std::size_t b = 0; b < batches.size(); ++b) {
            check_stop(stop);
            const auto sizes = hidden[b].sizes();
            hidden[b] =
                attention_block(config, i, *weights, hidden[b], decoder.rope(longest)).view(sizes.vec());
            for (std::size_t s = 0; s < batches[b].sequences.size(); ++s)
                residual[batches[b].sequences[s]] = hidden[b][std::int64_t(s)];
        }
        visit({i, *weights, residual});
        Progress progress(emit, "forward", (last + 1) * tokens, "tokens"); // its rate is not the visitor's
        progress.resume_at(done);
        residual.assign(sequences, {}); // a copy of all hidden states would stay otherwise
        for (std::size_t b = 0; b < batches.size(); ++b) {
            check_stop(stop);
            if (i < last) {
                const at::Tensor x = hidden[b].view({-1, config.hidden_size});
                hidden[b] = (x + mlp_block(config.layers[std::size_t(i)], *weights,
                                           rms_norm(x, weights->post_norm, config.rms_norm_eps)))
                                .view(hidden[b].sizes().vec());
            }
            progress.update(done += batches[b].ids.numel(), i);
        }
    }
}

std::vector<ExpertRows> expert_rows(const ModelConfig& config, const MlpInputs& inputs,
                                    std::span<const std::size_t> members, std::int64_t skip) {
    const LayerConfig& layer = config.layers[std::size_t(inputs.layer)];
    std::vector<at::Tensor> parts;
    std::vector<std::int64_t> sequence, position;
    for (const std::size_t member : members) {
        const at::Tensor& all = inputs.residual[member];
        parts.push_back(all.narrow(0, skip, all.size(0) - skip));
        for (std::int64_t t = skip; t < all.size(0); ++t) {
            sequence.push_back(std::int64_t(member));
            position.push_back(t);
        }
    }
    const at::Tensor normed = rms_norm(at::cat(parts), inputs.weights.post_norm, config.rms_norm_eps);
    const Routing routing = route(layer, inputs.weights.router, normed);
    const Dispatch sent = dispatch(routing, layer.experts);
    const at::Tensor affinity = dispatched_affinity(routing, sent);
    const at::Tensor sequences = at::tensor(sequence, at::kLong), positions = at::tensor(position, at::kLong);
    std::vector<ExpertRows> rows;
    for (std::int64_t e = 0; e < layer.experts; ++e) {
        const std::int64_t first = sent.offset[std::size_t(e)],
                           count = sent.offset[std::size_t(e) + 1] - first;
        const at::Tensor token = sent.token.narrow(0, first, count), host = token.to(at::kCPU);
        rows.push_back({normed.index_select(0, token), affinity.narrow(0, first, count),
                        sequences.index_select(0, host), positions.index_select(0, host)});
    }
    return rows;
}

} // namespace moequant
