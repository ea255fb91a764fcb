#include "core/corpus/windows.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace moequant;

class TestCorpusWindows : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void never_overlap_data();
    void never_overlap();
    void depend_on_the_seed_alone();
    void every_placement_equally_often();
    void sequential();
};

void TestCorpusWindows::never_overlap_data() {
    QTest::addColumn<qint64>("tokens");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("count");
    QTest::newRow("one") << qint64(10) << qint64(10) << qint64(1);
    QTest::newRow("full") << qint64(1000) << qint64(10) << qint64(100);
    QTest::newRow("nearly full") << qint64(1005) << qint64(10) << qint64(100);
    QTest::newRow("loose") << qint64(1000000) << qint64(512) << qint64(128);
    QTest::newRow("single tokens") << qint64(50) << qint64(1) << qint64(50);
}

void TestCorpusWindows::never_overlap() {
    QFETCH(qint64, tokens);
    QFETCH(qint64, length);
    QFETCH(qint64, count);
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        auto starts = random_starts(tokens, length, count, seed);
        QCOMPARE(qint64(starts.size()), count);
        std::sort(starts.begin(), starts.end());
        QVERIFY(starts.front() >= 0);
        QVERIFY(starts.back() + length <= tokens);
        for (std::size_t i = 1; i < starts.size(); ++i)
            QVERIFY(starts[i] - starts[i - 1] >= length);
    }
}

void TestCorpusWindows::depend_on_the_seed_alone() {
    // The pinned values were computed apart from this code, from the definitions of mt19937_64 and of the
    // draw.
    QCOMPARE(random_starts(100000, 512, 4, 0), random_starts(100000, 512, 4, 0));
    QVERIFY(random_starts(100000, 512, 4, 0) != random_starts(100000, 512, 4, 1));
    const std::vector<std::int64_t> pinned = {97272, 39794, 47648, 2115};
    QCOMPARE(random_starts(100000, 512, 4, 0), pinned);
}

void TestCorpusWindows::every_placement_equally_often() {
    // Two windows of two in five tokens: {0,2}, {0,3}, {1,3}, each in two orders.
    std::map<std::vector<std::int64_t>, int> seen;
    const int draws = 6000;
    for (int seed = 0; seed < draws; ++seed)
        ++seen[random_starts(5, 2, 2, std::uint64_t(seed))];
    QCOMPARE(seen.size(), std::size_t(6));
    for (const auto& [starts, times] : seen)
        QVERIFY2(std::abs(times - draws / 6) < 150,
                 qPrintable(QString::number(times))); // five standard deviations
}

void TestCorpusWindows::sequential() {
    QCOMPARE(sequential_starts(7, 3), (std::vector<std::int64_t>{0, 7, 14}));
}

QTEST_APPLESS_MAIN(TestCorpusWindows)
#include "tst_corpus_windows.moc"
