#include "core/calibration/search_notes.h"

namespace moequant {
namespace {

constexpr std::ptrdiff_t tail_tokens = 24;

/// Emits a `step` event for watched sequences, at most twenty a second each.
void report(const SearchContext& context, SearchedSequence& s, const std::vector<Candidate>& candidates,
            std::int64_t kept, std::int64_t length) {
    const EbssOptions& options = context.options;
    if (!context.emit || s.task.index >= options.watched)
        return;
    const auto now = std::chrono::steady_clock::now();
    if (length > 1 && length + 1 < options.length && now - s.reported < std::chrono::milliseconds(50))
        return;
    s.reported = now;
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        std::vector<std::int32_t> tail = s.beams[std::size_t(candidates[c].parent)].ids;
        if (candidates[c].token >= 0)
            tail.push_back(candidates[c].token);
        if (tail.size() > tail_tokens)
            tail.erase(tail.begin(), tail.end() - tail_tokens);
        list.push_back({{"parent", candidates[c].parent},
                        {"token", candidates[c].token},
                        {"text", context.text_of ? nlohmann::json(context.text_of(tail)) : nlohmann::json()},
                        {"log_p", candidates[c].log_p},
                        {"sigma", candidates[c].sigma},
                        {"score", candidates[c].score},
                        {"kept", std::int64_t(c) < kept}});
    }
    context.emit(
        {"step", {{"sequence", s.task.index}, {"step", length - 1}, {"candidates", std::move(list)}}});
}

} // namespace

void note_candidates(const SearchContext& context, SearchedSequence& s,
                     const std::vector<Candidate>& candidates, std::int64_t kept, std::int64_t length) {
    const EbssOptions& options = context.options;
    const auto step = std::size_t(length - 1);
    if (length > options.warmup && candidates.size() > 1) {
        const auto spread = [&](const auto& term) {
            const auto [least, most] =
                std::minmax_element(candidates.begin(), candidates.end(),
                                    [&](const auto& a, const auto& b) { return term(a) < term(b); });
            return term(*most) - term(*least);
        };
        context.spread[step].likelihood +=
            spread([](const Candidate& c) { return -c.log_p / double(c.length); });
        context.spread[step].balance += spread([&](const Candidate& c) { return c.sigma / options.tau; });
        ++context.spread_over[step];
    }
    if (s.task.index < options.recorded) {
        SearchStep entry;
        entry.candidates.assign(candidates.begin(), candidates.end());
        entry.kept = kept;
        s.record.steps.push_back(std::move(entry));
    }
    report(context, s, candidates, kept, length);
}

void note_best_beams(const SearchContext& context, std::vector<SearchedSequence>& sequences,
                     SearchRound& round, std::int64_t length) {
    const EbssOptions& options = context.options;
    if (options.recorded == 0)
        return;
    for (SearchedSequence& s : sequences)
        if (s.record.steps.size() == std::size_t(length))
            s.record.steps.back().best_sigma = usage_sigma(context.layout, options.unit, s.beams[0].usage);
    if (round.best.size() < std::size_t(length))
        round.best.resize(std::size_t(length), std::vector<std::int64_t>(context.layout.cells));
    std::vector<std::int64_t>& sum = round.best[std::size_t(length - 1)];
    for (const SearchedSequence& s : sequences)
        for (std::size_t cell = 0; cell < sum.size(); ++cell)
            sum[cell] += s.beams[0].usage.counts[cell];
}

} // namespace moequant
