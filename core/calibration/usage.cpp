#include "core/calibration/usage.h"

#include "core/calibration/balance.h"
#include "core/job/error.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace moequant {
namespace {

/// Summed affinity of every (expert, id) of one layer; kept only for the layer in flight.
using Liking = std::vector<std::map<std::int32_t, double>>;

void pick_top(const Liking& liking, at::Tensor ids, at::Tensor affinity) {
    const std::int64_t count = ids.size(1);
    for (std::size_t e = 0; e < liking.size(); ++e) {
        std::vector<std::pair<std::int32_t, double>> order(liking[e].begin(), liking[e].end());
        std::stable_sort(order.begin(), order.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        for (std::int64_t i = 0; i < std::min(count, std::int64_t(order.size())); ++i) {
            ids[std::int64_t(e)].data_ptr<std::int32_t>()[i] = order[std::size_t(i)].first;
            affinity[std::int64_t(e)].data_ptr<float>()[i] = float(order[std::size_t(i)].second);
        }
    }
}

} // namespace

void check_length(const ModelConfig& config, const TokenSet& set, bool prefix) {
    for (const auto& ids : set.sequences)
        if (std::int64_t(ids.size()) + prefix > config.max_positions)
            throw RequestError(set.name + ": a sequence of " + std::to_string(ids.size() + prefix) +
                               " tokens is longer than the model's " + std::to_string(config.max_positions) +
                               " positions; ask for a smaller length");
}

Usage measure_usage(const Decoder& decoder, const TokenSet& set, const UsageOptions& options,
                    const EventSink& emit, const std::stop_token& stop) {
    const ModelConfig& config = decoder.config();
    if (config.moe_layers() == 0)
        throw RequestError("the model has no MoE layers, so there is no expert usage to measure");
    check_length(config, set, options.prefix.has_value());
    const auto batches = batch_sequences(set.sequences, options.prefix, options.batch_tokens);
    const std::int64_t skip = options.prefix ? 1 : 0;

    Usage usage;
    usage.tokens = set.tokens();
    Progress progress(emit, "profile", std::int64_t(config.layers.size()) * usage.tokens, "tokens");
    std::int64_t done = 0;
    Liking liking;
    const auto finish_layer = [&](const LayerUsage& layer) {
        if (options.top_tokens > 0) {
            const std::int64_t index = std::int64_t(usage.layers.size()) - 1;
            pick_top(liking, usage.top_ids[index], usage.top_affinity[index]);
        }
        if (emit)
            emit({"usage",
                  {{"corpus", set.name},
                   {"layer", layer.layer},
                   {"counts", layer.counts},
                   {"affinity", layer.affinity}}});
    };
    if (options.top_tokens > 0) {
        std::int64_t experts = 0;
        for (const LayerConfig& layer : config.layers)
            experts = std::max(experts, layer.experts);
        usage.top_ids = at::full({config.moe_layers(), experts, options.top_tokens}, -1, at::kInt);
        usage.top_affinity = at::zeros({config.moe_layers(), experts, options.top_tokens}, at::kFloat);
    }

    // Batches group sequences by length; adding affinities a layer at a time in sequence order makes the sums
    // independent of that grouping.
    std::vector<std::pair<at::Tensor, at::Tensor>> routed(set.sequences.size());
    forward_batches(decoder, batches, [&](int index, std::size_t b, const Routing* routing) {
        check_stop(stop);
        const SequenceBatch& batch = batches[b];
        done += std::int64_t(batch.sequences.size()) * (batch.ids.size(1) - skip);
        progress.update(done, index);
        if (!routing)
            return;
        const std::int64_t rows = std::int64_t(batch.sequences.size()), k = routing->index.size(1);
        const auto by_row = [&](const at::Tensor& t) {
            return t.to(at::kCPU).view({rows, -1, k}).narrow(1, skip, batch.ids.size(1) - skip).contiguous();
        };
        const at::Tensor experts = by_row(routing->index), weights = by_row(routing->weight);
        for (std::int64_t r = 0; r < rows; ++r)
            routed[batch.sequences[std::size_t(r)]] = {experts[r], weights[r]};
        if (b + 1 < batches.size())
            return;
        const LayerConfig& config_layer = config.layers[std::size_t(index)];
        const auto count = std::size_t(config_layer.experts);
        LayerUsage layer{index, config_layer.top_k, std::vector<std::int64_t>(count),
                         std::vector<double>(count), std::vector<std::int32_t>()};
        layer.sequence_counts.assign(options.by_sequence ? routed.size() * count : 0, 0);
        liking.assign(options.top_tokens > 0 ? count : 0, {});
        for (std::size_t s = 0; s < routed.size(); ++s) {
            const auto* expert = routed[s].first.const_data_ptr<std::int64_t>();
            const auto* weight = routed[s].second.const_data_ptr<float>();
            for (std::int64_t i = 0; i < routed[s].first.numel(); ++i) {
                ++layer.counts[std::size_t(expert[i])];
                layer.affinity[std::size_t(expert[i])] += double(weight[i]);
                if (options.by_sequence)
                    ++layer.sequence_counts[s * count + std::size_t(expert[i])];
                if (!liking.empty())
                    liking[std::size_t(expert[i])][set.sequences[s][std::size_t(i / k)]] += double(weight[i]);
            }
        }
        usage.layers.push_back(std::move(layer));
        finish_layer(usage.layers.back());
    });
    return usage;
}

} // namespace moequant
