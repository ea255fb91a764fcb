// Bias and variance of estimates of a Hessian's entries against ε and n.
#pragma once
#include "core/hessian_lab/differences.h"
#include "core/job/event.h"

#include <optional>
#include <vector>

namespace moequant {

struct StudyOptions {
    std::vector<double> epsilon;
    std::vector<std::int64_t> n;
    std::int64_t resamples = 200;
    std::uint64_t seed = 0;
    bool common = true, independent = true, exact = true;
};

enum class Sampling { Common, Independent, Exact };
const char* sampling_name(Sampling sampling);

/// What is known of an entry over the whole population.
struct EntryFacts {
    Entry entry;
    double truth = 0;                             ///< mean of L_ab
    std::optional<double> gauss_newton, affinity; ///< Σ x·xᵀ/n and Σ c·x·xᵀ/n, times the fitted factors
    double forward_slope = 0;                     ///< of the bias in ε
    double symmetric_curvature = 0;               ///< of the bias in ε²
    double sample_deviation = 0;                  ///< standard deviation of L_ab over samples
};

/// One estimator at one (ε, n), over all entries. Biases are root mean squares over the entries, variances
/// means.
struct StudyPoint {
    std::string estimator; ///< "forward", "symmetric", "gauss-newton" or "affinity"
    Sampling sampling = Sampling::Exact;
    std::optional<double> epsilon; ///< none where the estimator takes no difference
    std::int64_t n = 0;
    double bias = 0;       ///< of the mean over resamples against the truth
    double bias_error = 0; ///< standard error of that mean
    double variance = 0;
    double predicted_bias = 0;     ///< leading truncation term
    double predicted_variance = 0; ///< leading sampling term
    double rounding = 0;           ///< bound, docs/hessian-lab.md
    bool dominated = false;        ///< rounding is above truncation and sampling, and not negligible
    std::int64_t flips = 0;        ///< routing decisions that differ, over all evaluations
};

/// One scheme, entry, ε and n in a sampling that varies.
struct StudyCell {
    Scheme scheme = Scheme::Forward;
    Sampling sampling = Sampling::Common;
    double epsilon = 0;
    std::int64_t n = 0;
    double mean = 0, variance = 0; ///< over resamples
    double exact = 0;              ///< the same difference over the whole population
    double rounding = 0;
};

struct Study {
    double loss = 0, sigma = 0; ///< mean and standard deviation of the samples' losses at w
    double curvature = 0;       ///< root mean square of the true entries
    double gauss_newton_factor = 1, affinity_factor = 1; ///< least squares to the truth over the entries
    std::vector<EntryFacts> entries;
    std::vector<StudyPoint> points;
    std::vector<StudyCell> cells;
};

/// The result depends on problem, entries and options alone, not on threads. Throws Cancelled.
Study run_study(const Problem& problem, const std::vector<Entry>& entries, const StudyOptions& options,
                const EventSink& emit, const std::stop_token& stop);

} // namespace moequant
