// Which windows a greedy top-up chooses: worked by hand, ties, need, several layers, threads.
#include "core/calibration/balance.h"
#include "core/calibration/selection.h"

#include <ATen/Parallel.h>

#include <QtTest>

#include <random>

using namespace moequant;

namespace {

using Counts = std::vector<std::int32_t>;

std::vector<std::size_t> choose(const std::vector<std::pair<std::int64_t, Counts>>& layers,
                                std::size_t windows, std::size_t samples, double r = 2) {
    std::vector<WindowCounts> views;
    for (const auto& [experts, slots] : layers)
        views.push_back({experts, slots});
    return select_balanced(views, windows, samples, r);
}

/// 200 windows that all prefer the first experts, some more, some less: [windows, experts].
Counts skewed(std::int64_t experts, std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    Counts slots;
    for (int w = 0; w < 200; ++w)
        for (std::int64_t e = 0; e < experts; ++e)
            slots.push_back(std::int32_t(engine() % (e < experts / 2 ? 90 : 20 + 30 * std::uint64_t(w % 3))));
    return slots;
}

double pooled_cv(std::int64_t experts, const Counts& slots, const std::vector<std::size_t>& windows) {
    std::vector<std::int64_t> sum(static_cast<std::size_t>(experts));
    for (const std::size_t w : windows)
        for (std::size_t e = 0; e < sum.size(); ++e)
            sum[e] += slots[w * sum.size() + e];
    return layer_balance(sum, 1).cv;
}

} // namespace

class TestSelection : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void by_hand_data() {
        QTest::addColumn<QList<int>>("slots"); // of two experts, ten a window
        QTest::addColumn<int>("samples");
        QTest::addColumn<double>("r");
        QTest::addColumn<QList<int>>("chosen");
        const QList<int> four = {8, 2, 8, 2, 2, 8, 5, 5};
        // The even window first; then (13, 7) and (7, 13) tie, and the lower index goes; then its mirror
        // image.
        QTest::addRow("even first, then ties") << four << 4 << 2.0 << QList<int>{3, 0, 2, 1};
        QTest::addRow("one") << four << 1 << 2.0 << QList<int>{3};
        // Below half of its share no expert of (7, 3) is: nobody is in need, and all is a tie.
        QTest::addRow("nobody in need") << QList<int>{7, 3, 5, 5, 3, 7} << 2 << 0.5 << QList<int>{0, 1};
        QTest::addRow("equal windows") << QList<int>{6, 4, 6, 4, 6, 4} << 3 << 2.0 << QList<int>{0, 1, 2};
        QTest::addRow("none") << four << 0 << 2.0 << QList<int>{};
    }
    void by_hand() {
        QFETCH(QList<int>, slots);
        QFETCH(int, samples);
        QFETCH(double, r);
        QFETCH(QList<int>, chosen);
        const auto order = choose({{2, Counts(slots.begin(), slots.end())}}, std::size_t(slots.size() / 2),
                                  std::size_t(samples), r);
        QCOMPARE(QList<int>(order.begin(), order.end()), chosen);
    }

    // Shares over the uniform one: (2, 2, 0, 0) and (2.8, 0.4, 0.4, 0.4). With r = 2 what an expert has
    // beyond twice its share costs nothing (8 against 7.68), with r = 3 it does (20 against 20.32).
    void only_need_below_r_counts() {
        const Counts slots = {5, 5, 0, 0, 7, 1, 1, 1};
        QCOMPARE(choose({{4, slots}}, 2, 1, 1), (std::vector<std::size_t>{1}));
        QCOMPARE(choose({{4, slots}}, 2, 1, 2), (std::vector<std::size_t>{1}));
        QCOMPARE(choose({{4, slots}}, 2, 1, 3), (std::vector<std::size_t>{0}));
    }

    // The second layer, of other width, decides where the first is indifferent.
    void every_layer_counts() {
        const Counts even = {5, 5, 5, 5}, second = {10, 0, 0, 4, 3, 3};
        QCOMPARE(choose({{2, even}, {3, second}}, 2, 1), (std::vector<std::size_t>{1}));
    }

    // Without a bound on need the squared need is the squared CV: the second pick agrees with trying all.
    void far_above_every_share_it_minimises_cv() {
        const Counts slots = skewed(8, 5);
        const auto order = choose({{8, slots}}, 200, 2, 100);
        std::size_t best = order[0] == 0 ? 1 : 0;
        for (std::size_t w = 0; w < 200; ++w)
            if (w != order[0] && pooled_cv(8, slots, {order[0], w}) < pooled_cv(8, slots, {order[0], best}))
                best = w;
        QCOMPARE(order[1], best);
    }

    void balances_better_than_the_first_windows() {
        const Counts one = skewed(8, 1), two = skewed(12, 2);
        const auto order = choose({{8, one}, {12, two}}, 200, 40);
        std::vector<std::size_t> sorted = order, first(40);
        std::iota(first.begin(), first.end(), 0);
        std::sort(sorted.begin(), sorted.end());
        QCOMPARE(std::unique(sorted.begin(), sorted.end()), sorted.end());
        QVERIFY(sorted.back() < 200);
        QVERIFY(pooled_cv(8, one, order) < 0.7 * pooled_cv(8, one, first));
        QVERIFY(pooled_cv(12, two, order) < 0.7 * pooled_cv(12, two, first));
        // A shorter choice is the start of a longer one.
        const auto ten = choose({{8, one}, {12, two}}, 200, 10);
        QVERIFY(std::equal(ten.begin(), ten.end(), order.begin()));
    }

    void threads_change_nothing() {
        const int before = at::get_num_threads();
        const Counts slots = skewed(16, 3);
        at::set_num_threads(1);
        const auto alone = choose({{16, slots}}, 200, 50);
        at::set_num_threads(3);
        QCOMPARE(choose({{16, slots}}, 200, 50), alone);
        at::set_num_threads(before);
    }

    void more_samples_than_windows() {
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, choose({{2, {1, 1}}}, 1, 2));
    }
};

QTEST_GUILESS_MAIN(TestSelection)
#include "tst_selection.moc"
