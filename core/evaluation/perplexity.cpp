#include "core/evaluation/perplexity.h"

#include "core/calibration/usage.h"
#include "core/job/error.h"
#include "core/job/sha256.h"
#include "core/model/elementwise.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace moequant {
namespace {

constexpr std::int64_t logit_bytes = std::int64_t(128) << 20;

/// Sum of each row in double, in one fixed order whatever the number of rows or threads.
at::Tensor row_sums(const at::Tensor& values) {
    if (!values.is_cpu())
        return values.sum(-1, /*keepdim=*/false, at::kDouble);
    const at::Tensor rows = values.contiguous();
    const std::int64_t columns = rows.size(1);
    at::Tensor sums = at::empty({rows.size(0)}, at::kDouble);
    const auto* from = rows.const_data_ptr<float>();
    auto* to = sums.data_ptr<double>();
    at::parallel_for(0, rows.size(0), 16, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row) {
            const float* value = from + row * columns;
            double part[4] = {0, 0, 0, 0};
            std::int64_t i = 0;
            for (; i + 4 <= columns; i += 4)
                for (int lane = 0; lane < 4; ++lane)
                    part[lane] += double(value[i + lane]);
            for (; i < columns; ++i)
                part[0] += double(value[i]);
            to[row] = (part[0] + part[1]) + (part[2] + part[3]);
        }
    });
    return sums;
}

/// Per scored row of one batch: float64 on the CPU.
struct RowScores {
    std::vector<double> nll, kl;
    std::int64_t same_top = 0;
};

/// Rows that predict a token: every position of a window but its last. [B, T, H] → [B·(T−1), H]
at::Tensor predicting(const at::Tensor& hidden) {
    return hidden.narrow(1, 0, hidden.size(1) - 1).reshape({-1, hidden.size(2)});
}

void append(std::vector<double>& to, const at::Tensor& values) {
    const at::Tensor host = values.to(at::kCPU, at::kDouble).contiguous();
    const auto* data = host.const_data_ptr<double>();
    to.insert(to.end(), data, data + host.numel());
}

RowScores score_rows(const Decoder& model, const Decoder* reference, const at::Tensor& hidden,
                     const at::Tensor& reference_hidden, const at::Tensor& targets, std::int64_t slice) {
    RowScores scores;
    for (std::int64_t first = 0; first < hidden.size(0); first += slice) {
        const std::int64_t rows = std::min(slice, hidden.size(0) - first);
        const at::Tensor log_q = at::log_softmax(logits(model, hidden.narrow(0, first, rows)), -1);
        const at::Tensor target = targets.narrow(0, first, rows).to(log_q.device()).unsqueeze(1);
        append(scores.nll, log_q.gather(1, target).neg());
        if (!reference)
            continue;
        const at::Tensor log_p =
            at::log_softmax(logits(*reference, reference_hidden.narrow(0, first, rows)), -1);
        scores.same_top += at::eq(log_p.argmax(1), log_q.argmax(1)).sum().item<std::int64_t>();
        append(scores.kl, row_sums((log_p - log_q).mul_(elementwise_exp(log_p))));
    }
    return scores;
}

/// The experts of every token as a set: sorted indices, 16 bits each, without the fed BOS. [B·L, k]
at::Tensor expert_sets(const Routing& routing, const SequenceBatch& batch, std::int64_t prefix) {
    const std::int64_t length = batch.ids.size(1), k = routing.index.size(1);
    const at::Tensor index =
        routing.index.view({-1, length, k}).narrow(1, prefix, length - prefix).reshape({-1, k});
    return std::get<0>(index.sort(1)).to(at::kShort);
}

void check_reference(const ModelConfig& model, const ModelConfig& reference) {
    const auto refuse = [](const std::string& what, std::int64_t ours, std::int64_t theirs) {
        throw RequestError("--against: the models differ in " + what + " (" + std::to_string(ours) + " and " +
                           std::to_string(theirs) + ")");
    };
    if (model.vocab_size != reference.vocab_size)
        refuse("vocabulary", model.vocab_size, reference.vocab_size);
    if (model.layers.size() != reference.layers.size())
        refuse("layers", std::int64_t(model.layers.size()), std::int64_t(reference.layers.size()));
    for (std::size_t i = 0; i < model.layers.size(); ++i) {
        const LayerConfig &a = model.layers[i], &b = reference.layers[i];
        const std::string where = " of layer " + std::to_string(i);
        if (a.experts != b.experts)
            refuse("the experts" + where, a.experts, b.experts);
        if (a.top_k != b.top_k)
            refuse("the top-k" + where, a.top_k, b.top_k);
    }
}

