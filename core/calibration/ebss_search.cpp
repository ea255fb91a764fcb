#include "core/calibration/ebss_search.h"

#include "core/calibration/search_branch.h"
#include "core/calibration/search_notes.h"
#include "core/job/error.h"
#include "core/model/beam_decoder.h"

#include <algorithm>

namespace moequant {
namespace {

class Search {
  public:
    Search(const SearchContext& context, std::span<const SearchTask> tasks, SearchRound& round)
        : context_(context),
          options_(context.options),
          layout_(context.layout),
          round_(round),
          cache_(context.decoder, std::int64_t(tasks.size()), options_.width,
                 options_.length + (options_.bos ? 1 : 0)) {
        for (const SearchTask& task : tasks)
            sequences_.push_back({task, Draw(task.seed), {}, {task.index, {}}});
    }

    std::vector<FoundSequence> run() {
        begin();
        for (; length_ < options_.length && !all_done(); ++length_) {
            check_stop(context_.stop);
            feed();
            if (length_ <= options_.warmup)
                warm_up();
            else if (options_.sigma_of == SigmaOf::Parent)
                choose(parent_candidates(), {});
            else
                choose_children();
            context_.advanced(std::int64_t(sequences_.size()));
        }
        feed(); // the last token's routing counts too
        return finish();
    }

  private:
    bool all_done() const {
        return std::all_of(sequences_.begin(), sequences_.end(),
                           [](const SearchedSequence& s) { return s.done(); });
    }

    void begin() {
        std::vector<std::int32_t> choices, first;
        for (std::size_t id = 0; id < context_.allowed.size(); ++id)
            if (context_.allowed[id] != 0 && std::int32_t(id) != options_.eos.value_or(-1))
                choices.push_back(std::int32_t(id));
        for (SearchedSequence& s : sequences_) {
            const std::size_t choice = options_.sequential_first ? std::size_t(s.task.index) % choices.size()
                                                                 : s.draw.below(choices.size());
            first.push_back(options_.openings.empty()
                                ? choices[choice]
                                : options_.openings.at(std::size_t(s.task.index)).at(0));
            s.beams.resize(1);
            s.beams[0].ids = {first.back()};
            s.beams[0].usage = BeamUsage(layout_);
        }
        if (!options_.bos)
            return;
        std::vector<BeamRow> rows;
        std::vector<BeamDecoder::Kept> kept;
        for (std::size_t s = 0; s < sequences_.size(); ++s) {
            kept.push_back({std::int64_t(s), 0});
            rows.push_back({std::int32_t(s), 0, *options_.bos});
        }
        const at::Tensor hidden = cache_.step(rows, nullptr);
        cache_.keep(kept);
        in_slices(hidden, [&](std::int64_t from, const at::Tensor& values) {
            const auto ids = std::span(first).subspan(std::size_t(from), std::size_t(values.size(0)));
            const std::vector<float> log_p = log_probability(values, ids);
            for (std::size_t i = 0; i < log_p.size(); ++i)
                sequences_[std::size_t(from) + i].beams[0].log_prob = log_p[i];
        });
    }

    /// Logits of hidden [R, …] a bounded number of rows at a time: all of them would be rows × vocabulary.
    template <typename Use>
    void in_slices(const at::Tensor& hidden, const Use& use) const {
        constexpr std::int64_t bytes = std::int64_t(256) << 20;
        const std::int64_t slice =
            std::max<std::int64_t>(16, bytes / (4 * context_.decoder.config().vocab_size));
        for (std::int64_t from = 0; from < hidden.size(0); from += slice)
            use(from,
                logits(context_.decoder, hidden.narrow(0, from, std::min(slice, hidden.size(0) - from))));
    }

    /// Cells of the experts of every row of the last step, [rows · slots].
    void count_routing(const std::vector<Routing>& routing, std::size_t rows) {
        cells_.resize(rows * layout_.slots);
        std::size_t slot = 0;
        for (std::size_t m = 0; m < layout_.layers.size(); ++m) {
            const at::Tensor index = routing[m].index.to(at::kCPU).contiguous();
            const auto* expert = index.const_data_ptr<std::int64_t>();
            const auto k = std::size_t(layout_.layers[m].top_k);
            for (std::size_t r = 0; r < rows; ++r)
                for (std::size_t i = 0; i < k; ++i)
                    cells_[r * layout_.slots + slot + i] =
                        std::uint32_t(layout_.layers[m].first + std::size_t(*expert++));
            slot += k;
        }
    }

