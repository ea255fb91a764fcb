#include "core/calibration/proposals.h"

#include "core/model/lanes.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace moequant {
namespace {

/// Ids go in blocks of this many: a block's greatest logit, or its sum, lets most of the vocabulary be
/// skipped.
constexpr std::int64_t block = 64;

/// The greatest of each whole block of logits[0 … size); the rest of the last block is left to the caller.
MOEQUANT_CLONES void block_maxima(const float* logits, std::int64_t blocks, float* maxima) {
    for (std::int64_t b = 0; b < blocks; ++b) {
        Lanes top, x;
        load(logits + b * block, top);
        for (std::int64_t i = lane_count; i < block; i += lane_count) {
            load(logits + b * block + i, x);
            top = x > top ? x : top;
        }
        maxima[b] = max_lanes(top);
    }
}

/// sums[b] = Σ e^((logit − top) · scale) over each whole block.
MOEQUANT_CLONES void block_sums(const float* logits, std::int64_t blocks, float top, float scale,
                                float* sums) {
    for (std::int64_t b = 0; b < blocks; ++b) {
        Lanes total, x;
        fill(0, total);
        for (std::int64_t i = 0; i < block; i += lane_count) {
            load(logits + b * block + i, x);
            x = (x - top) * scale;
            exp_lanes(x);
            total = total + x;
        }
        sums[b] = sum_lanes(total);
    }
}

/// One row of logits with its blocks' maxima; the last block is padded.
class Row {
  public:
    Row(const float* logits, std::int64_t size)
        : logits_(logits),
          size_(size),
          whole_(size / block),
          maxima_(std::size_t((size + block - 1) / block)) {
        std::fill(std::begin(rest_), std::end(rest_), -std::numeric_limits<float>::infinity());
        std::copy(logits + whole_ * block, logits + size, rest_);
        block_maxima(logits, whole_, maxima_.data());
        if (whole_ * block < size)
            block_maxima(rest_, 1, &maxima_[std::size_t(whole_)]);
        top_ = *std::max_element(maxima_.begin(), maxima_.end());
    }

    float top() const { return top_; }

    /// Sums of the blocks' weights e^((logit − top)/noise) and, in double, their total.
    double weigh(double noise, std::vector<float>& sums) const {
        sums.resize(maxima_.size());
        block_sums(logits_, whole_, top_, float(1 / noise), sums.data());
        if (whole_ * block < size_)
            block_sums(rest_, 1, top_, float(1 / noise), &sums[std::size_t(whole_)]);
        double total = 0;
        for (const float sum : sums)
            total += double(sum);
        return total;
    }

    double log_normaliser() const {
        std::vector<float> sums;
        return double(top_) + std::log(weigh(1, sums));
    }

    template <typename Usable>
    std::vector<std::int32_t> greatest(std::int64_t count, const Usable& usable) const {
        std::vector<std::int32_t> best; // descending
        for (std::size_t b = 0; b < maxima_.size(); ++b) {
            const auto full = [&] { return std::int64_t(best.size()) == count; };
            if (full() && !(maxima_[b] > logits_[best.back()]))
                continue;
            const std::int64_t end = std::min(size_, (std::int64_t(b) + 1) * block);
            for (std::int64_t id = std::int64_t(b) * block; id < end; ++id) {
                if (full() && !(logits_[id] > logits_[best.back()]))
                    continue;
                if (!usable(id))
                    continue;
                if (full())
                    best.pop_back();
                const auto at = std::upper_bound(best.begin(), best.end(), id, [&](auto a, auto other) {
                    return logits_[a] > logits_[other];
                });
                best.insert(at, std::int32_t(id));
            }
        }
        return best;
    }

