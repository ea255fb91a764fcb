#include "core/calibration/search_record.h"

#include "core/job/error.h"
#include "core/job/json_text.h"
#include "core/model/safetensors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace moequant {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr std::int64_t most_sequences = 64;

/// The tensor's values after its dtype and shape were checked.
template <typename T>
std::vector<T> read_values(const SafetensorsFile& file, const std::string& name, at::ScalarType dtype,
                           const std::vector<std::int64_t>& shape) {
    const auto found = file.entries().find(name);
    if (found == file.entries().end())
        throw RequestError(file.path().string(), "is no recorded search: it holds no tensor '" + name + "'");
    if (found->second.dtype != dtype || found->second.shape != shape)
        throw RequestError(file.path().string(),
                           "is no recorded search: tensor '" + name + "' has another type or shape");
    const at::Tensor tensor = file.load(name).contiguous();
    const T* begin = tensor.const_data_ptr<T>();
    return std::vector<T>(begin, begin + tensor.numel());
}

/// Every place is a candidate or padding, candidates come first, their parents exist, their numbers are
/// finite.
void check_candidates(const std::string& file, const SearchRecord& record) {
    for (std::int64_t s = 0; s < record.sequences(); ++s) {
        std::int64_t beams = 1;
        for (std::int64_t t = 0; t < record.steps; ++t) {
            const auto fault = [&](std::int64_t c, const char* text) {
                return RequestError(file, "sequence " + std::to_string(record.sequence[std::size_t(s)]) +
                                              ", step " + std::to_string(t) + ", candidate " +
                                              std::to_string(c) + ": " + text);
            };
            const std::int64_t count = record.count(s, t);
            std::int64_t kept = 0;
            for (std::int64_t c = 0; c < record.candidates; ++c) {
                const std::size_t place = record.place(s, t, c);
                if (c >= count) {
                    if (record.parent[place] != 255)
                        throw fault(c, "stands behind padding");
                    continue;
                }
                if (record.token[place] < -1 || record.kept[place] > 1)
                    throw fault(c, "token or kept is out of range");
                if (record.parent[place] >= beams)
                    throw fault(c, "no such parent was kept at the step before");
                if (!std::isfinite(record.log_p[place]) || !std::isfinite(record.sigma[place]) ||
                    !std::isfinite(record.score[place]))
                    throw fault(c, "log_p, sigma or score is no finite number");
                kept += record.kept[place];
            }
            if (count > 0 && kept == 0)
                throw fault(0, "none of the step's candidates is kept");
            beams = kept;
        }
    }
}

} // namespace

SearchRecord::SearchRecord(std::int64_t sequences, std::int64_t steps, std::int64_t candidates)
    : steps(steps), candidates(candidates) {
    if (sequences < 1 || sequences > most_sequences || steps < 1 || candidates < 1)
        throw std::invalid_argument("a recorded search holds 1 to 64 sequences of at least one step");
    const auto places = std::size_t(sequences * steps * candidates);
    parent.assign(places, 255);
    token.assign(places, -1);
    log_p.assign(places, nan);
    sigma.assign(places, nan);
    score.assign(places, nan);
    kept.assign(places, 255);
    usage.assign(std::size_t(sequences * steps * 2), nan);
    sequence.resize(std::size_t(sequences));
    std::iota(sequence.begin(), sequence.end(), 0);
}

void SearchRecord::set(std::int64_t index, std::int64_t step, std::int64_t rank,
                       const RecordedCandidate& candidate) {
    const std::size_t at = place(index, step, rank);
    parent[at] = candidate.parent;
    token[at] = candidate.token;
    log_p[at] = candidate.log_p;
    sigma[at] = candidate.sigma;
    score[at] = candidate.score;
    kept[at] = candidate.kept;
}

void SearchRecord::set_usage(std::int64_t index, std::int64_t step, float best, float pooled) {
    const auto at = std::size_t((index * steps + step) * 2);
    usage[at] = best;
    usage[at + 1] = pooled;
}

