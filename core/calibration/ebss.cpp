#include "core/calibration/ebss.h"

#include "core/calibration/degenerate.h"
#include "core/calibration/draw.h"
#include "core/calibration/ebss_search.h"
#include "core/job/error.h"
#include "core/model/beam_decoder.h"

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

/// Below this share of the likelihood term's spread the balance term decides nothing.
constexpr double inert_share = 0.01;

std::vector<std::uint8_t> allowed_ids(const ModelConfig& config, const EbssOptions& options) {
    std::vector<std::uint8_t> allowed(std::size_t(config.vocab_size), 1);
    for (const std::int32_t id : options.masked)
        if (id >= 0 && id < config.vocab_size && id != options.eos.value_or(-1))
            allowed[std::size_t(id)] = 0;
    const auto ordinary = std::count(allowed.begin(), allowed.end(), 1) - (options.eos ? 1 : 0);
    for (const auto& [name, count] :
         {std::pair{"width", options.width}, {"branching", branching_of(options)}})
        if (ordinary < count)
            throw RequestError("--" + std::string(name) + " " + std::to_string(count) +
                               " is more than the vocabulary's " + std::to_string(ordinary) +
                               " ordinary tokens");
    return allowed;
}

/// A sequence's seed; every replacement draws anew.
std::uint64_t seed_of(std::uint64_t seed, std::int64_t index, std::int64_t attempt) {
    return sequence_seed(attempt == 0 ? seed : sequence_seed(~seed, std::uint64_t(attempt)),
                         std::uint64_t(index));
}

class SetSearch {
  public:
    SetSearch(const Decoder& decoder, const EbssOptions& options, const TextOf& text_of,
              const EventSink& emit, const std::stop_token& stop)
        : decoder_(decoder),
          options_(options),
          layout_(decoder.config()),
          allowed_(allowed_ids(decoder.config(), options)),
          text_of_(text_of),
          emit_(emit),
          stop_(stop),
          progress_(emit, "sample", options.sequences * (options.length - 1), "tokens"),
          spread_(std::size_t(options.length)),
          spread_over_(spread_.size()),
          found_(std::size_t(options.sequences)),
          counts_(layout_.cells) {}

    EbssSet run() {
        std::vector<std::int64_t> pending;
        for (std::int64_t i = 0; i < options_.sequences; ++i)
            pending.push_back(i);
        for (std::int64_t attempt = 0; !pending.empty(); ++attempt) {
            // What this attempt finishes again, the progress of earlier ones taken back.
            done_ = (options_.sequences - std::int64_t(pending.size())) * (options_.length - 1);
            const std::int64_t wave = options_.scope == BalanceScope::Set && options_.wave > 0
                                          ? options_.wave
                                          : std::int64_t(pending.size());
            std::vector<std::int64_t> rejected;
            for (std::size_t first = 0; first < pending.size(); first += std::size_t(wave))
                round(std::span(pending).subspan(first, std::min(std::size_t(wave), pending.size() - first)),
                      attempt, rejected);
            pending = std::move(rejected);
        }
        return finish();
    }

  private:
    /// One wave, sliced as the memory allows where its sequences know nothing of each other.
    void round(std::span<const std::int64_t> indices, std::int64_t attempt,
               std::vector<std::int64_t>& rejected) {
        const std::int64_t each = BeamDecoder::bytes_per_sequence(decoder_, options_.width,
                                                                  options_.length + (options_.bos ? 1 : 0));
        const std::int64_t fit =
            std::clamp<std::int64_t>(options_.memory_bytes / each, 1, std::int64_t(indices.size()));
        const bool together = options_.scope == BalanceScope::Set;
        if (together && fit < std::int64_t(indices.size()) && attempt == 0)
            warn(emit_, "memory",
                 std::to_string(indices.size()) + " sequences in lockstep take " +
                     std::to_string(each * std::int64_t(indices.size()) >> 20) +
                     " MiB of cache, more than is meant for it; --wave " + std::to_string(fit) +
                     " would fit (and give another set)");
        const auto slice = together ? indices.size() : std::size_t(fit);
        SearchRound round{counts_, {}};
        std::vector<std::pair<std::int64_t, FoundSequence>> finished;
        const SearchContext context{
            decoder_,     options_,
            layout_,      allowed_,
            text_of_,     emit_,
            stop_,        spread_,
            spread_over_, [this](std::int64_t tokens) {
                                        progress_.update(done_ += tokens); }};
        for (std::size_t first = 0; first < indices.size(); first += slice) {
            std::vector<SearchTask> tasks;
            for (std::size_t i = first; i < std::min(first + slice, indices.size()); ++i)
                tasks.push_back({indices[i], seed_of(options_.seed, indices[i], attempt)});
            auto found = search_together(context, tasks, round);
            for (std::size_t i = 0; i < tasks.size(); ++i)
                finished.emplace_back(tasks[i].index, std::move(found[i]));
        }
        for (auto& [index, sequence] : finished) {
            pooled_sigmas(round, sequence.record);
            const bool bad =
                options_.retries > 0 && attempt < options_.retries &&
                degenerate(sequence.sequence.ids, text_of_ ? text_of_(sequence.sequence.ids) : "");
            if (bad) {
                rejected.push_back(index);
                continue;
            }
            sequence.sequence.rejected = attempt;
            for (std::size_t cell = 0; cell < counts_.size(); ++cell)
                counts_[cell] += sequence.usage.counts[cell];
            found_[std::size_t(index)] = std::move(sequence);
        }
    }