    std::span<const std::uint32_t> cells_of(std::int64_t row) const {
        return std::span(cells_).subspan(std::size_t(row) * layout_.slots, layout_.slots);
    }

    /// Feeds the last token of every beam that was not fed yet, counts its routing and proposes what may
    /// follow.
    void feed() {
        std::vector<BeamRow> rows;
        std::vector<BeamDecoder::Kept> kept;
        std::vector<std::pair<SearchedSequence*, Beam*>> fed;
        for (std::size_t s = 0; s < sequences_.size(); ++s)
            for (std::size_t b = 0; b < sequences_[s].beams.size(); ++b)
                if (Beam& beam = sequences_[s].beams[b]; !beam.fed) {
                    kept.push_back({std::int64_t(rows.size()), std::int32_t(b)});
                    rows.push_back({std::int32_t(s), beam.parent, beam.ids.back()});
                    fed.emplace_back(&sequences_[s], &beam);
                }
        if (rows.empty())
            return;
        std::vector<Routing> routing;
        const at::Tensor hidden = cache_.step(rows, &routing);
        cache_.keep(kept);
        count_routing(routing, rows.size());
        for (std::size_t r = 0; r < fed.size(); ++r) {
            add_token(layout_, cells_of(std::int64_t(r)), fed[r].second->usage);
            fed[r].second->fed = true;
        }
        if (length_ < options_.length)
            propose_for(fed, hidden, length_ <= options_.warmup);
    }

    /// Row r of `hidden` is the r-th beam's.
    void propose_for(std::span<const std::pair<SearchedSequence*, Beam*>> beams, const at::Tensor& hidden,
                     bool warming) {
        std::vector<ProposalRow> asked;
        for (const auto& [sequence, beam] : beams) {
            ProposalRow row;
            row.count = beam->ended ? 0 : warming ? 1 : branching_of(options_);
            if (warming && options_.eos)
                row.banned = {*options_.eos};
            if (!warming)
                row.banned = ngram_repeats(beam->ids, options_.no_repeat_ngram);
            if (warming || options_.noise > 0)
                for (std::int64_t i = 0; i < row.count; ++i)
                    row.draws.push_back(sequence->draw.unit());
            row.noise = warming ? 1 : options_.noise;
            asked.push_back(std::move(row));
        }
        in_slices(hidden, [&](std::int64_t from, const at::Tensor& values) {
            const auto part = std::span(asked).subspan(std::size_t(from), std::size_t(values.size(0)));
            auto proposals = propose(values, context_.allowed, part);
            for (std::size_t i = 0; i < part.size(); ++i)
                beams[std::size_t(from) + i].second->proposals = std::move(proposals[i]);
        });
        if (!warming || options_.openings.empty())
            return;
        // Fixed openings: the given token in place of the drawn one.
        std::vector<std::int32_t> given;
        for (const auto& [sequence, beam] : beams)
            given.push_back(options_.openings.at(std::size_t(sequence->task.index)).at(std::size_t(length_)));
        in_slices(hidden, [&](std::int64_t from, const at::Tensor& values) {
            const auto ids = std::span(given).subspan(std::size_t(from), std::size_t(values.size(0)));
            const std::vector<float> log_p = log_probability(values, ids);
            for (std::size_t i = 0; i < ids.size(); ++i)
                beams[std::size_t(from) + i].second->proposals = {{ids[i], log_p[i]}};
        });
    }

    double score(double log_p, std::int64_t length, double sigma) const {
        return -log_p / double(length) + sigma / options_.tau;
    }

    /// Draws the next token of every sequence's only beam; its σ weighs nothing.
    void warm_up() {
        for (SearchedSequence& s : sequences_) {
            Beam& beam = s.beams[0];
            const Proposal& drawn = beam.proposals.at(0);
            const Candidate next = child(beam, 0, drawn, 0);
            note_candidates(context_, s, {next}, 1, length_);
            extend(beam, next);
        }
        note_best_beams(context_, sequences_, round_, length_);
    }

    static void extend(Beam& beam, const Candidate& candidate) {
        beam.ids.push_back(candidate.token);
        beam.log_prob = candidate.log_p;
        beam.parent = candidate.parent;
        beam.fed = false;
        beam.proposals.clear();
    }