RecordedCandidate SearchRecord::get(std::int64_t index, std::int64_t step, std::int64_t rank) const {
    const std::size_t at = place(index, step, rank);
    return {parent[at], token[at], log_p[at], sigma[at], score[at], kept[at] == 1};
}

std::int64_t SearchRecord::count(std::int64_t index, std::int64_t step) const {
    std::int64_t count = 0;
    while (count < candidates && parent[place(index, step, count)] != 255)
        ++count;
    return count;
}

std::optional<std::int64_t> SearchRecord::find(std::int32_t number) const {
    const auto found = std::find(sequence.begin(), sequence.end(), number);
    return found == sequence.end() ? std::nullopt : std::optional<std::int64_t>(found - sequence.begin());
}

SearchRecord pack_search(const std::vector<RecordedSearch>& searches, nlohmann::json options) {
    std::size_t steps = 0, candidates = 0;
    for (const RecordedSearch& search : searches) {
        steps = std::max(steps, search.steps.size());
        for (const SearchStep& step : search.steps)
            candidates = std::max(candidates, step.candidates.size());
    }
    if (steps == 0 || candidates == 0)
        throw RequestError("no search was recorded");
    SearchRecord record(std::int64_t(searches.size()), std::int64_t(steps), std::int64_t(candidates));
    record.options = std::move(options);
    for (std::size_t s = 0; s < searches.size(); ++s) {
        record.sequence[s] = std::int32_t(searches[s].sequence);
        for (std::size_t t = 0; t < searches[s].steps.size(); ++t) {
            const SearchStep& step = searches[s].steps[t];
            record.set_usage(std::int64_t(s), std::int64_t(t), float(step.best_sigma),
                             float(step.pooled_sigma));
            for (std::size_t c = 0; c < step.candidates.size(); ++c) {
                const RankedCandidate& one = step.candidates[c];
                record.set(std::int64_t(s), std::int64_t(t), std::int64_t(c),
                           {std::uint8_t(one.parent), one.token, float(one.log_p), float(one.sigma),
                            float(one.score), std::int64_t(c) < step.kept});
            }
        }
    }
    return record;
}

std::vector<std::int64_t> candidate_lengths(const SearchRecord& record, std::int64_t index) {
    std::vector<std::int64_t> lengths(std::size_t(record.steps * record.candidates));
    std::vector<std::int64_t> beams = {1};
    for (std::int64_t t = 0; t < record.steps; ++t) {
        std::vector<std::int64_t> kept;
        for (std::int64_t c = 0; c < record.count(index, t); ++c) {
            const RecordedCandidate candidate = record.get(index, t, c);
            const std::int64_t length = candidate.token >= 0 ? t + 2 : beams.at(candidate.parent);
            lengths[std::size_t(t * record.candidates + c)] = length;
            if (candidate.kept)
                kept.push_back(length);
        }
        beams = std::move(kept);
    }
    return lengths;
}

double recorded_tau(const SearchRecord& record) {
    const auto tau = record.options.find("tau");
    if (tau != record.options.end() && *tau == "inf")
        return std::numeric_limits<double>::infinity();
    if (tau == record.options.end() || !tau->is_number() || tau->get<double>() <= 0)
        throw RequestError("the recorded search names no τ");
    return tau->get<double>();
}

void write_search(const std::filesystem::path& path, const SearchRecord& record) {
    const std::vector<std::int64_t> shape = {record.sequences(), record.steps, record.candidates};
    const auto tensor = [](const auto& values, at::ScalarType dtype, const std::vector<std::int64_t>& sizes) {
        using T = typename std::decay_t<decltype(values)>::value_type;
        return at::from_blob(const_cast<T*>(values.data()), sizes, at::TensorOptions().dtype(dtype));
    };
    write_safetensors(path,
                      {{"parent", tensor(record.parent, at::kByte, shape)},
                       {"token", tensor(record.token, at::kInt, shape)},
                       {"log_p", tensor(record.log_p, at::kFloat, shape)},
                       {"sigma", tensor(record.sigma, at::kFloat, shape)},
                       {"score", tensor(record.score, at::kFloat, shape)},
                       {"kept", tensor(record.kept, at::kByte, shape)},
                       {"sequence", tensor(record.sequence, at::kInt, {record.sequences()})},
                       {"usage", tensor(record.usage, at::kFloat, {record.sequences(), record.steps, 2})}},
                      {{"options", record.options.dump()}});
}

