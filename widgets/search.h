// An EBSS search as it was recorded, and what another τ would have kept of it. No model is needed for that.
#pragma once
#include "widgets/plots/series.h"

#include <QString>
#include <QVector>

namespace moequant {

/// What one candidate of a search step is; `log_p` is the sum over its whole sequence.
struct BeamCandidate {
    QString text; ///< the tail of the candidate's text, or its ids where there is no tokenizer
    double log_p = 0;
    double length = 1; ///< ids of the candidate
    double sigma = 0;  ///< what is divided by tau, in the search's unit
    double score = 0;
    int parent = -1; ///< rank among the beams kept at the step before
    bool kept = false;
    int token = -1; ///< the id that extends the parent; −1: the parent has ended and stays as it is
    double likelihood() const { return -log_p / length; } ///< mean −log p of a token, in nats
};

/// The search of one sequence. Step t decides id t + 2; its candidates stand in rank order, and a step that
/// was not seen has none.
struct BeamSearch {
    int sequence = 0;
    double tau = 1; ///< infinity: likelihood alone
    QVector<QVector<BeamCandidate>> steps;
    int last_step() const; ///< −1: none was seen
};

/// What a step would keep at `tau`.
struct StepChoice {
    QVector<int> kept;    ///< ranks, best first, as many as were kept
    bool changed = false; ///< other candidates than the recorded ones
};
/// Ranks by −log_p/length + sigma/tau; equal scores by recorded rank. A difference that float32 numbers
/// cannot tell apart is none, so the recorded τ gives the recorded choice.
StepChoice choose(const QVector<BeamCandidate>& candidates, double tau);

/// The first step whose choice differs at `tau`; −1: the search goes the same way. From the next step on the
/// search would have seen other candidates than the recorded ones.
int first_change(const BeamSearch& search, double tau);

/// Where the `parent`-th kept candidate of `candidates` stands; −1: there is none.
int rank_of_kept(const QVector<BeamCandidate>& candidates, int parent);

/// For each step the rank of the candidate that the best beam of the last step came through; −1 where a step
/// between was not seen.
QVector<int> best_path(const BeamSearch& search);

/// Mean −log p and σ/τ of the best beam after each step, a line each.
QVector<LineSeries> best_beam_lines(const BeamSearch& search);

/// For each step and rank: whether a beam of the last step came through it.
QVector<QVector<bool>> survivors(const BeamSearch& search);

} // namespace moequant