    /// Counts of everything but sequence s: finished sequences, and the others' best beams.
    std::vector<std::int64_t> others(const SearchedSequence& s) const {
        std::vector<std::int64_t> counts = best_;
        for (std::size_t cell = 0; cell < counts.size(); ++cell)
            counts[cell] -= s.beams[0].usage.counts[cell];
        return counts;
    }

    /// The sum that set scope measures by: finished sequences and every sequence's best beam.
    void sum_best() {
        best_ = round_.finished;
        for (const SearchedSequence& s : sequences_)
            for (std::size_t cell = 0; cell < best_.size(); ++cell)
                best_[cell] += s.beams[0].usage.counts[cell];
    }

    double set_weight() const { return double(options_.sequences); }

    /// What τ divides, for the beam as it is.
    double term_sigma(const SearchedSequence& s, const Beam& beam) const {
        if (options_.scope == BalanceScope::Sequence)
            return usage_sigma(layout_, options_.unit, beam.usage);
        return set_weight() * pooled_sigma(layout_, options_.unit, pool(layout_, others(s), beam.usage));
    }

    /// Candidates of every sequence, σ the parent's. Children of one parent share it, so of each parent the
    /// most probable `width` are an exact list.
    std::vector<std::vector<Candidate>> parent_candidates() {
        if (options_.scope == BalanceScope::Set)
            sum_best();
        std::vector<std::vector<Candidate>> all(sequences_.size());
        for (std::size_t i = 0; i < sequences_.size(); ++i)
            for (std::size_t b = 0; b < sequences_[i].beams.size(); ++b) {
                const Beam& beam = sequences_[i].beams[b];
                const double sigma = term_sigma(sequences_[i], beam);
                if (beam.ended)
                    all[i].push_back(as_it_is(beam, b, sigma));
                for (const Proposal& proposal : beam.proposals)
                    all[i].push_back(child(beam, b, proposal, sigma));
            }
        return all;
    }

    Candidate candidate(std::size_t rank, std::int32_t token, double log_p, std::int64_t length,
                        double sigma) const {
        Candidate made;
        made.parent = std::int32_t(rank);
        made.token = token;
        made.log_p = log_p;
        made.sigma = sigma;
        made.length = length;
        made.score = score(log_p, length, sigma);
        return made;
    }
    /// A branch that has ended competes as it is.
    Candidate as_it_is(const Beam& beam, std::size_t rank, double sigma) const {
        return candidate(rank, -1, beam.log_prob, std::int64_t(beam.ids.size()), sigma);
    }
    Candidate child(const Beam& beam, std::size_t rank, const Proposal& proposal, double sigma) const {
        return candidate(rank, proposal.token, beam.log_prob + double(proposal.log_p),
                         std::int64_t(beam.ids.size()) + 1, sigma);
    }

    /// Feeds every beam's continuations, so that each is scored by its own σ; the rows that survive are the
    /// next step's pasts, and no token is fed twice.
    void choose_children() {
        if (options_.scope == BalanceScope::Set)
            sum_best();
        std::vector<BeamRow> rows;
        for (std::size_t s = 0; s < sequences_.size(); ++s)
            for (std::size_t b = 0; b < sequences_[s].beams.size(); ++b)
                for (const Proposal& proposal : sequences_[s].beams[b].proposals)
                    rows.push_back({std::int32_t(s), std::int32_t(b), proposal.token});
        std::vector<Routing> routing;
        const at::Tensor hidden = rows.empty() ? at::Tensor() : cache_.step(rows, &routing);
        if (!rows.empty())
            count_routing(routing, rows.size());
        std::vector<std::vector<Candidate>> all(sequences_.size());
        std::int64_t row = 0;
        for (std::size_t i = 0; i < sequences_.size(); ++i) {
            const SearchedSequence& s = sequences_[i];
            const bool pooled = options_.scope == BalanceScope::Set;
            const std::vector<std::int64_t> base = pooled ? others(s) : std::vector<std::int64_t>();
            for (std::size_t b = 0; b < s.beams.size(); ++b) {
                const Beam& beam = s.beams[b];
                if (beam.ended) {
                    all[i].push_back(as_it_is(beam, b, term_sigma(s, beam)));
                    continue;
                }
                const PooledUsage with = pooled ? pool(layout_, base, beam.usage) : PooledUsage();
                for (const Proposal& proposal : beam.proposals) {
                    const auto cells = cells_of(row);
                    const double sigma = pooled
                                             ? set_weight() * pooled_sigma_after(layout_, options_.unit, with,
                                                                                 beam.usage, cells)
                                             : usage_sigma_after(layout_, options_.unit, beam.usage, cells);
                    all[i].push_back(child(beam, b, proposal, sigma));
                    all[i].back().row = row++;
                }
            }
        }
        choose(std::move(all), hidden);
    }

