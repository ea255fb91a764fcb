#include "app/workbench/search_file.h"

#include "app/workbench/tensor_file.h"

#include <QSet>

#include <algorithm>
#include <cmath>
#include <limits>

namespace moequant {
namespace {

using nlohmann::json;

constexpr qint64 most_sequences = 64, most_candidates = qint64(1) << 18;
constexpr int most_text = 120; ///< characters of a candidate's tail

std::string place(int sequence, qint64 step, qint64 rank) {
    return "sequence " + std::to_string(sequence) + ", step " + std::to_string(step) + ", candidate " +
           std::to_string(rank) + ": ";
}

} // namespace

double tau_of(const json& options) {
    const json tau = options.is_object() ? options.value("tau", json()) : json();
    if (tau == "inf")
        return std::numeric_limits<double>::infinity();
    return tau.is_number() && tau.get<double>() > 0 ? tau.get<double>()
                                                    : std::numeric_limits<double>::quiet_NaN();
}

RecordedRun read_searches(const QByteArray& bytes, const QString& name) {
    const TensorFile file(bytes, name);
    const auto shape = file.shape("token");
    if (shape.size() != 3 || shape[0] < 1 || shape[0] > most_sequences || shape[1] < 1 || shape[2] < 1 ||
        shape[2] > most_candidates)
        file.refuse("is no recorded search");
    const qint64 steps = shape[1], ranks = shape[2];
    const auto parent = file.bytes("parent", shape), kept = file.bytes("kept", shape);
    const auto token = file.integers("token", shape);
    const auto log_p = file.floats("log_p", shape), sigma = file.floats("sigma", shape),
               score = file.floats("score", shape);
    const auto sequence = file.integers("sequence", {shape[0]});
    RecordedRun run;
    const std::string text = file.metadata("options");
    run.options = json::parse(text, nullptr, false);
    const double tau = tau_of(run.options);
    if (std::isnan(tau))
        file.refuse("its options name no tau");
    for (qint64 s = 0; s < shape[0]; ++s) {
        BeamSearch search{int(sequence[s]), tau, {}};
        QVector<double> lengths = {1}; // of the beams kept at the step before
        for (qint64 t = 0; t < steps; ++t) {
            QVector<BeamCandidate> candidates;
            QVector<double> next;
            for (qint64 c = 0; c < ranks; ++c) {
                const qint64 at = (s * steps + t) * ranks + c;
                if (parent[at] == 255)
                    break;
                if (parent[at] >= lengths.size())
                    file.refuse(place(search.sequence, t, c) + "no such parent was kept at the step before");
                if (token[at] < -1 || kept[at] > 1)
                    file.refuse(place(search.sequence, t, c) + "token or kept is out of range");
                if (!std::isfinite(log_p[at]) || !std::isfinite(sigma[at]) || !std::isfinite(score[at]))
                    file.refuse(place(search.sequence, t, c) + "a number is not finite");
                BeamCandidate candidate;
                candidate.log_p = double(log_p[at]);
                candidate.sigma = double(sigma[at]);
                candidate.score = double(score[at]);
                candidate.parent = parent[at];
                candidate.token = token[at];
                candidate.kept = kept[at] == 1;
                candidate.length = token[at] < 0 ? lengths[parent[at]] : double(t + 2);
                if (candidate.kept)
                    next.append(candidate.length);
                candidates.append(candidate);
            }
            if (!candidates.isEmpty() && next.isEmpty())
                file.refuse(place(search.sequence, t, 0) + "none of the step's candidates is kept");
            lengths = next;
            search.steps.append(candidates);
        }
        while (!search.steps.isEmpty() && search.steps.last().isEmpty())
            search.steps.removeLast();
        run.searches.append(search);
    }
    return run;
}

QVector<int> tokens_of(const QVector<BeamSearch>& searches) {
    QSet<int> tokens;
    for (const auto& search : searches)
        for (const auto& step : search.steps)
            for (const auto& candidate : step)
                if (candidate.token >= 0)
                    tokens.insert(candidate.token);
    QVector<int> sorted(tokens.begin(), tokens.end());
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

void write_texts(BeamSearch& search, const QString& opening, const std::function<QString(int)>& text_of) {
    QStringList beams = {opening};
    for (auto& step : search.steps) {
        QStringList next;
        for (auto& candidate : step) {
            candidate.text = beams.value(candidate.parent);
            if (candidate.token >= 0)
                candidate.text = (candidate.text + text_of(candidate.token)).right(most_text);
            if (candidate.kept)
                next.append(candidate.text);
        }
        beams = next;
    }
}

} // namespace moequant