    void pooled_sigmas(const SearchRound& round, RecordedSearch& record) const {
        for (std::size_t step = 0; step < record.steps.size(); ++step) {
            std::vector<std::int64_t> counts = round.finished;
            for (std::size_t cell = 0; cell < counts.size(); ++cell)
                counts[cell] += round.best[step][cell];
            record.steps[step].pooled_sigma = counts_sigma(layout_, options_.unit, counts);
        }
    }

    EbssSet finish() {
        EbssSet set;
        for (const UsageLayout::Layer& layer : layout_.layers)
            set.layers.push_back({layer.index,
                                  layer.top_k,
                                  {counts_.begin() + std::ptrdiff_t(layer.first),
                                   counts_.begin() + std::ptrdiff_t(layer.first) + layer.experts}});
        double log_prob = 0, scored = 0;
        const auto perplexity = [&] {
            return scored > 0 ? std::exp(-log_prob / scored) : std::numeric_limits<double>::quiet_NaN();
        };
        std::vector<std::int64_t> so_far(layout_.cells);
        for (FoundSequence& found : found_) {
            log_prob += found.sequence.log_prob;
            scored += double(found.sequence.ids.size()) - (options_.bos ? 0 : 1);
            for (std::size_t cell = 0; cell < so_far.size(); ++cell)
                so_far[cell] += found.usage.counts[cell];
            set.course.push_back({counts_sigma(layout_, SigmaUnit::Cv, so_far), perplexity()});
            set.rejected += found.sequence.rejected;
            if (!found.record.steps.empty())
                set.recorded.push_back(std::move(found.record));
            set.sequences.push_back(std::move(found.sequence));
        }
        set.perplexity = perplexity();
        measure_spread(set);
        return set;
    }

    void measure_spread(EbssSet& set) const {
        TermSpread whole;
        for (std::size_t step = 0; step + 1 < spread_.size(); ++step) {
            const double over = std::max<double>(1, double(spread_over_[step]));
            set.spread.push_back({spread_[step].likelihood / over, spread_[step].balance / over});
            whole.likelihood += set.spread.back().likelihood;
            whole.balance += set.spread.back().balance;
        }
        if (whole.likelihood > 0 && std::isfinite(options_.tau) &&
            whole.balance < inert_share * whole.likelihood)
            warn(
                emit_, "inert-balance",
                "the balance term decides nothing: over a step's candidates it varies by " +
                    std::to_string(100 * whole.balance / whole.likelihood) +
                    " % of what the likelihood term varies by; a smaller --tau or another --sigma-unit gives "
                    "it weight");
    }

    const Decoder& decoder_;
    const EbssOptions& options_;
    UsageLayout layout_;
    std::vector<std::uint8_t> allowed_;
    const TextOf& text_of_;
    const EventSink& emit_;
    const std::stop_token& stop_;
    Progress progress_;
    std::int64_t done_ = 0;
    std::vector<TermSpread> spread_;
    std::vector<std::int64_t> spread_over_;
    std::vector<FoundSequence> found_;
    std::vector<std::int64_t> counts_; ///< of accepted sequences
};

} // namespace

std::int64_t branching_of(const EbssOptions& options) {
    return options.branching > 0 ? options.branching : options.width;
}

void check_options(const ModelConfig& config, const EbssOptions& options) {
    const auto demand = [](bool holds, const std::string& text) {
        if (!holds)
            throw RequestError(text);
    };
    demand(config.moe_layers() > 0, "the model has no MoE layers, so there is nothing to balance");
    demand(options.tau > 0, "--tau must be above 0 (inf switches the balance term off)");
    demand(options.width >= 1 && options.width <= 255, "--width must lie between 1 and 255");
    demand(options.branching >= 0 && branching_of(options) <= 1024,
           "--branching must lie between 1 and 1024");
    demand(options.sequences >= 1, "--sequences must be at least 1");
    demand(options.length >= 2, "--length must be at least 2");
    demand(options.warmup >= 0, "--warmup must not be negative");
    demand(options.noise >= 0 && options.noise <= 100, "--noise must lie between 0 and 100");
    demand(options.no_repeat_ngram == 0 || options.no_repeat_ngram >= 2,
           "--no-repeat-ngram must be 0 (off) or at least 2");
    demand(options.retries >= 0 && options.wave >= 0, "--retries and --wave must not be negative");
    const std::int64_t positions = options.length + (options.bos ? 1 : 0);
    demand(positions <= config.max_positions,
           "--length " + std::to_string(options.length) + (options.bos ? " with its BOS" : "") +
               " is beyond the model's " + std::to_string(config.max_positions) + " positions");
}

EbssSet sample_balanced(const Decoder& decoder, const EbssOptions& options, const TextOf& text_of,
                        const EventSink& emit, const std::stop_token& stop) {
    check_options(decoder.config(), options);
    return SetSearch(decoder, options, text_of, emit, stop).run();
}

} // namespace moequant
