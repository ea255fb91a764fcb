#include "core/calibration/ebss.h"

#include "core/calibration/draw.h"
#include "core/job/error.h"
#include "core/model/beam_decoder.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace moequant {
namespace {

/// Routing counts of one beam, with what σ needs kept in O(1) a token.
struct BeamUsage {
    std::vector<std::int32_t> counts; ///< all MoE layers, one after the other
    std::vector<double> squares;      ///< Σ n² a layer
    std::int64_t tokens = 0;
};

struct Beam {
    std::vector<std::int32_t> ids;
    double log_prob = 0;
    BeamUsage usage;
};

struct Candidate {
    std::int32_t parent, token;
    double log_prob, sigma, score;
};

class Search {
  public:
    Search(const Decoder& decoder, const EbssOptions& options, const TextOf& text_of, const EventSink& emit,
           const std::stop_token& stop)
        : decoder_(decoder),
          config_(decoder.config()),
          options_(options),
          text_of_(text_of),
          emit_(emit),
          stop_(stop),
          progress_(emit, "sample", options.sequences * options.length, "tokens") {
        std::size_t cells = 0;
        for (std::size_t i = 0; i < config_.layers.size(); ++i)
            if (config_.layers[i].moe) {
                moe_.push_back(int(i));
                cell_.push_back(cells);
                cells += std::size_t(config_.layers[i].experts);
            }
        cells_ = cells;
        std::vector<bool> masked(std::size_t(config_.vocab_size));
        for (const std::int32_t id : options_.masked)
            if (id >= 0 && id < config_.vocab_size)
                masked[std::size_t(id)] = true;
        for (std::int32_t id = 0; id < config_.vocab_size; ++id)
            if (!masked[std::size_t(id)])
                allowed_.push_back(id);
        if (std::int64_t(allowed_.size()) < options_.width)
            throw RequestError("width " + std::to_string(options_.width) + " is more than the vocabulary's " +
                               std::to_string(allowed_.size()) + " ordinary tokens");
        at::Tensor mask = at::full({config_.vocab_size}, -std::numeric_limits<float>::infinity(), at::kFloat);
        for (const std::int32_t id : allowed_)
            mask.data_ptr<float>()[id] = 0;
        mask_ = mask.to(decoder.compute().device);
    }

    EbssSet run() {
        const std::int64_t positions = options_.length + (options_.bos ? 1 : 0);
        const std::int64_t each = BeamDecoder::bytes_per_sequence(decoder_, options_.width, positions);
        const std::int64_t slice =
            std::clamp<std::int64_t>(options_.memory_bytes / each, 1, options_.sequences);
        EbssSet set;
        for (std::size_t m = 0; m < moe_.size(); ++m) {
            const LayerConfig& layer = config_.layers[std::size_t(moe_[m])];
            set.layers.push_back(
                {moe_[m], layer.top_k, std::vector<std::int64_t>(std::size_t(layer.experts))});
        }
        for (std::int64_t first = 0; first < options_.sequences; first += slice)
            run_slice(first, std::min(slice, options_.sequences - first), set);
        double log_prob = 0, scored = 0;
        for (const EbssSequence& sequence : set.sequences) {
            log_prob += sequence.log_prob;
            scored += double(sequence.ids.size()) - (options_.bos ? 0 : 1);
        }
        set.perplexity = scored > 0 ? std::exp(-log_prob / scored) : std::numeric_limits<double>::quiet_NaN();
        return set;
    }

  private:
    void run_slice(std::int64_t first, std::int64_t count, EbssSet& set) {
        first_ = first;
        BeamDecoder cache(decoder_, count, options_.width, options_.length + (options_.bos ? 1 : 0));
        std::vector<std::vector<Beam>> beams(static_cast<std::size_t>(count), std::vector<Beam>(1));
        std::vector<Draw> draws;
        std::vector<std::uint64_t> seeds;
        for (std::int64_t s = 0; s < count; ++s) {
            seeds.push_back(sequence_seed(options_.seed, std::uint64_t(first + s)));
            draws.emplace_back(seeds.back());
        }
        begin(cache, beams, draws);
        for (std::int64_t length = 1; length < options_.length; ++length) {
            check_stop(stop_);
            const at::Tensor log_p = advance(cache, beams);
            if (length <= options_.warmup)
                warm_up(log_p, beams, draws, length);
            else
                extend(cache, log_p, beams, length);
            progress_.update(options_.length * first + count * length);
        }
        advance(cache, beams); // the last token's routing counts too
        for (std::size_t s = 0; s < beams.size(); ++s)
            set.sequences.push_back(finish(beams[s], seeds[s], set));
        progress_.update(options_.length * (first + count));
    }

