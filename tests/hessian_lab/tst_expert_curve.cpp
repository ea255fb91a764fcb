// Hessian error against n: its law, the spectrum, and what quantization makes of it.
#include "core/hessian_lab/expert_curve.h"
#include "core/hessian_lab/orders.h"
#include "tests/strict_main.h"

#include <cmath>

using namespace moequant;

namespace {

constexpr std::int64_t columns = 32;

/// Gaussian inputs whose j-th channel has standard deviation 1/(1 + j), affinities uniform in [0.1, 1].
LinearInputs inputs(std::int64_t tokens, std::uint64_t seed) {
    at::manual_seed(seed);
    const at::Tensor scale = 1 / (1 + at::arange(columns, at::kFloat));
    return {at::randn({tokens, columns}) * scale, 0.1 + 0.9 * at::rand({tokens})};
}

CurveOptions options() {
    CurveOptions options;
    options.n = {16, 64, 256, 1024};
    options.repeats = 20;
    options.gptq.grid = {.bits = 3, .group_size = -1};
    options.seed = 9;
    return options;
}

at::Tensor weight() {
    at::manual_seed(1);
    return at::randn({48, columns});
}

} // namespace

class TestExpertCurve : public QObject {
    Q_OBJECT
    ExpertCurve curve_ = measure_expert(weight(), inputs(3000, 2), inputs(20000, 3), options(), "expert");

  private Q_SLOTS:
    void has_every_point() {
        QCOMPARE(int(curve_.points.size()), 4 * 20);
        QCOMPARE(curve_.tokens, 3000);
        QCOMPARE(curve_.reference_tokens, 20000);
        QCOMPARE(curve_.dimension, columns);
    }

    // 20 draws a point; the law is exact for the mean square.
    void errors_follow_the_law() {
        std::vector<LogPoint> plain;
        for (const std::int64_t n : options().n) {
            double measured = 0, predicted = 0, weighted = 0, weighted_predicted = 0;
            for (const CurvePoint& point : curve_.points)
                if (point.n == n) {
                    measured += point.hessian_error * point.hessian_error;
                    predicted += point.predicted_error * point.predicted_error;
                    weighted += point.affinity_error * point.affinity_error;
                    weighted_predicted += point.affinity_predicted_error * point.affinity_predicted_error;
                    plain.push_back({0, double(n), point.hessian_error});
                }
            if (n <= 256) { // of the 3,000 tokens more take part in several draws
                QVERIFY(std::abs(std::sqrt(measured / predicted) - 1) < 0.2);
                QVERIFY(std::abs(std::sqrt(weighted / weighted_predicted) - 1) < 0.2);
            }
            QVERIFY(weighted > measured); // unequal weights cost variance
        }
        const auto slope = log_slope(plain);
        QVERIFY(slope && std::abs(slope->value + 0.5) < 0.06);
    }

    void rank_is_at_most_n() {
        for (const CurvePoint& point : curve_.points)
            QVERIFY(point.rank <= double(std::min(point.n, columns)) + 1e-6 && point.rank >= 1);
    }

    // Uniform in [0.1, 1]: (Σc)²/Σc² is n times 0.55²/0.37.
    void effective_tokens() { QVERIFY(std::abs(curve_.effective_tokens / 3000 - 0.55 * 0.55 / 0.37) < 0.02); }

    void spectrum_of_a_known_covariance() {
        double sum = 0, entropy = 0;
        for (int j = 0; j < columns; ++j)
            sum += std::pow(1 + j, -2);
        for (int j = 0; j < columns; ++j)
            entropy -= std::pow(1 + j, -2) / sum * std::log(std::pow(1 + j, -2) / sum);
        QVERIFY(std::abs(curve_.effective_rank / std::exp(entropy) - 1) < 0.03);
        const double damp = 0.01 * sum / columns, condition = (1 + damp) / (std::pow(columns, -2) + damp);
        QVERIFY(std::abs(curve_.condition / condition - 1) < 0.1);
        QCOMPARE(int(curve_.spectrum.size()), int(columns));
        QCOMPARE(curve_.spectrum.front(), 1.0);
        QVERIFY(std::is_sorted(curve_.spectrum.rbegin(), curve_.spectrum.rend()));
        QVERIFY(std::abs(curve_.spectrum[1] - 0.25) < 0.02);
    }

    void few_tokens_cost_quantization() {
        double few = 0, many = 0;
        for (const CurvePoint& point : curve_.points) {
            QVERIFY(point.quantization_error && point.excess_error);
            QVERIFY(std::abs(*point.quantization_error / *curve_.reference_error - 1 - *point.excess_error) <
                    1e-9);
            (point.n == 16 ? few : many) += *point.excess_error * (point.n == 16 ? 1 : point.n == 1024);
        }
        QVERIFY(few > 2 * many);
    }

    // The reference itself has no error and adds none.
    void reference_against_itself() {
        const LinearInputs same = inputs(500, 4);
        CurveOptions whole = options();
        whole.n = {500};
        whole.repeats = 1;
        const ExpertCurve curve = measure_expert(weight(), same, same, whole, "expert");
        QVERIFY(curve.calibration && curve.calibration->hessian_error == 0);
        QCOMPARE(*curve.calibration->excess_error, 0.0);
        QVERIFY(curve.points.at(0).hessian_error < 1e-6); // another order of float32 sums
    }

    void without_tokens() {
        const ExpertCurve none = measure_expert(weight(), inputs(0, 1), inputs(100, 2), options(), "expert");
        QVERIFY(!none.calibration && none.points.empty() && none.reference_error);
        const ExpertCurve blind = measure_expert(weight(), inputs(100, 1), inputs(0, 2), options(), "expert");
        QVERIFY(!blind.calibration && blind.points.empty() && !blind.reference_error);
        QCOMPARE(blind.tokens, 100);
    }

    // n above the tokens there are is left out, one token is enough for a point.
    void counts_that_are_there() {
        CurveOptions few = options();
        few.n = {1, 7, 8};
        few.repeats = 1;
        const ExpertCurve curve = measure_expert(weight(), inputs(7, 1), inputs(100, 2), few, "expert");
        QCOMPARE(int(curve.points.size()), 2);
        QVERIFY(std::abs(curve.points[0].rank - 1) < 1e-6); // of float32 sums
    }
};

STRICT_TEST_MAIN(TestExpertCurve)
#include "tst_expert_curve.moc"
