#include "widgets/search.h"

#include <QObject>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace moequant {

int BeamSearch::last_step() const {
    for (int step = int(steps.size()) - 1; step >= 0; --step)
        if (!steps[step].isEmpty())
            return step;
    return -1;
}

StepChoice choose(const QVector<BeamCandidate>& candidates, double tau) {
    QVector<double> scores;
    double resolution = 0; // of a score made from float32
    for (const auto& candidate : candidates) {
        const double likelihood = candidate.likelihood(), balance = candidate.sigma / tau;
        scores.append(likelihood + balance);
        resolution = std::max(resolution, 2.5e-7 * (std::abs(likelihood) + std::abs(balance)));
    }
    StepChoice choice;
    choice.kept.resize(candidates.size());
    std::iota(choice.kept.begin(), choice.kept.end(), 0);
    std::stable_sort(choice.kept.begin(), choice.kept.end(),
                     [&](int a, int b) { return scores[a] < scores[b]; });
    double worst_kept = -std::numeric_limits<double>::infinity(), best_left = -worst_kept;
    qsizetype width = 0;
    for (int i = 0; i < candidates.size(); ++i) {
        width += candidates[i].kept;
        if (candidates[i].kept)
            worst_kept = std::max(worst_kept, scores[i]);
        else
            best_left = std::min(best_left, scores[i]);
    }
    choice.changed = worst_kept > best_left + resolution;
    if (!choice.changed) // what was kept, in the new order
        std::stable_partition(choice.kept.begin(), choice.kept.end(),
                              [&](int rank) { return candidates[rank].kept; });
    choice.kept.resize(width);
    return choice;
}

int first_change(const BeamSearch& search, double tau) {
    for (int step = 0; step < search.steps.size(); ++step)
        if (choose(search.steps[step], tau).changed)
            return step;
    return -1;
}

int rank_of_kept(const QVector<BeamCandidate>& candidates, int parent) {
    for (int rank = 0; rank < candidates.size(); ++rank)
        if (candidates[rank].kept && parent-- == 0)
            return rank;
    return -1;
}

QVector<int> best_path(const BeamSearch& search) {
    QVector<int> path(search.steps.size(), -1);
    int step = search.last_step();
    int rank = step < 0 ? -1 : rank_of_kept(search.steps[step], 0);
    for (; step >= 0 && rank >= 0; --step) {
        path[step] = rank;
        rank = step == 0 ? -1 : rank_of_kept(search.steps[step - 1], search.steps[step][rank].parent);
    }
    return path;
}

QVector<LineSeries> best_beam_lines(const BeamSearch& search) {
    QVector<double> steps, likelihood, balance;
    for (int step = 0; step < search.steps.size(); ++step) {
        const int best = rank_of_kept(search.steps[step], 0);
        if (best < 0)
            continue;
        const auto& candidate = search.steps[step][best];
        steps.append(step);
        likelihood.append(candidate.likelihood());
        balance.append(candidate.sigma / search.tau);
    }
    if (steps.isEmpty())
        return {};
    return {{QObject::tr("mean −log p (nats)"), QColor(0x0072b2), steps, likelihood},
            {QObject::tr("σ / τ"), QColor(0xd55e00), steps, balance}};
}

QVector<QVector<bool>> survivors(const BeamSearch& search) {
    QVector<QVector<bool>> alive;
    for (const auto& step : search.steps)
        alive.append(QVector<bool>(step.size(), false));
    const int last = search.last_step();
    for (int step = last; step >= 0; --step)
        for (int rank = 0; rank < search.steps[step].size(); ++rank) {
            const auto& candidate = search.steps[step][rank];
            // Where the next step was not seen nobody knows who died.
            if (candidate.kept && (step == last || search.steps[step + 1].isEmpty()))
                alive[step][rank] = true;
            if (!alive[step][rank] || step == 0)
                continue;
            const int parent = rank_of_kept(search.steps[step - 1], candidate.parent);
            if (parent >= 0)
                alive[step - 1][parent] = true;
        }
    return alive;
}

} // namespace moequant