    /// Keeps the `width` lowest scores of each sequence; ties to the earlier candidate. `hidden`: of the rows
    /// that were fed already.
    void choose(std::vector<std::vector<Candidate>> all, const at::Tensor& hidden) {
        std::vector<BeamDecoder::Kept> kept_rows;
        std::vector<std::pair<std::size_t, std::int64_t>> alive; // sequence and rank of each of these
        for (std::size_t i = 0; i < sequences_.size(); ++i) {
            SearchedSequence& s = sequences_[i];
            std::vector<Candidate>& candidates = all[i];
            if (candidates.empty())
                throw RunError(
                    "sequence " + std::to_string(s.task.index) +
                    " of the search has no continuation left (--no-repeat-ngram forbids them all)");
            std::stable_sort(candidates.begin(), candidates.end(),
                             [](const Candidate& a, const Candidate& b) { return a.score < b.score; });
            const auto kept = std::min<std::int64_t>(options_.width, std::int64_t(candidates.size()));
            if (!s.done())
                note_candidates(context_, s, candidates, kept, length_);
            std::vector<Beam> next;
            for (std::int64_t c = 0; c < kept; ++c) {
                const Candidate& candidate = candidates[std::size_t(c)];
                Beam beam = s.beams[std::size_t(candidate.parent)];
                if (candidate.token >= 0) {
                    extend(beam, candidate);
                    beam.ended = options_.eos && candidate.token == *options_.eos;
                }
                if (candidate.row >= 0) {
                    add_token(layout_, cells_of(candidate.row), beam.usage);
                    beam.fed = true;
                    kept_rows.push_back({candidate.row, std::int32_t(c)});
                    alive.emplace_back(i, c);
                }
                next.push_back(std::move(beam));
            }
            s.beams = std::move(next);
        }
        note_best_beams(context_, sequences_, round_, length_);
        if (kept_rows.empty())
            return;
        cache_.keep(kept_rows);
        std::vector<std::pair<SearchedSequence*, Beam*>> beams;
        at::Tensor rows = at::empty({std::int64_t(alive.size())}, at::kLong);
        for (std::size_t r = 0; r < alive.size(); ++r) {
            SearchedSequence& s = sequences_[alive[r].first];
            beams.emplace_back(&s, &s.beams[std::size_t(alive[r].second)]);
            rows.data_ptr<std::int64_t>()[r] = kept_rows[r].row;
        }
        if (length_ + 1 < options_.length)
            propose_for(beams, hidden.index_select(0, rows.to(hidden.device())), false);
    }

    std::vector<FoundSequence> finish() {
        if (options_.scope == BalanceScope::Set)
            sum_best();
        std::vector<FoundSequence> found;
        for (SearchedSequence& s : sequences_) {
            const Beam* best = nullptr;
            double least = 0;
            for (const Beam& beam : s.beams) {
                const double value = score(beam.log_prob, std::int64_t(beam.ids.size()), term_sigma(s, beam));
                if (best && value >= least)
                    continue;
                best = &beam;
                least = value;
            }
            const double sigma = usage_sigma(layout_, options_.unit, best->usage);
            found.push_back({{best->ids, best->log_prob, sigma,
                              score(best->log_prob, std::int64_t(best->ids.size()), sigma), s.task.seed, 0},
                             best->usage,
                             std::move(s.record)});
        }
        return found;
    }

    const SearchContext& context_;
    const EbssOptions& options_;
    const UsageLayout& layout_;
    SearchRound& round_;
    BeamDecoder cache_;
    std::vector<SearchedSequence> sequences_;
    std::int64_t length_ = 1;          ///< ids that every branch has at the beginning of the step
    std::vector<std::uint32_t> cells_; ///< of the rows of the last step
    std::vector<std::int64_t> best_;   ///< sum_best()
};

} // namespace

std::vector<FoundSequence> search_together(const SearchContext& context, std::span<const SearchTask> tasks,
                                           SearchRound& round) {
    return Search(context, tasks, round).run();
}

} // namespace moequant
