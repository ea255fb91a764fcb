// Worked examples of the measures of a set.
#include "core/calibration/degenerate.h"
#include "core/calibration/set_quality.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QtTest>

#include <cmath>
#include <random>
#include <set>

using namespace moequant;

namespace {

bool close(double a, double b) {
    return std::abs(a - b) < 1e-12;
}

bool is(const Spread& spread, double mean, double q05, double q50, double q95) {
    return close(spread.mean, mean) && close(spread.q05, q05) && close(spread.q50, q50) &&
           close(spread.q95, q95);
}

const std::vector<std::vector<std::int32_t>> two = {{1, 2, 3, 4, 1, 2, 3, 4}, {1, 2, 3, 4, 5, 6, 7, 8}};

std::vector<std::vector<std::int32_t>> random_set(std::size_t sequences, std::size_t length,
                                                  std::uint32_t vocabulary) {
    std::mt19937_64 engine(4);
    std::vector<std::vector<std::int32_t>> set(sequences, std::vector<std::int32_t>(length));
    for (auto& ids : set)
        for (auto& id : ids)
            id = std::int32_t(engine() % vocabulary);
    return set;
}

} // namespace

class TestSetQuality : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    // Of the first sequence 4 of 8 ids, 4 of 7 pairs, 4 of 5 4-grams are distinct; of the second all.
    void worked_example() {
        const SetQuality quality = set_quality(two, {});
        QVERIFY(is(quality.distinct1, 0.75, 0.525, 0.75, 0.975));
        QVERIFY(close(quality.distinct2.mean, (4.0 / 7 + 1) / 2));
        QVERIFY(close(quality.distinct4.mean, 0.9));
        QVERIFY(close(quality.distinct8.mean, 1));
        // Period 4 covers all of the first and nothing of the second.
        QVERIFY(is(quality.cycle, 0.5, 0.05, 0.5, 0.95));
        QCOMPARE(quality.longest_cycle, 1.0);
        QCOMPARE(quality.degenerate_share, 0.5);
        // 4 distinct 4-grams and 5, of which 1 2 3 4 is in both: twice in one sequence is not shared.
        QVERIFY(close(quality.shared4, 1.0 / 8));
        QVERIFY(!quality.zlib_ratio);
    }

    void text_is_compressed() {
        const std::string loop(4000, 'a'), words = "the quick brown fox jumps over the lazy dog";
        const SetQuality quality = set_quality(two, std::vector<std::string>{words, loop});
        QVERIFY(quality.zlib_ratio.has_value());
        QVERIFY(close(quality.zlib_ratio->mean, (zlib_ratio(words) + zlib_ratio(loop)) / 2));
        QCOMPARE(quality.degenerate_share, 1.0); // the second by its text
        // One sequence without text is left out of the ratio.
        QVERIFY(
            close(set_quality(two, std::vector<std::string>{"", loop}).zlib_ratio->mean, zlib_ratio(loop)));
    }

    void limits() {
        QCOMPARE(set_quality({}, {}).shared4, 0.0);
        const std::vector<std::vector<std::int32_t>> one = {{7, 8}};
        const SetQuality quality = set_quality(one, {});
        QVERIFY(is(quality.distinct1, 1, 1, 1, 1));
        QVERIFY(is(quality.distinct8, 1, 1, 1, 1)); // shorter than an 8-gram
        QCOMPARE(quality.shared4, 0.0);
        QCOMPARE(quality.degenerate_share, 0.0);
    }

    void as_json() {
        const nlohmann::json json = to_json(set_quality(two, {}));
        QCOMPARE(json["distinct1"]["q05"].get<double>(), 0.525);
        QVERIFY(json["zlib_ratio"].is_null());
        for (const char* name : {"distinct2", "distinct4", "distinct8", "cycle_share"})
            QCOMPARE(json[name].size(), std::size_t(4));
        for (const char* name : {"longest_cycle", "degenerate_share", "shared4"})
            QVERIFY(json[name].is_number());
        QVERIFY(
            to_json(set_quality(two, std::vector<std::string>{"some", "text"}))["zlib_ratio"].is_object());
    }

    void distinct_share_counts_a_set_of_grams() {
        for (const auto& ids : random_set(20, 60, 3))
            for (const int n : {1, 2, 4, 8}) {
                std::set<std::vector<std::int32_t>> seen;
                const std::size_t total = ids.size() - std::size_t(n) + 1;
                for (std::size_t i = 0; i < total; ++i)
                    seen.emplace(ids.begin() + std::ptrdiff_t(i), ids.begin() + std::ptrdiff_t(i) + n);
                QCOMPARE(distinct_share(ids, n), double(seen.size()) / double(total));
            }
    }

    // A sampled set of the usual size is judged in well under a second.
    void a_whole_set_takes_no_time() {
        const auto set = random_set(128, 512, 500);
        std::vector<std::string> texts;
        for (const auto& ids : set) {
            texts.emplace_back();
            for (const auto id : ids)
                texts.back() += std::to_string(id) + " ";
        }
        QElapsedTimer timer;
        timer.start();
        const SetQuality quality = set_quality(set, texts);
        const auto took = timer.elapsed();
        qInfo("128 sequences of 512 in %lld ms", static_cast<long long>(took));
        QVERIFY(took < 1000);
        QVERIFY(quality.distinct4.mean > 0.99);
    }
};

QTEST_GUILESS_MAIN(TestSetQuality)
#include "tst_set_quality.moc"
