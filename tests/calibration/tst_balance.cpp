// The worked example of docs/balance.md, every unit of σ, and the limits of each measure.
#include "core/calibration/balance.h"
#include "core/calibration/degenerate.h"
#include "core/job/error.h"

#include <QtTest>

#include <cmath>

using namespace moequant;

namespace {

const std::vector<std::int64_t> uneven = {12, 8, 6, 4, 4, 3, 2, 1};
const std::vector<std::int64_t> even(8, 5);

bool close(double a, double b) {
    return std::abs(a - b) < 5e-7;
}

} // namespace

class TestBalance : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    // E = 8, K = 2, 20 tokens: 40 routed slots a layer.
    void worked_example() {
        const Balance one = layer_balance(uneven, 2), two = layer_balance(even, 2);
        QVERIFY(close(one.std_share, 0.0896421));
        QVERIFY(close(one.std_token, 0.1792843));
        QVERIFY(close(one.std_percent, 8.964215));
        QVERIFY(close(one.cv, 0.7171372));
        QCOMPARE(one.min_share, 1.0 / 40);
        QCOMPARE(one.max_share, 12.0 / 40);
        QCOMPARE(two.std_share, 0.0);
        QCOMPARE(two.gini, 0.0);
        const Balance mean = summarise(std::vector<Balance>{one, two});
        QVERIFY(close(mean.std_share, 0.0448211));
        QVERIFY(close(mean.std_token, 0.0896421));
        QVERIFY(close(mean.std_percent, 4.482107));
        QVERIFY(close(mean.cv, 0.3585686));
        QCOMPARE(mean.min_share, 1.0 / 40);
        QCOMPARE(mean.max_share, 12.0 / 40);
    }

    void sigma_units_data() {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<double>("expected");
        QTest::addRow("percent") << "percent" << 8.964215;
        QTest::addRow("token") << "token" << 0.1792843;
        QTest::addRow("share") << "share" << 0.0896421;
        QTest::addRow("literal") << "literal" << 0.2535463;
        QTest::addRow("cv") << "cv" << 0.7171372;
    }
    void sigma_units() {
        QFETCH(QString, unit);
        QFETCH(double, expected);
        double squares = 0;
        for (const auto n : uneven)
            squares += double(n * n);
        QVERIFY(close(layer_sigma(parse_sigma_unit(unit.toStdString()), squares, 40, 8, 2), expected));
    }

    void unknown_unit_is_refused() { QVERIFY_THROWS_EXCEPTION(RequestError, parse_sigma_unit("furlong")); }

    void one_expert_takes_all() {
        const std::vector<std::int64_t> counts = {0, 0, 100, 0};
        const Balance b = layer_balance(counts, 1);
        QCOMPARE(b.unused, 3);
        QCOMPARE(b.below_half_percent, 3);
        QCOMPARE(b.gini, 0.75);
        QCOMPARE(b.max_share, 1.0);
        QVERIFY(close(b.cv, 2.0)); // √E, the largest possible
    }

    // Fewer than 0.005 of the tokens, not of the slots: 1000 tokens, top-2.
    void below_half_percent_counts_tokens() {
        const std::vector<std::int64_t> counts = {1987, 4, 5, 4};
        QCOMPARE(layer_balance(counts, 2).below_half_percent, 2);
    }

    void no_tokens() {
        const Balance b = layer_balance(std::vector<std::int64_t>(4, 0), 2);
        QCOMPARE(b.unused, 4);
        QCOMPARE(b.cv, 0.0);
    }

    void loops_are_degenerate() {
        std::vector<std::int32_t> loop, text;
        for (int i = 0; i < 100; ++i) {
            loop.push_back(i % 3);
            text.push_back((i * 37 + i * i) % 101);
        }
        QVERIFY(degenerate(loop, ""));
        QVERIFY(!degenerate(text, ""));
        QCOMPARE(cycle_share(loop), 1.0);
        QCOMPARE(distinct_share(loop, 4), 3.0 / 97);
        std::vector<std::int32_t> tail = text;
        tail.insert(tail.end(), 60, 7); // a run of one token over 60 of 160
        QVERIFY(std::abs(cycle_share(tail) - 60.0 / 160) < 0.01);
        QVERIFY(degenerate(tail, ""));
        QVERIFY(degenerate(text, std::string(4000, 'a')));
        QCOMPARE(zlib_ratio(""), 1.0);
    }
};

QTEST_GUILESS_MAIN(TestBalance)
#include "tst_balance.moc"
