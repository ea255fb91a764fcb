// Hessians: Σ c·x·xᵀ against the naive sum, under slicing, permuted dispatch and different thread counts.
#include "core/job/error.h"
#include "core/quantization/hessian.h"

#include <ATen/Parallel.h>
#include <QtTest>

#include <limits>

using namespace moequant;

namespace {

struct Rows {
    at::Tensor x, c;
};

Rows some_rows(std::int64_t tokens, std::int64_t cols) {
    at::manual_seed(tokens + cols);
    return {at::randn({tokens, cols}), at::rand({tokens})};
}

/// Σ c·x·xᵀ token by token in float64.
at::Tensor naive(const at::Tensor& x, const at::Tensor& c) {
    at::Tensor sum = at::zeros({x.size(1), x.size(1)}, at::kDouble);
    for (std::int64_t t = 0; t < x.size(0); ++t)
        sum += at::outer(x[t].to(at::kDouble), x[t].to(at::kDouble)) * c[t].item<double>();
    return sum;
}

double relative(const at::Tensor& got, const at::Tensor& expected) {
    return ((got.to(at::kDouble) - expected).norm() / expected.norm()).item<double>();
}

Hessian accumulated(const Rows& rows) {
    Hessian hessian("p", rows.x.size(1));
    hessian.add(rows.x, rows.c);
    return hessian;
}

} // namespace

