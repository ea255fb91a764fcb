// EBSS as its definition reads, for comparison: every candidate by a forward pass of its whole prefix, counts
// summed anew.
#pragma once
#include "core/calibration/degenerate.h"
#include "core/calibration/ebss.h"
#include "core/calibration/usage.h"

#include <algorithm>
#include <limits>
#include <map>
#include <vector>

namespace moequant {

/// log p [T, vocab] of one sequence by one whole forward pass.
inline at::Tensor whole_log_p(const Decoder& decoder, const std::vector<std::int32_t>& ids) {
    const std::vector<std::vector<std::int32_t>> one = {ids};
    const auto batches = batch_sequences(one, {}, 1 << 20);
    const auto hidden = forward_batches(decoder, batches, [](int, std::size_t, const Routing*) {});
    return at::log_softmax(logits(decoder, hidden[0].view({-1, hidden[0].size(2)})), -1);
}

/// The search as its definition reads: every candidate by a forward pass of its whole prefix, counts summed
/// anew.
class PlainSearch {
  public:
    PlainSearch(const Decoder& decoder, const EbssOptions& options) : decoder_(decoder), options_(options) {}

    std::vector<std::vector<std::int32_t>> run() {
        const bool set = options_.scope == BalanceScope::Set;
        const std::size_t all = std::size_t(options_.sequences);
        const std::size_t wave = set && options_.wave > 0 ? std::size_t(options_.wave) : all;
        std::vector<std::vector<std::int32_t>> done;
        for (std::size_t first = 0; first < all; first += wave)
            for (auto& ids : search_wave(first, std::min(wave, all - first), done))
                done.push_back(ids);
        return done;
    }

  private:
    using Ids = std::vector<std::int32_t>;
    using Counts = std::vector<std::vector<std::int64_t>>;
    struct Scored {
        Ids ids;
        double log_prob, score;
    };

    const Counts& counts(const Ids& ids) const {
        const auto [at, fresh] = counted_.try_emplace(ids);
        Counts& result = at->second;
        if (!fresh)
            return result;
        const TokenSet set{"one", {ids}};
        for (const LayerUsage& layer : measure_usage(decoder_, set, {}, {}, {}).layers)
            result.push_back(layer.counts);
        return result;
    }

    static void add(Counts& sum, const Counts& more) {
        if (sum.empty())
            sum.resize(more.size(), std::vector<std::int64_t>(more[0].size()));
        for (std::size_t m = 0; m < more.size(); ++m)
            for (std::size_t e = 0; e < more[m].size(); ++e)
                sum[m][e] += more[m][e];
    }

    double sigma(const Counts& counts) const {
        double sum = 0;
        std::size_t m = 0;
        for (const LayerConfig& layer : decoder_.config().layers)
            if (layer.moe) {
                double slots = 0, squares = 0;
                for (const auto n : counts[m]) {
                    slots += double(n);
                    squares += double(n) * double(n);
                }
                ++m;
                sum += layer_sigma(options_.unit, squares, slots, layer.experts, layer.top_k);
            }
        return sum / double(m);
    }

    /// What tau divides for a branch of sequence s.
    double term(const Ids& ids, const std::vector<Ids>& best, std::size_t s,
                const std::vector<Ids>& done) const {
        Counts sum = counts(ids);
        if (options_.scope == BalanceScope::Sequence)
            return sigma(sum);
        for (std::size_t other = 0; other < best.size(); ++other)
            if (other != s)
                add(sum, counts(best[other]));
        for (const Ids& finished : done)
            add(sum, counts(finished));
        return double(options_.sequences) * sigma(sum);
    }

    std::vector<Ids> search_wave(std::size_t first, std::size_t count, const std::vector<Ids>& done) {
        std::vector<std::vector<Scored>> beams;
        for (std::size_t s = 0; s < count; ++s) {
            const Ids& opening = options_.openings[first + s];
            beams.push_back(std::vector<Scored>{Scored{opening, log_prob(opening), 0}});
        }
        const auto best_of = [&] {
            std::vector<Ids> best;
            for (const auto& group : beams)
                best.push_back(group[0].ids);
            return best;
        };
        while (std::int64_t(beams[0][0].ids.size()) < options_.length) {
            const std::vector<Ids> best = best_of();
            std::vector<std::vector<Scored>> next;
            for (std::size_t s = 0; s < count; ++s) {
                std::vector<Scored> candidates;
                for (const Scored& beam : beams[s])
                    for (const auto& [log_p, token] : likely(beam.ids)) {
                        Scored child{beam.ids, beam.log_prob + log_p, 0};
                        child.ids.push_back(token);
                        const Ids& judged = options_.sigma_of == SigmaOf::Child ? child.ids : beam.ids;
                        child.score = -child.log_prob / double(child.ids.size()) +
                                      term(judged, best, s, done) / options_.tau;
                        candidates.push_back(std::move(child));
                    }
                std::stable_sort(candidates.begin(), candidates.end(),
                                 [](const Scored& a, const Scored& b) { return a.score < b.score; });
                candidates.resize(std::min(candidates.size(), std::size_t(options_.width)));
                next.push_back(std::move(candidates));
            }
            beams = std::move(next);
        }
        const std::vector<Ids> best = best_of();
        std::vector<Ids> result;
        for (std::size_t s = 0; s < count; ++s) {
            double least = std::numeric_limits<double>::infinity();
            Ids chosen;
            for (const Scored& beam : beams[s]) {
                const double score =
                    -beam.log_prob / double(beam.ids.size()) + term(beam.ids, best, s, done) / options_.tau;
                if (score < least) {
                    least = score;
                    chosen = beam.ids;
                }
            }
            result.push_back(chosen);
        }
        return result;
    }

    double log_prob(const Ids& ids) const {
        const at::Tensor log_p = whole_log_p(decoder_, ids);
        double sum = 0;
        for (std::size_t i = 1; i < ids.size(); ++i)
            sum += log_p[std::int64_t(i) - 1][ids[i]].item<double>();
        return sum;
    }

    /// All continuations (parent) or the `branching` likeliest (child) that the options allow.
    std::vector<std::pair<double, std::int32_t>> likely(const Ids& ids) const {
        const at::Tensor log_p = whole_log_p(decoder_, ids)[std::int64_t(ids.size()) - 1].contiguous();
        std::vector<std::pair<double, std::int32_t>> all;
        for (std::int32_t id = 0; id < std::int32_t(log_p.numel()); ++id) {
            Ids with = ids;
            with.push_back(id);
            const bool repeats = options_.no_repeat_ngram > 0 &&
                                 distinct_share(ids, int(options_.no_repeat_ngram)) == 1 &&
                                 distinct_share(with, int(options_.no_repeat_ngram)) < 1;
            if (!repeats && !std::count(options_.masked.begin(), options_.masked.end(), id))
                all.emplace_back(double(log_p.const_data_ptr<float>()[id]), id);
        }
        std::stable_sort(all.begin(), all.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        if (options_.sigma_of == SigmaOf::Child)
            all.resize(std::size_t(branching_of(options_)));
        return all;
    }

    const Decoder& decoder_;
    const EbssOptions& options_;
    mutable std::map<Ids, Counts> counted_; ///< of prefixes seen before
};

} // namespace moequant
