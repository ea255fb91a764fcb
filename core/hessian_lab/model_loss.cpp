#include "core/hessian_lab/model_loss.h"

#include "core/hessian_lab/derivatives.h"
#include "core/quantization/tiles.h"

#include <atomic>

namespace moequant {
namespace {

const Compute wide{at::kCPU, at::kDouble};

/// The experts that each later layer chose, int64 [T, k]; undefined in dense layers.
using Choices = std::vector<at::Tensor>;

at::Tensor as_set(const at::Tensor& index) {
    return std::get<0>(index.sort(-1));
}

class TailLoss {
  public:
    TailLoss(std::shared_ptr<const ModelTail> tail, std::vector<TailSequence> sequences, bool free_routing)
        : tail_(std::move(tail)), sequences_(std::move(sequences)), free_(free_routing) {
        base_ = at::empty({size()}, at::kDouble);
        choices_.resize(sequences_.size());
        for_tiles(size(), [&](std::int64_t s) {
            base_[s] = forward(s, sequences_[std::size_t(s)].hidden, nullptr, &choices_[std::size_t(s)]);
        });
    }

    std::int64_t size() const { return std::ssize(sequences_); }
    const at::Tensor& base() const { return base_; }

    Losses losses(const Entry& entry, double a, double b) const {
        Losses result{base_.clone(), 0};
        std::atomic<std::int64_t> flips = 0;
        for_tiles(size(), [&](std::int64_t s) {
            const TailSequence& sequence = sequences_[std::size_t(s)];
            if (!sequence.expert)
                return;
            Choices now;
            result.values[s] = at_outputs(s, sequence.expert->moved(entry, a, b), free_ ? &now : nullptr);
            if (free_)
                flips += count_flips(now, choices_[std::size_t(s)]);
        });
        result.flips = flips;
        return result;
    }

    Derivatives derivatives(const Entry& entry) const {
        const at::Tensor none = at::zeros({size()}, at::kDouble);
        Derivatives all{none.clone(), none.clone(), none.clone(), none.clone(), none.clone()};
        for_tiles(size(), [&](std::int64_t s) {
            const TailSequence& sequence = sequences_[std::size_t(s)];
            if (!sequence.expert)
                return;
            const std::int64_t tokens = sequence.token.size(0);
            const Derivatives one = differentiate(1, [&](const at::Tensor& a, const at::Tensor& b) {
                return at_outputs(s, sequence.expert->moved(entry, a.expand({tokens}), b.expand({tokens})),
                                  nullptr)
                    .view({1});
            });
            all.ab[s] = one.ab[0];
            all.aab[s] = one.aab[0];
            all.abb[s] = one.abb[0];
            all.aaab[s] = one.aaab[0];
            all.abbb[s] = one.abbb[0];
        });
        return all;
    }

    at::Tensor products(const Entry& entry, bool by_affinity) const {
        at::Tensor sums = at::zeros({size()}, at::kDouble);
        for (std::int64_t s = 0; s < size(); ++s) {
            const TailSequence& sequence = sequences_[std::size_t(s)];
            if (!sequence.expert)
                continue;
            const at::Tensor& x = sequence.expert->inputs();
            const at::Tensor product = x.select(1, entry.i) * x.select(1, entry.j);
            sums[s] = (by_affinity ? product * sequence.affinity : product).sum();
        }
        return sums;
    }

  private:
    /// `outputs` are the expert's; the choice at w is kept unless the one made is asked for.
    at::Tensor at_outputs(std::int64_t s, const at::Tensor& outputs, Choices* chosen) const {
        const TailSequence& sequence = sequences_[std::size_t(s)];
        const at::Tensor change = (outputs - sequence.expert->outputs()) * sequence.affinity.unsqueeze(1);
        return forward(s, sequence.hidden.index_add(0, sequence.token, change),
                       chosen ? nullptr : &choices_[std::size_t(s)], chosen);
    }

    /// `keep`: experts to choose, null: the most probable ones, which then go into `chosen`.
    at::Tensor forward(std::int64_t s, const at::Tensor& hidden, const Choices* keep, Choices* chosen) const {
        at::Tensor x = hidden.unsqueeze(0);
        for (std::size_t i = 0; i < tail_->layers.size(); ++i) {
            const int index = tail_->first + int(i);
            Routing routing;
            x = layer_forward(tail_->config, index, tail_->layers[i], x, tail_->rope, &routing,
                              keep ? (*keep)[i] : at::Tensor());
            if (chosen)
                chosen->push_back(routing.index);
        }
        const at::Tensor& ids = sequences_[std::size_t(s)].ids;
        const std::int64_t predicted = ids.size(0) - 1;
        const at::Tensor normed =
            rms_norm(x[0].narrow(0, 0, predicted), tail_->ends.final_norm, tail_->config.rms_norm_eps);
        const at::Tensor log_p = at::log_softmax(at::mm(normed, tail_->ends.head.t()), -1);
        return -log_p.gather(1, ids.narrow(0, 1, predicted).unsqueeze(1)).mean();
    }

    static std::int64_t count_flips(const Choices& now, const Choices& before) {
        std::int64_t flips = 0;
        for (std::size_t i = 0; i < now.size(); ++i)
            if (now[i].defined())
                flips += (as_set(now[i]) != as_set(before[i])).any(-1).sum().item<std::int64_t>();
        return flips;
    }

    std::shared_ptr<const ModelTail> tail_;
    std::vector<TailSequence> sequences_;
    bool free_;
    at::Tensor base_;
    std::vector<Choices> choices_; ///< at w
};

} // namespace

ModelTail load_tail(const Decoder& decoder, int first, std::int64_t positions) {
    ModelTail tail{decoder.config(),
                   first,
                   {},
                   load_ends(decoder.source(), decoder.config(), wide),
                   make_rope(decoder.config(), positions, at::kCPU)};
    for (int i = first; i < int(tail.config.layers.size()); ++i)
        tail.layers.push_back(load_layer(decoder.source(), tail.config, i, wide));
    return tail;
}

std::int64_t tail_bytes(const ModelConfig& config, int first) {
    std::int64_t bytes = (config.tie_word_embeddings ? 1 : 2) * config.vocab_size * config.hidden_size * 8;
    for (int i = first; i < int(config.layers.size()); ++i)
        bytes += layer_bytes(config, i, at::kDouble);
    return bytes;
}

Problem model_problem(std::shared_ptr<const ModelTail> tail, std::vector<TailSequence> sequences,
                      bool free_routing) {
    const auto loss = std::make_shared<const TailLoss>(std::move(tail), std::move(sequences), free_routing);
    Problem problem;
    problem.unit = "sequences";
    problem.samples = loss->size();
    problem.base = loss->base();
    problem.losses = [=](const Entry& entry, double a, double b) { return loss->losses(entry, a, b); };
    problem.derivatives = [=](const Entry& entry) { return loss->derivatives(entry); };
    problem.products = [=](const Entry& entry, bool by_affinity) {
        return loss->products(entry, by_affinity);
    };
    return problem;
}

} // namespace moequant
