// The lab on a loss whose derivatives are known: orders of truncation and noise, the source's bias term,
// rounding.
#include "core/hessian_lab/orders.h"
#include "core/hessian_lab/polynomial.h"
#include "core/hessian_lab/source_term.h"
#include "tests/strict_main.h"

#include <ATen/Parallel.h>

#include <cmath>

using namespace moequant;

namespace {

const std::vector<double> decades = {1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1};

StudyOptions options(std::uint64_t seed = 1) {
    StudyOptions options;
    options.epsilon = decades;
    options.n = {16, 64, 256, 1024, 4096};
    options.seed = seed;
    return options;
}

const std::vector<Entry> entries = {{3, 3}, {2, 7}, {11, 11}, {14, 5}};

const Order& order_of(const std::vector<Order>& orders, const char* estimator, Sampling sampling,
                      Quantity quantity) {
    for (const Order& order : orders)
        if (order.estimator == estimator && order.sampling == sampling && order.quantity == quantity)
            return order;
    throw std::runtime_error("no such order");
}

} // namespace

class TestStudy : public QObject {
    Q_OBJECT
    Problem problem_ = polynomial_problem(4096, 7);
    Study study_ = run_study(problem_, entries, options(), {}, {});

  private Q_SLOTS:
    // The derivatives that the polynomial claims are those of its values: by Taylor's series to the fourth
    // order in the scheme's own combination, docs/hessian-lab.md.
    void derivatives_are_those_of_the_values() {
        for (const Entry& entry : entries) {
            const Derivatives d = problem_.derivatives(entry);
            const double e = 1e-2;
            const at::Tensor sum =
                (problem_.losses(entry, e, e).values - problem_.losses(entry, e, -e).values -
                 problem_.losses(entry, -e, e).values + problem_.losses(entry, -e, -e).values) /
                (4 * e * e);
            const at::Tensor series = d.ab + e * e * (d.aaab + d.abbb) / 6;
            QVERIFY((sum - series).abs().max().item<double>() < 2e-8); // ε⁴ by coefficients of at most 2
        }
    }

    void orders_data() {
        QTest::addColumn<QString>("estimator");
        QTest::addColumn<int>("sampling");
        QTest::addColumn<int>("quantity");
        QTest::addColumn<double>("theory");
        QTest::addColumn<double>("tolerance");
        const auto row = [](const char* name, const char* estimator, Sampling sampling, Quantity quantity,
                            double theory, double tolerance) {
            QTest::newRow(name) << QString(estimator) << int(sampling) << int(quantity) << theory
                                << tolerance;
        };
        row("forward truncation", "forward", Sampling::Exact, Quantity::Truncation, 1, 0.05);
        row("symmetric truncation", "symmetric", Sampling::Exact, Quantity::Truncation, 2, 0.05);
        for (const char* estimator : {"forward", "symmetric"}) {
            const std::string name = estimator;
            row((name + " common ε").c_str(), estimator, Sampling::Common, Quantity::NoiseEpsilon, 0, 0.1);
            row((name + " common n").c_str(), estimator, Sampling::Common, Quantity::NoiseN, -1, 0.1);
            row((name + " independent ε").c_str(), estimator, Sampling::Independent, Quantity::NoiseEpsilon,
                -4, 0.1);
            row((name + " independent n").c_str(), estimator, Sampling::Independent, Quantity::NoiseN, -1,
                0.1);
        }
    }

    // The bounds.
    void orders() {
        QFETCH(QString, estimator);
        QFETCH(int, sampling);
        QFETCH(int, quantity);
        QFETCH(double, theory);
        QFETCH(double, tolerance);
        const auto fitted = fit_orders(study_, problem_.quadratic, false);
        const Order& order = order_of(fitted, qPrintable(estimator), Sampling(sampling), Quantity(quantity));
        QCOMPARE(order.theory, theory);
        QVERIFY(order.measured.has_value());
        qInfo("%s: %.4f ± %.4f over %lld points", QTest::currentDataTag(), *order.measured, *order.error,
              static_cast<long long>(order.points));
        QVERIFY(std::abs(*order.measured - theory) < tolerance);
    }