    template <typename Usable>
    std::vector<std::int32_t> drawn(const std::vector<double>& draws, double noise,
                                    const Usable& usable) const {
        const auto weight = [&](std::int64_t id) {
            return std::exp((double(logits_[id]) - double(top_)) / noise);
        };
        // Exact sums in one order over what may be drawn; a drawn token then leaves its block.
        std::vector<double> sums(maxima_.size());
        double total = 0;
        std::vector<float> fast;
        weigh(noise, fast);
        for (std::size_t b = 0; b < sums.size(); ++b) {
            sums[b] = double(fast[b]);
            const std::int64_t end = std::min(size_, (std::int64_t(b) + 1) * block);
            for (std::int64_t id = std::int64_t(b) * block; id < end; ++id)
                if (!usable(id))
                    sums[b] -= weight(id);
            sums[b] = std::max(sums[b], 0.0);
            total += sums[b];
        }
        std::vector<std::int32_t> taken;
        const auto left_in = [&](std::int64_t id) {
            return usable(id) && std::find(taken.begin(), taken.end(), id) == taken.end();
        };
        for (const double draw : draws) {
            double left = draw * total;
            std::size_t b = 0;
            while (b + 1 < sums.size() && left >= sums[b])
                left -= sums[b++];
            // Rounding may lead past the block's last token: then the next that is left, else the last
            // before.
            std::int64_t chosen = -1;
            const std::int64_t begin = std::int64_t(b) * block;
            for (std::int64_t id = begin; id < size_; ++id) {
                if (!left_in(id))
                    continue;
                chosen = id;
                if ((left -= weight(id)) < 0)
                    break;
                if (id >= begin + block)
                    break;
            }
            for (std::int64_t id = begin - 1; chosen < 0 && id >= 0; --id)
                if (left_in(id))
                    chosen = id;
            if (chosen < 0)
                break; // nothing is left
            taken.push_back(std::int32_t(chosen));
            const double gone = weight(chosen);
            double& sum = sums[std::size_t(chosen / block)];
            total -= std::min(sum, gone);
            sum -= std::min(sum, gone);
        }
        return taken;
    }

  private:
    const float* logits_;
    std::int64_t size_, whole_;
    std::vector<float> maxima_;
    float rest_[block], top_ = 0;
};

at::Tensor on_cpu(const at::Tensor& logits) {
    return logits.to(at::kCPU, at::kFloat).contiguous();
}

} // namespace

std::vector<std::vector<Proposal>> propose(const at::Tensor& logits, std::span<const std::uint8_t> allowed,
                                           std::span<const ProposalRow> rows) {
    const at::Tensor values = on_cpu(logits);
    const std::int64_t vocabulary = values.size(1);
    std::vector<std::vector<Proposal>> result(rows.size());
    at::parallel_for(0, std::int64_t(rows.size()), 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t r = first; r < last; ++r) {
            const ProposalRow& asked = rows[std::size_t(r)];
            if (asked.count == 0)
                continue;
            const float* row_logits = values.const_data_ptr<float>() + r * vocabulary;
            const Row row(row_logits, vocabulary);
            const auto usable = [&](std::int64_t id) {
                return allowed[std::size_t(id)] != 0 &&
                       std::find(asked.banned.begin(), asked.banned.end(), id) == asked.banned.end();
            };
            const auto ids = asked.draws.empty() ? row.greatest(asked.count, usable)
                                                 : row.drawn(asked.draws, asked.noise, usable);
            const double normaliser = row.log_normaliser();
            for (const std::int32_t id : ids)
                result[std::size_t(r)].push_back({id, float(double(row_logits[id]) - normaliser)});
        }
    });
    return result;
}

std::vector<std::int32_t> ngram_repeats(std::span<const std::int32_t> ids, std::int64_t n) {
    std::vector<std::int32_t> tokens;
    const std::int64_t size = std::int64_t(ids.size()), tail = n - 1;
    for (std::int64_t i = 0; n > 0 && i + tail < size; ++i)
        if (std::equal(ids.end() - tail, ids.end(), ids.begin() + i))
            tokens.push_back(ids[std::size_t(i + tail)]);
    return tokens;
}

std::vector<float> log_probability(const at::Tensor& logits, std::span<const std::int32_t> ids) {
    const at::Tensor values = on_cpu(logits);
    std::vector<float> result(ids.size());
    at::parallel_for(0, std::int64_t(ids.size()), 1, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t r = first; r < last; ++r) {
            const float* row = values.const_data_ptr<float>() + r * values.size(1);
            result[std::size_t(r)] =
                float(double(row[ids[std::size_t(r)]]) - Row(row, values.size(1)).log_normaliser());
        }
    });
    return result;
}

} // namespace moequant
