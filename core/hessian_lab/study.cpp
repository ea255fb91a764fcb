#include "core/hessian_lab/study.h"

#include "core/calibration/draw.h"
#include "core/hessian_lab/resampling.h"
#include "core/quantization/tiles.h"

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr double negligible = 1e-6; ///< of the curvature: rounding below it is no reason to warn

double mean_of(const at::Tensor& values) {
    const SingleThread alone;
    return values.mean().item<double>();
}

double variance_of(const at::Tensor& values) {
    const SingleThread alone;
    return values.var(0, /*unbiased=*/false).item<double>();
}

const double* data_of(const at::Tensor& values) {
    return values.const_data_ptr<double>();
}

/// The squares' sums over entries that a point is made of.
struct Sum {
    StudyPoint point;
    double bias = 0, bias_variance = 0, variance = 0, predicted_bias = 0, predicted_variance = 0;
    double rounding = 0;
    void add(double error, double error_variance, double spread, double lead, double lead_variance) {
        bias += error * error;
        bias_variance += error_variance;
        variance += spread;
        predicted_bias += lead * lead;
        predicted_variance += lead_variance;
    }
};

class Runner {
  public:
    Runner(const Problem& problem, const std::vector<Entry>& entries, const StudyOptions& options,
           const EventSink& emit, const std::stop_token& stop)
        : problem_(problem),
          entries_(entries),
          options_(options),
          stop_(stop),
          progress_(emit, "study", std::int64_t(entries.size() * options.epsilon.size()), "differences") {
        study_.loss = mean_of(problem.base);
        loss_variance_ = variance_of(problem.base);
        study_.sigma = std::sqrt(loss_variance_);
        magnitude_ = mean_of(problem.base.abs());
        make_sums();
    }

    Study run() {
        std::vector<at::Tensor> hessians; // of the samples, an entry each
        for (std::size_t k = 0; k < entries_.size(); ++k) {
            check_stop(stop_);
            const Derivatives exact = problem_.derivatives(entries_[k]);
            hessians.push_back(exact.ab);
            study_.entries.push_back({entries_[k],
                                      mean_of(exact.ab),
                                      {},
                                      {},
                                      mean_of(truncation_coefficient(Scheme::Forward, exact)),
                                      mean_of(truncation_coefficient(Scheme::Symmetric, exact)),
                                      std::sqrt(variance_of(exact.ab))});
            for (std::size_t e = 0; e < options_.epsilon.size(); ++e) {
                differences(k, e);
                progress_.update(++done_);
            }
        }
        double squares = 0;
        for (const EntryFacts& entry : study_.entries)
            squares += entry.truth * entry.truth;
        study_.curvature = std::sqrt(squares / double(entries_.size()));
        if (problem_.products) {
            study_.gauss_newton_factor = products("gauss-newton", false);
            study_.affinity_factor = products("affinity", true);
        }
        finish();
        return std::move(study_);
    }

  private:
    std::vector<Sampling> drawn() const {
        std::vector<Sampling> samplings;
        if (options_.common)
            samplings.push_back(Sampling::Common);
        if (options_.independent)
            samplings.push_back(Sampling::Independent);
        return samplings;
    }

    /// Cells of one (entry, ε) in the order of `sums_` of that ε: scheme, sampling, n; then the exact ones.
    std::size_t drawn_cells() const { return drawn().size() * options_.n.size(); }
    std::size_t per_scheme() const { return drawn_cells() + (options_.exact ? 1 : 0); }
    std::size_t sum_index(std::size_t e, std::size_t scheme, std::size_t cell) const {
        return (e * std::size(kSchemes) + scheme) * per_scheme() + cell;
    }

    void make_sums() {
        for (const double epsilon : options_.epsilon)
            for (const Scheme scheme : kSchemes) {
                const auto add = [&](Sampling sampling, std::int64_t n) {
                    Sum sum;
                    sum.point = {scheme_name(scheme), sampling, epsilon, n};
                    sums_.push_back(sum);
                };
                for (const Sampling sampling : drawn())
                    for (const std::int64_t n : options_.n)
                        add(sampling, n);
                if (options_.exact)
                    add(Sampling::Exact, problem_.samples);
            }
    }

    void differences(std::size_t k, std::size_t e) {
        check_stop(stop_);
        const double epsilon = options_.epsilon[e];
        std::vector<Losses> at(2 * 4);
        for_tiles(2 * 4, [&](std::int64_t i) {
            const Evaluation place = evaluations(kSchemes[i / 4])[std::size_t(i % 4)];
            at[std::size_t(i)] = place.a == 0 && place.b == 0
                                     ? Losses{problem_.base}
                                     : problem_.losses(entries_[k], place.a * epsilon, place.b * epsilon);
        });
        for (std::size_t scheme = 0; scheme < std::size(kSchemes); ++scheme)
            difference(k, e, scheme, std::span(at).subspan(4 * scheme, 4));
    }