    // Variances are the predicted ones, not only their orders: 200 resamples know a variance to 10 %, the
    // mean over the four entries and many cells to much less.
    void variances_are_as_predicted() {
        for (const char* estimator : {"forward", "symmetric"})
            for (const Sampling sampling : {Sampling::Common, Sampling::Independent}) {
                double ratio = 0;
                int count = 0;
                for (const StudyPoint& point : study_.points)
                    if (point.estimator == estimator && point.sampling == sampling && *point.epsilon < 1e-3) {
                        ratio += std::log(point.variance / point.predicted_variance);
                        ++count;
                    }
                QCOMPARE(count, 30);
                QVERIFY(std::abs(ratio / count) < 0.05);
            }
    }

    // Noise alone leaves the mean where it is: no bias of order σ²/(nε²).
    void source_term_is_not_there() {
        const auto terms = test_source_term(study_, 200);
        QCOMPARE(int(terms.size()), 4);
        std::int64_t outside = 0, cells = 0;
        for (const SourceTerm& term : terms) {
            qInfo("%s, %s: %.3g in [%.3g, %.3g], %lld of %lld cells outside", scheme_name(term.scheme),
                  sampling_name(term.sampling), term.coefficient, term.low, term.high,
                  static_cast<long long>(term.outside), static_cast<long long>(term.cells));
            QVERIFY(term.contains_zero());
            outside += term.outside;
            cells += term.cells;
        }
        QVERIFY(double(outside) < 0.1 * double(cells));
    }

    // A bias that is there is found: the same cells with twice σ²/(nε²) added.
    void source_term_is_found_where_it_is() {
        Study biased = study_;
        for (StudyCell& cell : biased.cells)
            cell.mean += 2 * study_.sigma * study_.sigma / (double(cell.n) * cell.epsilon * cell.epsilon);
        for (const SourceTerm& term : test_source_term(biased, 200))
            QVERIFY(!term.contains_zero() && term.low < 2 && term.high > 2);
    }

    // ε too small: rounding is told, and the estimate is really wrong by about what it says.
    void rounding_is_told() {
        int dominated = 0;
        for (const StudyPoint& point : study_.points)
            if (point.sampling == Sampling::Exact && point.epsilon) {
                const bool small = *point.epsilon < 1e-5;
                if (point.estimator == "forward" && small)
                    QVERIFY(point.dominated);
                if (*point.epsilon > 3e-3)
                    QVERIFY(!point.dominated);
                if (point.dominated) {
                    ++dominated;
                    QVERIFY(point.bias < 4 * point.rounding);
                }
            }
        QVERIFY(dominated > 0);
    }

    void exact_sampling_has_no_noise() {
        for (const StudyPoint& point : study_.points)
            if (point.sampling == Sampling::Exact) {
                QCOMPARE(point.variance, 0.0);
                QCOMPARE(point.bias_error, 0.0);
                QCOMPARE(point.n, problem_.samples);
            }
    }

    void threads_change_nothing_and_seeds_do() {
        const auto short_study = [&](int threads, std::uint64_t seed) {
            const int before = at::get_num_threads();
            at::set_num_threads(threads);
            StudyOptions few = options(seed);
            few.n = {16, 64};
            Study study = run_study(problem_, entries, few, {}, {});
            at::set_num_threads(before);
            return study;
        };
        const Study one = short_study(1, 1), two = short_study(2, 1), other = short_study(2, 2);
        QCOMPARE(one.points.size(), two.points.size());
        for (std::size_t i = 0; i < one.points.size(); ++i) {
            QCOMPARE(one.points[i].bias, two.points[i].bias);
            QCOMPARE(one.points[i].variance, two.points[i].variance);
        }
        QCOMPARE(other.curvature, one.curvature);
        QVERIFY(other.points.front().variance != one.points.front().variance);
    }

    void stops_when_asked() {
        std::stop_source stop;
        stop.request_stop();
        try {
            run_study(problem_, entries, options(), {}, stop.get_token());
            QFAIL("went on");
        } catch (const std::exception& error) {
            QCOMPARE(error.what(), "cancelled");
        }
    }
};

STRICT_TEST_MAIN(TestStudy)
#include "tst_study.moc"