    void begin(BeamDecoder& cache, std::vector<std::vector<Beam>>& beams, std::vector<Draw>& draws) {
        at::Tensor log_p;
        if (options_.bos) {
            const std::vector<std::int32_t> bos(beams.size(), *options_.bos);
            log_p = at::log_softmax(cache.step(bos, nullptr), -1).to(at::kCPU);
        }
        for (std::size_t s = 0; s < beams.size(); ++s) {
            Beam& beam = beams[s][0];
            const auto index = std::size_t(first_) + s;
            const std::size_t choice =
                options_.sequential_first ? index % allowed_.size() : draws[s].below(allowed_.size());
            const std::int32_t id =
                options_.openings.empty() ? allowed_[choice] : options_.openings[index].at(0);
            beam.ids = {id};
            beam.usage = {std::vector<std::int32_t>(cells_), std::vector<double>(moe_.size()), 0};
            if (log_p.defined())
                beam.log_prob = log_p[std::int64_t(s)].const_data_ptr<float>()[id];
        }
    }

    /// Feeds every beam's last token, counts its routing and returns log-probabilities [rows, vocab].
    at::Tensor advance(BeamDecoder& cache, std::vector<std::vector<Beam>>& beams) {
        std::vector<std::int32_t> last;
        for (const auto& group : beams)
            for (const Beam& beam : group)
                last.push_back(beam.ids.back());
        std::vector<Routing> routing;
        const at::Tensor log_p = at::log_softmax(cache.step(last, &routing), -1);
        for (std::size_t m = 0; m < moe_.size(); ++m) {
            const at::Tensor index = routing[m].index.to(at::kCPU).contiguous();
            const auto* expert = index.const_data_ptr<std::int64_t>();
            for (auto& group : beams)
                for (Beam& beam : group)
                    for (std::int64_t k = 0; k < index.size(1); ++k) {
                        std::int32_t& n = beam.usage.counts[cell_[m] + std::size_t(*expert++)];
                        beam.usage.squares[m] += 2.0 * n + 1;
                        ++n;
                    }
        }
        for (auto& group : beams)
            for (Beam& beam : group)
                ++beam.usage.tokens;
        return log_p;
    }

    double sigma(const BeamUsage& usage) const {
        double sum = 0;
        for (std::size_t m = 0; m < moe_.size(); ++m) {
            const LayerConfig& layer = config_.layers[std::size_t(moe_[m])];
            sum += layer_sigma(options_.unit, usage.squares[m], double(usage.tokens * layer.top_k),
                               layer.experts, layer.top_k);
        }
        return sum / double(moe_.size());
    }

    double score(double log_prob, std::int64_t length, double sigma) const {
        return -log_prob / double(length) + sigma / options_.tau;
    }

    /// Draws the next token of every sequence's only beam from the model's distribution over ordinary tokens.
    void warm_up(const at::Tensor& log_p, std::vector<std::vector<Beam>>& beams, std::vector<Draw>& draws,
                 std::int64_t length) {
        const at::Tensor rows = log_p.to(at::kCPU).contiguous();
        for (std::size_t s = 0; s < beams.size(); ++s) {
            const float* row = rows[std::int64_t(s)].const_data_ptr<float>();
            const std::int32_t id = options_.openings.empty()
                                        ? draw_token(row, draws[s])
                                        : options_.openings[std::size_t(first_) + s].at(std::size_t(length));
            Beam& beam = beams[s][0];
            const Candidate candidate{0, id, beam.log_prob + row[id], 0,
                                      score(beam.log_prob + row[id], length + 1, 0)};
            beam.ids.push_back(id);
            beam.log_prob = candidate.log_prob;
            report(s, length, {candidate}, 1, beams[s]);
        }
    }

    std::int32_t draw_token(const float* log_p, Draw& draw) const {
        double total = 0;
        for (const std::int32_t id : allowed_)
            total += std::exp(double(log_p[id]));
        double left = draw.unit() * total;
        for (const std::int32_t id : allowed_)
            if ((left -= std::exp(double(log_p[id]))) < 0)
                return id;
        return allowed_.back();
    }

    /// One step of the search. σ is the parent's, equal for all its children, so no more than `width`
    /// children of one parent can survive: the `width` most probable tokens of each are an exact candidate
    /// list.
    void extend(BeamDecoder& cache, const at::Tensor& log_p, std::vector<std::vector<Beam>>& beams,
                std::int64_t length) {
        const std::int64_t width = options_.width;
        auto [top, ids] = at::topk(log_p + mask_, width, -1, /*largest=*/true, /*sorted=*/true);
        top = top.to(at::kCPU).contiguous();
        ids = ids.to(at::kCPU).contiguous();
        const auto* p = top.const_data_ptr<float>();
        const auto* id = ids.const_data_ptr<std::int64_t>();
        std::vector<std::int32_t> parents;
        for (std::size_t s = 0; s < beams.size(); ++s) {
            std::vector<Beam>& group = beams[s];
            std::vector<Candidate> candidates;
            for (std::size_t b = 0; b < group.size(); ++b) {
                const double spread = sigma(group[b].usage);
                for (std::int64_t c = 0; c < width; ++c, ++p, ++id) {
                    const double sum = group[b].log_prob + double(*p);
                    candidates.push_back(
                        {std::int32_t(b), std::int32_t(*id), sum, spread, score(sum, length + 1, spread)});
                }
            }
            std::stable_sort(candidates.begin(), candidates.end(),
                             [](const Candidate& a, const Candidate& b) { return a.score < b.score; });
            report(s, length, candidates, width, group);
            std::vector<Beam> next;
            for (std::int64_t c = 0; c < width; ++c) {
                const Candidate& kept = candidates[std::size_t(c)];
                Beam beam = group[std::size_t(kept.parent)];
                beam.ids.push_back(kept.token);
                beam.log_prob = kept.log_prob;
                next.push_back(std::move(beam));
                parents.push_back(kept.parent);
            }
            group = std::move(next);
        }
        cache.reorder(parents);
    }