    void difference(std::size_t k, std::size_t e, std::size_t s, std::span<const Losses> at) {
        const Scheme scheme = kSchemes[s];
        const double epsilon = options_.epsilon[e], scale = 1 / (divisor(scheme) * epsilon * epsilon);
        std::array<Term, 4> terms;
        std::int64_t flips = 0;
        double exact = 0, magnitude = magnitude_;
        for (std::size_t p = 0; p < terms.size(); ++p) {
            terms[p] = {data_of(at[p].values), evaluations(scheme)[p].coefficient * scale};
            flips += at[p].flips;
            magnitude = std::max(magnitude, mean_of(at[p].values.abs()));
        }
        for (std::size_t p = 0; p < terms.size(); ++p)
            exact += evaluations(scheme)[p].coefficient * mean_of(at[p].values);
        exact *= scale;
        const EntryFacts& facts = study_.entries[k];
        const double lead = (scheme == Scheme::Forward ? facts.forward_slope : facts.symmetric_curvature) *
                            std::pow(epsilon, truncation_order(scheme));
        const double rounding = rounding_error(scheme, magnitude, epsilon);

        const std::vector<Sampling> samplings = drawn();
        const std::size_t count = drawn_cells();
        std::vector<Spread> spreads(count);
        for_tiles(std::int64_t(count), [&](std::int64_t c) {
            const bool common = samplings[std::size_t(c) / options_.n.size()] == Sampling::Common;
            const std::int64_t n = options_.n[std::size_t(c) % options_.n.size()];
            const std::size_t cell = sum_index(e, s, std::size_t(c));
            spreads[std::size_t(c)] = resample(terms, problem_.samples, n, options_.resamples, common,
                                               sequence_seed(sequence_seed(options_.seed, k), cell));
        });
        for (std::size_t c = 0; c < count; ++c) {
            Sum& sum = sums_[sum_index(e, s, c)];
            const auto [mean, variance] = spreads[c];
            const auto n = double(sum.point.n);
            sum.add(mean - facts.truth, variance / double(options_.resamples), variance, lead,
                    sum.point.sampling == Sampling::Common
                        ? facts.sample_deviation * facts.sample_deviation / n
                        : independent_variance(scheme, loss_variance_, epsilon, n));
            sum.rounding = std::max(sum.rounding, rounding);
            sum.point.flips += flips;
            study_.cells.push_back(
                {scheme, sum.point.sampling, epsilon, sum.point.n, mean, variance, exact, rounding});
        }
        if (options_.exact) {
            Sum& sum = sums_[sum_index(e, s, count)];
            sum.add(exact - facts.truth, 0, 0, lead, 0);
            sum.rounding = std::max(sum.rounding, rounding);
            sum.point.flips += flips;
        }
    }

    /// Σ x·xᵀ/n with a factor fitted to the truth: GPTQ's solution does not depend on one. Returns the
    /// factor.
    double products(const char* estimator, bool by_affinity) {
        std::vector<at::Tensor> samples;
        double with_truth = 0, squares = 0;
        for (const EntryFacts& facts : study_.entries) {
            samples.push_back(problem_.products(facts.entry, by_affinity));
            const double mean = mean_of(samples.back());
            with_truth += mean * facts.truth;
            squares += mean * mean;
        }
        const double factor = squares > 0 ? with_truth / squares : 1;
        for (std::size_t k = 0; k < samples.size(); ++k)
            (by_affinity ? study_.entries[k].affinity : study_.entries[k].gauss_newton) =
                factor * mean_of(samples[k]);
        if (options_.exact)
            product_point(estimator, by_affinity, Sampling::Exact, problem_.samples, factor, samples, 0);
        if (options_.common)
            for (std::size_t i = 0; i < options_.n.size(); ++i)
                product_point(estimator, by_affinity, Sampling::Common, options_.n[i], factor, samples, i);
        return factor;
    }

    void product_point(const char* estimator, bool by_affinity, Sampling sampling, std::int64_t n,
                       double factor, const std::vector<at::Tensor>& samples, std::size_t number) {
        Sum sum;
        sum.point = {estimator, sampling, {}, n};
        for (std::size_t k = 0; k < samples.size(); ++k) {
            const EntryFacts& facts = study_.entries[k];
            const double whole = by_affinity ? *facts.affinity : *facts.gauss_newton;
            const double lead = whole - facts.truth;
            if (sampling == Sampling::Exact) {
                sum.add(lead, 0, 0, lead, 0);
                continue;
            }
            const Term term{data_of(samples[k]), factor};
            const std::uint64_t seed =
                sequence_seed(options_.seed, (std::uint64_t(1) << 32) + 2 * k + by_affinity);
            const Spread spread = resample({&term, 1}, problem_.samples, n, options_.resamples, true,
                                           sequence_seed(seed, number));
            sum.add(spread.mean - facts.truth, spread.variance / double(options_.resamples), spread.variance,
                    lead, factor * factor * variance_of(samples[k]) / double(n));
        }
        sums_.push_back(sum);
    }

    void finish() {
        const auto count = double(entries_.size());
        for (Sum& sum : sums_) {
            StudyPoint& point = sum.point;
            point.bias = std::sqrt(sum.bias / count);
            point.bias_error = std::sqrt(sum.bias_variance / count);
            point.variance = sum.variance / count;
            point.predicted_bias = std::sqrt(sum.predicted_bias / count);
            point.predicted_variance = sum.predicted_variance / count;
            point.rounding = sum.rounding;
            point.dominated = point.rounding > std::max({point.predicted_bias, std::sqrt(point.variance),
                                                         negligible * study_.curvature});
            study_.points.push_back(point);
        }
    }

    const Problem& problem_;
    const std::vector<Entry>& entries_;
    const StudyOptions& options_;
    std::stop_token stop_;
    Progress progress_;
    Study study_;
    std::vector<Sum> sums_;
    double loss_variance_ = 0, magnitude_ = 0;
    std::int64_t done_ = 0;
};

} // namespace

const char* sampling_name(Sampling sampling) {
    return sampling == Sampling::Common        ? "common"
           : sampling == Sampling::Independent ? "independent"
                                               : "exact";
}

Study run_study(const Problem& problem, const std::vector<Entry>& entries, const StudyOptions& options,
                const EventSink& emit, const std::stop_token& stop) {
    return Runner(problem, entries, options, emit, stop).run();
}

} // namespace moequant