class TestHessian : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void worked_example() {
        Hessian hessian("p", 2);
        hessian.add(at::tensor({1.0f, 0.0f, 1.0f, 1.0f, 0.0f, 2.0f}).view({3, 2}),
                    at::tensor({0.5f, 0.2f, 0.1f}));
        const at::Tensor plain = at::tensor({2.0f, 1.0f, 1.0f, 5.0f}).view({2, 2});
        const at::Tensor weighted = at::tensor({0.7f, 0.2f, 0.2f, 0.6f}).view({2, 2});
        QVERIFY(at::equal(hessian.unweighted(), plain));
        QVERIFY(at::allclose(hessian.weighted(), weighted, 1e-6, 0));
        QCOMPARE(hessian.tokens(), 3);
        QVERIFY(std::abs(hessian.affinity_sum() - 0.8) < 1e-7);
        QVERIFY(std::abs(hessian.effective_tokens() - 0.64 / 0.30) < 1e-6);
    }

    void equals_the_naive_sum_data() {
        QTest::addColumn<int>("tokens");
        QTest::addColumn<int>("cols");
        QTest::newRow("one token") << 1 << 7;
        QTest::newRow("less than a tile") << 100 << 300;
        QTest::newRow("one tile exactly") << 1024 << 40;
        QTest::newRow("several tiles") << 2500 << 70;
    }
    void equals_the_naive_sum() {
        QFETCH(int, tokens);
        QFETCH(int, cols);
        const Rows rows = some_rows(tokens, cols);
        const Hessian hessian = accumulated(rows);
        QVERIFY(relative(hessian.weighted(), naive(rows.x, rows.c)) < 2e-6);
        QVERIFY(relative(hessian.unweighted(), naive(rows.x, at::ones({tokens}))) < 2e-6);
        QVERIFY(at::equal(hessian.weighted(), hessian.weighted().t()));
    }

    void slicing_changes_no_bit() {
        const Rows rows = some_rows(2600, 96);
        const Hessian whole = accumulated(rows);
        Hessian sliced("p", 96);
        std::int64_t begin = 0;
        for (std::int64_t size = 1; begin < 2600; size = size * 3 % 701 + 1) {
            const std::int64_t end = std::min<std::int64_t>(2600, begin + size);
            sliced.add(rows.x.slice(0, begin, end), rows.c.slice(0, begin, end));
            if (begin % 2 == 0)
                sliced.weighted(); // looking in between changes nothing either
            begin = end;
        }
        QVERIFY(at::equal(whole.weighted(), sliced.weighted()));
        QVERIFY(at::equal(whole.unweighted(), sliced.unweighted()));
        QCOMPARE(sliced.affinity_sum(), whole.affinity_sum());
    }

    void permuted_dispatch_gives_the_same_hessian() {
        const Rows rows = some_rows(1500, 64);
        const Hessian expected = accumulated(rows);
        const at::Tensor dispatch =
            at::randperm(1500); // the order in which an expert happens to receive its tokens
        const Rows arrived{rows.x.index_select(0, dispatch), rows.c.index_select(0, dispatch)};
        QVERIFY(relative(accumulated(arrived).weighted(), expected.weighted().to(at::kDouble)) < 1e-6);
        const at::Tensor by_token = dispatch.argsort();
        const Rows sorted{arrived.x.index_select(0, by_token), arrived.c.index_select(0, by_token)};
        QVERIFY(at::equal(accumulated(sorted).weighted(), expected.weighted()));
        // Pairing by order of arrival instead is what must never happen: it is far off.
        const Rows mispaired{arrived.x, rows.c};
        QVERIFY(relative(accumulated(mispaired).weighted(), expected.weighted().to(at::kDouble)) > 1e-2);
    }

    void threads_change_no_bit() {
        const Rows rows = some_rows(1300, 600);
        const int before = at::get_num_threads();
        std::vector<at::Tensor> sums;
        std::vector<double> errors;
        for (int threads : {1, 2, 3}) {
            at::set_num_threads(threads);
            const Hessian hessian = accumulated(rows);
            sums.push_back(hessian.weighted());
            const at::Tensor weight = rows.x.slice(0, 0, 200);
            errors.push_back(*output_error(weight, weight.round(), hessian.unweighted(), sums.back())
                                  .weighted_output_error);
        }
        at::set_num_threads(before);
        for (std::size_t i = 1; i < sums.size(); ++i) {
            QVERIFY(at::equal(sums[0], sums[i]));
            QCOMPARE(errors[i], errors[0]);
        }
    }

    void unit_affinities_are_no_weights() {
        const Rows rows = some_rows(1200, 32);
        Hessian hessian("p", 32);
        hessian.add(rows.x, at::ones({1200}));
        QVERIFY(!hessian.has_weights());
        QVERIFY(at::equal(hessian.weighted(), hessian.unweighted()));
        QCOMPARE(hessian.effective_tokens(), 1200.0);
        hessian.add(rows.x, rows.c); // from here on they differ, over all rows seen
        QVERIFY(relative(hessian.weighted(), naive(rows.x, rows.c + 1)) < 2e-6);
    }

    void output_error_is_the_trace() {
        const Rows rows = some_rows(400, 300);
        const Hessian hessian = accumulated(rows);
        at::manual_seed(3);
        const at::Tensor weight = at::randn({48, 300}), quantized = weight.mul(4).round().div(4);
        const auto expected = [&](const at::Tensor& c) {
            const at::Tensor h = naive(rows.x, c), w = weight.to(at::kDouble),
                             d = quantized.to(at::kDouble) - w;
            return (d.mm(h).mul(d).sum() / w.mm(h).mul(w).sum()).item<double>();
        };
        const OutputError error = output_error(weight, quantized, hessian.unweighted(), hessian.weighted());
        const double plain = expected(at::ones({400})), weighted = expected(rows.c);
        QVERIFY(std::abs(*error.relative_output_error / plain - 1) < 1e-5);
        QVERIFY(std::abs(*error.weighted_output_error / weighted - 1) < 1e-5);
        QVERIFY(std::abs(error.weight_mse - (quantized - weight).square().mean().item<double>()) < 1e-8);
    }

    void no_tokens_no_error() {
        const Hessian empty("p", 16);
        const at::Tensor weight = at::ones({4, 16});
        QVERIFY(!output_error(weight, weight, empty.unweighted(), empty.weighted()).relative_output_error);
        QVERIFY(!output_error(weight, weight, {}, {}).weighted_output_error);
        QCOMPARE(empty.effective_tokens(), 0.0);
    }

    void refuses_data() {
        QTest::addColumn<float>("x");
        QTest::addColumn<float>("c");
        const float nan = std::numeric_limits<float>::quiet_NaN(),
                    inf = std::numeric_limits<float>::infinity();
        QTest::newRow("NaN input") << nan << 1.0f;
        QTest::newRow("infinite input") << inf << 1.0f;
        QTest::newRow("NaN affinity") << 1.0f << nan;
        QTest::newRow("negative affinity") << 1.0f << -0.1f;
    }
    void refuses() {
        QFETCH(float, x);
        QFETCH(float, c);
        Hessian hessian("layer.p", 4);
        try {
            hessian.add(at::full({3, 4}, x), at::full({3}, c));
            QFAIL("accepted");
        } catch (const RunError& error) {
            QVERIFY2(QString(error.what()).contains("layer.p"), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TestHessian)
#include "tst_hessian.moc"