class Evaluator {
  public:
    Evaluator(const Decoder& model, const Decoder* reference, const TokenSet& set,
              const PerplexityOptions& options, EventSink emit, std::stop_token stop)
        : model_(model),
          reference_(reference),
          set_(set),
          options_(options),
          stop_(std::move(stop)),
          prefix_(options.prefix ? 1 : 0),
          same_sets_(model.config().layers.size(), 0),
          progress_(std::move(emit), options.stage,
                    options.tokens_total > 0 ? options.tokens_total : set.tokens(), "tokens") {
        slice_ = options.logit_rows > 0
                     ? options.logit_rows
                     : std::clamp<std::int64_t>(
                           logit_bytes / (model.config().vocab_size * 4 * (reference ? 4 : 2)), 16, 4096);
        result_.window_nll.resize(set.sequences.size());
        result_.window_tokens.resize(set.sequences.size());
        progress_.resume_at(options.tokens_before);
        progress_.update(options.tokens_before);
    }

    Evaluation run() {
        const std::int64_t row_bytes = model_.config().hidden_size * 4 * (reference_ ? 2 : 1);
        const std::int64_t pass_tokens = std::max(options_.batch_tokens, options_.pass_bytes / row_bytes);
        for (std::size_t first = 0; first < set_.sequences.size();) {
            std::size_t count = 0;
            for (std::int64_t tokens = 0; first + count < set_.sequences.size(); ++count) {
                tokens += std::int64_t(set_.sequences[first + count].size()) + prefix_;
                if (count > 0 && tokens > pass_tokens)
                    break;
            }
            pass(first, count);
            first += count;
        }
        return finish();
    }

  private:
    void pass(std::size_t first, std::size_t count) {
        const auto windows = std::span<const std::vector<std::int32_t>>(set_.sequences).subspan(first, count);
        const auto batches = batch_sequences(windows, options_.prefix, options_.batch_tokens);
        const ReferencePass reference = reference_ ? reference_pass(windows, batches) : ReferencePass{};
        const auto hidden =
            forward_batches(model_, batches, [&](int layer, std::size_t b, const Routing* routing) {
                if (routing && reference_) {
                    const at::Tensor same = at::eq(expert_sets(*routing, batches[b], prefix_),
                                                   reference.expert_sets[std::size_t(layer)][b])
                                                .all(1);
                    same_sets_[std::size_t(layer)] += same.sum().item<std::int64_t>();
                }
                worked(batches[b]);
            });
        for (std::size_t b = 0; b < batches.size(); ++b) {
            const at::Tensor& ids = batches[b].ids;
            const std::int64_t scored = ids.size(1) - 1;
            const RowScores scores = score_rows(model_, reference_, predicting(hidden[b]),
                                                reference_ ? predicting(reference.hidden[b]) : at::Tensor(),
                                                ids.narrow(1, 1, scored).reshape({-1}), slice_);
            for (std::size_t w = 0; w < batches[b].sequences.size(); ++w) {
                const std::size_t window = first + batches[b].sequences[w];
                const auto begin = std::ptrdiff_t(w) * std::ptrdiff_t(scored);
                const auto sum = [&](const std::vector<double>& rows) {
                    return std::accumulate(rows.begin() + begin, rows.begin() + begin + scored, 0.0);
                };
                result_.window_nll[window] = sum(scores.nll);
                result_.window_tokens[window] = scored;
                if (reference_) {
                    window_kl_.resize(result_.window_nll.size());
                    window_kl_[window] = sum(scores.kl);
                }
            }
            same_top_ += scores.same_top;
            worked(batches[b]);
        }
    }

