// Slopes in logarithms, and rank correlation.
#include "core/hessian_lab/orders.h"
#include "core/hessian_lab/rank_correlation.h"
#include "tests/strict_main.h"

#include <cmath>

using namespace moequant;

class TestOrders : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void slope_within_groups() {
        std::vector<LogPoint> points;
        for (const double level : {1.0, 50.0})
            for (const double x : {1.0, 10.0, 100.0})
                points.push_back({std::int64_t(level), level * x, level * std::pow(x, -1.5)});
        points.push_back({1, 1000, 0}); // no logarithm
        const auto slope = log_slope(points);
        QVERIFY(slope && std::abs(slope->value + 1.5) < 1e-12 && slope->error < 1e-6);
        QCOMPARE(slope->points, 6);
    }

    void no_slope_from_too_little() {
        QVERIFY(!log_slope({}));
        QVERIFY(!log_slope({{0, 1, 1}, {0, 2, 2}}));
        QVERIFY(!log_slope({{0, 1, 1}, {0, 1, 2}, {0, 1, 3}, {0, 1, 4}}));
    }

    // "mixed" is the example of scipy.stats.spearmanr's documentation, the others are by hand.
    void spearman_data() {
        QTest::addColumn<QVector<double>>("a");
        QTest::addColumn<QVector<double>>("b");
        QTest::addColumn<double>("expected");
        QTest::newRow("monotone") << QVector<double>{1, 2, 5, 9} << QVector<double>{1, 8, 125, 729} << 1.0;
        QTest::newRow("falling") << QVector<double>{1, 2, 3} << QVector<double>{9, 5, 1} << -1.0;
        QTest::newRow("mixed") << QVector<double>{1, 2, 3, 4, 5} << QVector<double>{5, 6, 7, 8, 7}
                               << 0.8207826816681233;
        QTest::newRow("ties") << QVector<double>{1, 1, 2, 2, 3} << QVector<double>{2, 1, 2, 3, 3} << 7.25 / 9;
    }
    void spearman() {
        QFETCH(QVector<double>, a);
        QFETCH(QVector<double>, b);
        QFETCH(double, expected);
        const auto found = moequant::spearman({a.constData(), std::size_t(a.size())},
                                              {b.constData(), std::size_t(b.size())});
        QVERIFY(found && std::abs(*found - expected) < 1e-12);
    }

    void spearman_of_nothing() {
        const double same[] = {1, 1, 1}, other[] = {1, 2, 3};
        QVERIFY(!moequant::spearman(same, other));
        QVERIFY(!moequant::spearman(std::span(other, 2), std::span(other, 2)));
    }
};

STRICT_TEST_MAIN(TestOrders)
#include "tst_orders.moc"