SearchRecord read_search(const std::filesystem::path& path) {
    const SafetensorsFile file(path);
    const auto token = file.entries().find("token");
    if (token == file.entries().end() || token->second.shape.size() != 3)
        throw RequestError(path.string(), "is no recorded search");
    const std::vector<std::int64_t> shape = token->second.shape;
    if (shape[0] < 1 || shape[0] > most_sequences || shape[1] < 1 || shape[2] < 1)
        throw RequestError(path.string(), "must hold 1 to 64 sequences of at least one step");
    SearchRecord record;
    record.steps = shape[1];
    record.candidates = shape[2];
    record.parent = read_values<std::uint8_t>(file, "parent", at::kByte, shape);
    record.token = read_values<std::int32_t>(file, "token", at::kInt, shape);
    record.log_p = read_values<float>(file, "log_p", at::kFloat, shape);
    record.sigma = read_values<float>(file, "sigma", at::kFloat, shape);
    record.score = read_values<float>(file, "score", at::kFloat, shape);
    record.kept = read_values<std::uint8_t>(file, "kept", at::kByte, shape);
    record.sequence = read_values<std::int32_t>(file, "sequence", at::kInt, {shape[0]});
    record.usage = read_values<float>(file, "usage", at::kFloat, {shape[0], shape[1], 2});
    const auto options = file.metadata().find("options");
    record.options = options == file.metadata().end() ? nlohmann::json() : parse_json_text(options->second);
    if (!record.options.is_object())
        throw RequestError(path.string(), "names no options of the search in its metadata");
    check_candidates(path.string(), record);
    return record;
}

Replay replay(const SearchRecord& record, std::int64_t index, double tau) {
    if (!(tau > 0))
        throw std::invalid_argument("τ must be above 0");
    Replay result;
    const auto lengths = candidate_lengths(record, index);
    for (std::int64_t t = 0; t < record.steps; ++t) {
        const std::int64_t count = record.count(index, t);
        std::vector<std::int64_t> order(static_cast<std::size_t>(count));
        std::iota(order.begin(), order.end(), 0);
        std::vector<double> scores;
        std::size_t width = 0;
        double resolution = 0; // of a score made from float32
        for (const std::int64_t c : order) {
            const RecordedCandidate candidate = record.get(index, t, c);
            const double likelihood = -double(candidate.log_p) /
                                      double(lengths[std::size_t(t * record.candidates + c)]),
                         balance = double(candidate.sigma) / tau;
            scores.push_back(likelihood + balance);
            width += candidate.kept;
            resolution = std::max(resolution, 2.5e-7 * (std::abs(likelihood) + std::abs(balance)));
        }
        const auto value = [&](std::int64_t c) { return scores[std::size_t(c)]; };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::int64_t a, std::int64_t b) { return value(a) < value(b); });
        double worst_kept = -std::numeric_limits<double>::infinity(), best_left = -worst_kept;
        for (std::int64_t c = 0; c < count; ++c) {
            if (record.get(index, t, c).kept)
                worst_kept = std::max(worst_kept, value(c));
            else
                best_left = std::min(best_left, value(c));
        }
        const bool same = worst_kept <= best_left + resolution;
        if (same) // what was kept, in the new order
            std::stable_partition(order.begin(), order.end(),
                                  [&](std::int64_t c) { return record.get(index, t, c).kept; });
        else if (!result.first_difference)
            result.first_difference = t;
        order.resize(width);
        result.kept.push_back(std::move(order));
    }
    return result;
}

} // namespace moequant