    /// The reference over these batches: kept from an earlier evaluation, or computed and kept if it fits.
    ReferencePass reference_pass(std::span<const std::vector<std::int32_t>> windows,
                                 std::span<const SequenceBatch> batches) {
        std::string key;
        if (options_.references) {
            key = pass_name(windows);
            if (const auto kept = options_.references->passes.find(key);
                kept != options_.references->passes.end()) {
                for (const SequenceBatch& batch : batches)
                    for (std::size_t layer = 0; layer < same_sets_.size(); ++layer)
                        worked(batch);
                return kept->second;
            }
        }
        ReferencePass pass;
        pass.expert_sets.resize(same_sets_.size());
        std::int64_t bytes = 0;
        pass.hidden =
            forward_batches(*reference_, batches, [&](int layer, std::size_t b, const Routing* routing) {
                if (routing) {
                    pass.expert_sets[std::size_t(layer)].push_back(
                        expert_sets(*routing, batches[b], prefix_));
                    bytes += std::int64_t(pass.expert_sets[std::size_t(layer)].back().nbytes());
                }
                worked(batches[b]);
            });
        for (const at::Tensor& hidden : pass.hidden)
            bytes += std::int64_t(hidden.nbytes());
        if (options_.references && options_.references->bytes + bytes <= options_.references->most_bytes) {
            options_.references->bytes += bytes;
            options_.references->passes.emplace(key, pass);
        }
        return pass;
    }

    /// The reference, the windows' ids and how they are batched.
    std::string pass_name(std::span<const std::vector<std::int32_t>> windows) const {
        std::string ids;
        for (const auto& window : windows) {
            for (const std::int32_t id : window)
                ids += std::to_string(id) + " ";
            ids += "\n";
        }
        return options_.reference_name + "|" + (options_.prefix ? std::to_string(*options_.prefix) : "") +
               "|" + std::to_string(options_.batch_tokens) + "|" + sha256(ids);
    }

    /// A batch went through one layer, or through the head.
    void worked(const SequenceBatch& batch) {
        check_stop(stop_);
        const auto steps = double(same_sets_.size()) * (reference_ ? 2 : 1) + 1;
        const auto tokens = std::int64_t(batch.sequences.size()) * (batch.ids.size(1) - prefix_);
        done_ += double(tokens) / steps;
        progress_.update(options_.tokens_before + std::min(std::int64_t(done_ + 0.5), set_.tokens()));
    }

    Evaluation finish() {
        for (std::size_t w = 0; w < result_.window_nll.size(); ++w) {
            if (!std::isfinite(result_.window_nll[w]))
                throw RunError("corpus '" + set_.name + "': the loss of window " + std::to_string(w) +
                               " is not finite");
            result_.nll += result_.window_nll[w];
            result_.tokens += result_.window_tokens[w];
        }
        if (result_.tokens == 0)
            throw RequestError("corpus '" + set_.name + "': no token to score");
        result_.nll /= double(result_.tokens);
        result_.value = std::exp(result_.nll);
        Evaluation evaluation{std::move(result_), {}};
        if (!reference_)
            return evaluation;
        Agreement agreement;
        const auto tokens = double(evaluation.perplexity.tokens);
        agreement.kl = std::accumulate(window_kl_.begin(), window_kl_.end(), 0.0) / tokens;
        agreement.top1 = double(same_top_) / tokens;
        for (std::size_t i = 0; i < same_sets_.size(); ++i)
            if (model_.config().layers[i].moe)
                agreement.routing_layers.push_back(double(same_sets_[i]) / double(set_.tokens()));
        for (const double share : agreement.routing_layers)
            agreement.routing += share / double(agreement.routing_layers.size());
        evaluation.agreement = std::move(agreement);
        return evaluation;
    }

    const Decoder& model_;
    const Decoder* reference_;
    const TokenSet& set_;
    const PerplexityOptions& options_;
    std::stop_token stop_;
    std::int64_t prefix_, slice_;
    Perplexity result_;
    std::vector<double> window_kl_;
    std::vector<std::int64_t> same_sets_; ///< tokens with the same experts, of each layer
    std::int64_t same_top_ = 0;
    double done_ = 0;
    Progress progress_;
};

} // namespace

Evaluation evaluate_windows(const Decoder& model, const Decoder* reference, const TokenSet& set,
                            const PerplexityOptions& options, const EventSink& emit,
                            const std::stop_token& stop) {
    check_length(model.config(), set, options.prefix.has_value());
    if (reference) {
        check_reference(model.config(), reference->config());
        check_length(reference->config(), set, options.prefix.has_value());
    }
    return Evaluator(model, reference, set, options, emit, stop).run();
}

} // namespace moequant