    EbssSequence finish(std::vector<Beam>& group, std::uint64_t seed, EbssSet& set) const {
        const Beam* best = nullptr;
        EbssSequence result;
        for (const Beam& beam : group) {
            const double spread = sigma(beam.usage);
            const double value = score(beam.log_prob, std::int64_t(beam.ids.size()), spread);
            if (best && value >= result.score)
                continue;
            best = &beam;
            result = {beam.ids, beam.log_prob, spread, value, seed};
        }
        for (std::size_t m = 0; m < moe_.size(); ++m)
            for (std::size_t e = 0; e < set.layers[m].counts.size(); ++e)
                set.layers[m].counts[e] += best->usage.counts[cell_[m] + e];
        return result;
    }

    /// Emits a `step` event for watched sequences, at most twenty a second each.
    void report(std::size_t s, std::int64_t length, const std::vector<Candidate>& candidates,
                std::int64_t kept, const std::vector<Beam>& parents) {
        const std::int64_t sequence = first_ + std::int64_t(s);
        if (!emit_ || sequence >= options_.watched)
            return;
        last_report_.resize(std::size_t(options_.watched));
        const auto now = std::chrono::steady_clock::now();
        if (length > 1 && length + 1 < options_.length &&
            now - last_report_[std::size_t(sequence)] < std::chrono::milliseconds(50))
            return;
        last_report_[std::size_t(sequence)] = now;
        nlohmann::json list = nlohmann::json::array();
        for (std::size_t c = 0; c < candidates.size(); ++c) {
            std::vector<std::int32_t> tail = parents[std::size_t(candidates[c].parent)].ids;
            if (std::int64_t(tail.size()) == length) // warm-up has already appended
                tail.push_back(candidates[c].token);
            if (tail.size() > tail_tokens)
                tail.erase(tail.begin(), tail.end() - tail_tokens);
            list.push_back({{"parent", candidates[c].parent},
                            {"token", candidates[c].token},
                            {"text", text_of_ ? nlohmann::json(text_of_(tail)) : nlohmann::json()},
                            {"log_p", candidates[c].log_prob},
                            {"sigma", candidates[c].sigma},
                            {"score", candidates[c].score},
                            {"kept", std::int64_t(c) < kept}});
        }
        emit_({"step", {{"sequence", sequence}, {"step", length - 1}, {"candidates", std::move(list)}}});
    }

    static constexpr std::ptrdiff_t tail_tokens = 24;

    const Decoder& decoder_;
    const ModelConfig& config_;
    const EbssOptions& options_;
    const TextOf& text_of_;
    const EventSink& emit_;
    const std::stop_token& stop_;
    Progress progress_;
    std::vector<int> moe_;          ///< layer index of each MoE layer
    std::vector<std::size_t> cell_; ///< its first cell in BeamUsage::counts
    std::size_t cells_ = 0;
    std::vector<std::int32_t> allowed_;
    at::Tensor mask_; ///< float32 [vocab]: 0 allowed, −inf masked
    std::int64_t first_ = 0;
    std::vector<std::chrono::steady_clock::time_point> last_report_;
};

} // namespace

void check_options(const ModelConfig& config, const EbssOptions& options) {
    const auto demand = [](bool holds, const std::string& text) {
        if (!holds)
            throw RequestError(text);
    };
    demand(config.moe_layers() > 0, "the model has no MoE layers, so there is nothing to balance");
    demand(options.tau > 0, "--tau must be above 0 (inf switches the balance term off)");
    demand(options.width >= 1 && options.width <= 255, "--width must lie between 1 and 255");
    demand(options.sequences >= 1, "--sequences must be at least 1");
    demand(options.length >= 2, "--length must be at least 2");
    demand(options.warmup >= 0, "--warmup must not be negative");
    const std::int64_t positions = options.length + (options.bos ? 1 : 0);
    demand(positions <= config.max_positions,
           "--length " + std::to_string(options.length) + (options.bos ? " with its BOS" : "") +
               " is beyond the model's " + std::to_string(config.max_positions) + " positions");
}

EbssSet sample_balanced(const Decoder& decoder, const EbssOptions& options, const TextOf& text_of,
                        const EventSink& emit, const std::stop_token& stop) {
    check_options(decoder.config(), options);
    return Search(decoder, options, text_of, emit, stop).run();
}

} // namespace moequant
