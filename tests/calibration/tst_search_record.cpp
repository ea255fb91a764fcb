// Recorded searches: written and read back, refused when malformed, ranked anew at another τ.
#include "core/calibration/search_record.h"
#include "core/job/error.h"
#include "core/model/safetensors.h"

#include <QTemporaryDir>
#include <QtTest>

#include <ATen/ATen.h>

#include <cmath>
#include <fstream>
#include <functional>

using namespace moequant;

namespace {

/// A candidate whose score is as the definition says.
RecordedCandidate candidate(int parent, int token, double log_p, double sigma, bool kept, std::int64_t step,
                            double tau) {
    return {std::uint8_t(parent),
            token,
            float(log_p),
            float(sigma),
            float(-log_p / double(step + 2) + sigma / tau),
            kept};
}

/// Two sequences at τ = 2, width 2: a warm-up step, then two steps of the search, with padding.
SearchRecord example() {
    SearchRecord record(2, 3, 4);
    record.sequence = {0, 5};
    record.options = {{"tau", 2.0}, {"width", 2}};
    for (int s = 0; s < 2; ++s) {
        record.set(s, 0, 0, candidate(0, 10 + s, -1, 0, true, 0, 2));
        // one parent, so all share its σ: likelihood alone decides, at every τ
        record.set(s, 1, 0, candidate(0, 20, -2, 1, true, 1, 2));
        record.set(s, 1, 1, candidate(0, 21, -2.5, 1, true, 1, 2));
        record.set(s, 1, 2, candidate(0, 22, -4, 1, false, 1, 2));
        // 0.75 + 0.5, 1 + 0.45, 1.25 + 0.5, 1.5 + 0.45
        record.set(s, 2, 0, candidate(0, 30, -3, 1, true, 2, 2));
        record.set(s, 2, 1, candidate(1, 31, -4, 0.9, true, 2, 2));
        record.set(s, 2, 2, candidate(0, 32, -5, 1, false, 2, 2));
        record.set(s, 2, 3, candidate(1, 33, -6, 0.9, false, 2, 2));
        for (int t = 0; t < 3; ++t)
            record.set_usage(s, t, float(t) / 2, 0.25f);
    }
    return record;
}

using Tensors = std::map<std::string, at::Tensor>;

Tensors tensors_of(const std::string& path) {
    const SafetensorsFile file(path);
    Tensors tensors;
    for (const auto& [name, entry] : file.entries())
        tensors[name] = file.load(name).clone();
    return tensors;
}

void write(const std::string& path, const Tensors& tensors, const std::map<std::string, std::string>& meta) {
    write_safetensors(path, std::vector<std::pair<std::string, at::Tensor>>(tensors.begin(), tensors.end()),
                      meta);
}

struct Damage {
    std::function<void(Tensors&, std::map<std::string, std::string>&)> apply;
};

} // namespace
Q_DECLARE_METATYPE(Damage)

class TestSearchRecord : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::string path(const char* name) const { return dir_.filePath(name).toStdString(); }

  private Q_SLOTS:
    void round_trip() {
        const SearchRecord record = example();
        write_search(path("search.safetensors"), record);
        const SearchRecord read = read_search(path("search.safetensors"));
        QCOMPARE(read.sequences(), std::int64_t(2));
        QCOMPARE(read.steps, std::int64_t(3));
        QCOMPARE(read.candidates, std::int64_t(4));
        QCOMPARE(read.parent, record.parent);
        QCOMPARE(read.token, record.token);
        QCOMPARE(read.kept, record.kept);
        QCOMPARE(read.sequence, record.sequence);
        QCOMPARE(read.options, record.options);
        const auto same = [](const std::vector<float>& a, const std::vector<float>& b) { // NaN equals NaN
            return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                              [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
        };
        QVERIFY(same(read.log_p, record.log_p));
        QVERIFY(same(read.sigma, record.sigma));
        QVERIFY(same(read.score, record.score));
        QVERIFY(same(read.usage, record.usage));
    }

    void file_layout() {
        write_search(path("layout.safetensors"), example());
        const SafetensorsFile file(path("layout.safetensors"));
        QCOMPARE(int(file.entries().size()), 8);
        for (const char* name : {"parent", "token", "log_p", "sigma", "score", "kept"})
            QCOMPARE(file.entries().at(name).shape, (std::vector<std::int64_t>{2, 3, 4}));
        QCOMPARE(file.load("token")[0][0][1].item<int>(), -1);
        QCOMPARE(file.load("parent")[0][0][1].item<int>(), 255);
        QCOMPARE(file.load("kept")[0][0][1].item<int>(), 255);
        QVERIFY(std::isnan(file.load("sigma")[0][0][1].item<float>()));
        QCOMPARE(nlohmann::json::parse(file.metadata().at("options"))["tau"], nlohmann::json(2.0));
    }

    void places() {
        const SearchRecord record = example();
        QCOMPARE(record.count(0, 0), std::int64_t(1));
        QCOMPARE(record.count(1, 2), std::int64_t(4));
        QCOMPARE(record.find(5), std::optional<std::int64_t>(1));
        QVERIFY(!record.find(1));
        QCOMPARE(record.get(1, 2, 1).token, 31);
        QCOMPARE(recorded_tau(record), 2.0);
        SearchRecord other = example();
        other.options["tau"] = "inf";
        QVERIFY(std::isinf(recorded_tau(other)));
        other.options["tau"] = -1;
        QVERIFY_THROWS_EXCEPTION(RequestError, recorded_tau(other));
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, SearchRecord(65, 1, 1));
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, SearchRecord(1, 0, 1));
    }

    void malformed_data() {
        QTest::addColumn<Damage>("damage");
        QTest::addColumn<QString>("named");
        using Meta = std::map<std::string, std::string>;
        const auto row = [](const char* name, const char* named,
                            std::function<void(Tensors&, Meta&)> damage) {
            QTest::newRow(name) << Damage{std::move(damage)} << QString(named);
        };
        row("no token", "no recorded search", [](Tensors& t, Meta&) { t.erase("token"); });
        row("no sigma", "'sigma'", [](Tensors& t, Meta&) { t.erase("sigma"); });
        row("other dtype", "'log_p'", [](Tensors& t, Meta&) { t["log_p"] = t["log_p"].to(at::kDouble); });
        row("other shape", "'kept'", [](Tensors& t, Meta&) { t["kept"] = t["kept"].narrow(2, 0, 3); });
        row("flat", "no recorded search", [](Tensors& t, Meta&) { t["token"] = t["token"].flatten(); });
        row("sequence list too short", "'sequence'",
            [](Tensors& t, Meta&) { t["sequence"] = t["sequence"].narrow(0, 0, 1); });
        row("no sequences", "1 to 64", [](Tensors& t, Meta&) {
            for (auto& [name, tensor] : t)
                tensor = tensor.narrow(0, 0, 0);
        });
        row("too many sequences", "1 to 64", [](Tensors& t, Meta&) {
            for (auto& [name, tensor] : t)
                tensor = at::cat(std::vector<at::Tensor>(40, tensor));
        });
        row("no options", "options", [](Tensors&, Meta& meta) { meta.clear(); });
        row("options no JSON", "options", [](Tensors&, Meta& meta) { meta["options"] = "{"; });
        row("options no object", "options", [](Tensors&, Meta& meta) { meta["options"] = "[1]"; });
        row("candidate behind padding", "behind padding",
            [](Tensors& t, Meta&) { t["parent"][1][0][2] = 0; });
        row("negative token", "out of range", [](Tensors& t, Meta&) { t["token"][0][0][0] = -2; });
        row("kept is neither", "out of range", [](Tensors& t, Meta&) { t["kept"][0][0][0] = 2; });
        row("parent that was not kept", "no such parent",
            [](Tensors& t, Meta&) { t["parent"][0][2][0] = 2; });
        row("nothing kept", "is kept", [](Tensors& t, Meta&) { t["kept"][0][1].fill_(0); });
        row("log_p not finite", "finite", [](Tensors& t, Meta&) { t["log_p"][0][1][0] = std::nan(""); });
        row("score infinite", "finite", [](Tensors& t, Meta&) { t["score"][0][1][0] = INFINITY; });
    }
    void malformed() {
        QFETCH(Damage, damage);
        QFETCH(QString, named);
        const std::string good = path("good.safetensors"), bad = path("bad.safetensors");
        write_search(good, example());
        Tensors tensors = tensors_of(good);
        std::map<std::string, std::string> meta = {{"options", R"({"tau":2.0})"}};
        write(bad, tensors, meta);
        read_search(bad); // until the damage it is accepted
        damage.apply(tensors, meta);
        write(bad, tensors, meta);
        try {
            read_search(bad);
            QFAIL("accepted");
        } catch (const RequestError& error) {
            const QString text = error.what();
            QVERIFY2(text.contains(named) && text.contains("bad.safetensors"), qPrintable(text));
            QVERIFY2(!text.contains('\n'), qPrintable(text));
        }
    }

    void no_file() {
        QVERIFY_THROWS_EXCEPTION(RequestError, read_search(path("nowhere.safetensors")));
        std::ofstream(path("text.safetensors")) << "this is no tensor file at all";
        QVERIFY_THROWS_EXCEPTION(RequestError, read_search(path("text.safetensors")));
    }

    void replay_data() {
        QTest::addColumn<double>("tau");
        QTest::addColumn<QList<int>>("last"); // ranks kept at the last step
        QTest::addColumn<int>("differs");     // first step, −1: none
        QTest::addRow("as recorded") << 2.0 << QList<int>{0, 1} << -1;
        QTest::addRow("likelihood alone") << double(INFINITY) << QList<int>{0, 1} << -1;
        // σ/τ of the parents 20 and 18: 20.75, 19, 21.25, 19.5
        QTest::addRow("balance decides") << 0.05 << QList<int>{1, 3} << 2;
        // 10.75, 10, 11.25, 10.5 with σ/τ 10 and 9
        QTest::addRow("still") << 0.1 << QList<int>{1, 3} << 2;
        // σ/τ 5 and 4.5: 5.75, 5.5, 6.25, 6: the same two, the other one first
        QTest::addRow("other order") << 0.2 << QList<int>{1, 0} << -1;
    }
    void replay_steps() {
        const SearchRecord record = example();
        const Replay again = moequant::replay(record, 1, 2);
        QCOMPARE(again.kept.size(), std::size_t(3));
        QCOMPARE(again.kept[0], (std::vector<std::int64_t>{0}));
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, moequant::replay(record, 0, 0));
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, moequant::replay(record, 0, NAN));
    }
    void replay() {
        QFETCH(double, tau);
        QFETCH(QList<int>, last);
        QFETCH(int, differs);
        const Replay ranked = moequant::replay(example(), 0, tau);
        QCOMPARE(ranked.kept[1], (std::vector<std::int64_t>{0, 1}));
        QCOMPARE(ranked.kept[2], std::vector<std::int64_t>(last.begin(), last.end()));
        QCOMPARE(int(ranked.first_difference.value_or(-1)), differs);
    }

    // A branch that ended keeps its own number of ids.
    void ended_branches() {
        SearchRecord record(1, 4, 2);
        record.set(0, 0, 0, {0, 1, -1, 0, 0.5f, true});
        record.set(0, 1, 0, {0, 2, -2, 0, 2 / 3.0f, true}); // the end
        record.set(0, 1, 1, {0, 3, -3, 0, 1, true});
        record.set(0, 2, 0, {0, -1, -2, 0, 2 / 3.0f, true});
        record.set(0, 2, 1, {1, 4, -4, 0, 1, true});
        record.set(0, 3, 0, {0, -1, -2, 0, 2 / 3.0f, true});
        record.set(0, 3, 1, {1, 5, -2.5, 0, 0.5f, true});
        QCOMPARE(candidate_lengths(record, 0), (std::vector<std::int64_t>{2, 0, 3, 3, 3, 4, 3, 5}));
        const Replay ranked = moequant::replay(record, 0, 1);
        QVERIFY(!ranked.first_difference);
        QCOMPARE(ranked.kept[2], (std::vector<std::int64_t>{0, 1})); // 0.67, 1
        QCOMPARE(ranked.kept[3], (std::vector<std::int64_t>{1, 0})); // 0.67, 0.5
        record.options = {{"tau", 1}};
        write_search(path("ended.safetensors"), record);
        QCOMPARE(read_search(path("ended.safetensors")).count(0, 3), std::int64_t(2));
    }

    void packed() {
        std::vector<RecordedSearch> searches(2);
        searches[0].sequence = 0;
        searches[0].steps = {{{{0, 7, -1, 0, 0.5}}, 1, 0.25, 0.125},
                             {{{0, 8, -2, 1, 1.5}, {0, 9, -3, 1, 2}, {0, 10, -4, 1, 2.5}}, 2, 0.5, 0.75}};
        searches[1].sequence = 3;
        searches[1].steps = {{{{0, 7, -1, 0, 0.5}}, 1, 0.25, 0.125}}; // shorter
        const SearchRecord record = pack_search(searches, {{"tau", "inf"}});
        QCOMPARE(record.sequence, (std::vector<std::int32_t>{0, 3}));
        QCOMPARE(record.steps, std::int64_t(2));
        QCOMPARE(record.candidates, std::int64_t(3));
        QCOMPARE(record.count(0, 1), std::int64_t(3));
        QCOMPARE(record.count(1, 1), std::int64_t(0));
        QVERIFY(record.get(0, 1, 1).kept && !record.get(0, 1, 2).kept);
        QCOMPARE(record.get(0, 1, 2).log_p, -4.0f);
        QCOMPARE(record.usage[3], 0.75f);
        QVERIFY(std::isnan(record.usage[6]));
        write_search(path("packed.safetensors"), record);
        QCOMPARE(read_search(path("packed.safetensors")).token, record.token);
        QVERIFY_THROWS_EXCEPTION(RequestError, pack_search({}, {}));
    }

    void rounding_is_no_difference() {
        SearchRecord record(1, 1, 2);
        const float above = std::nextafter(-3.0f, 0.0f); // better by the last bit, yet left behind
        record.set(0, 0, 0, {0, 1, -3.0f, 1, 2.5f, true});
        record.set(0, 0, 1, {0, 2, above, 1, 2.5f, false});
        const Replay same = moequant::replay(record, 0, 1);
        QVERIFY(!same.first_difference);
        QCOMPARE(same.kept[0], (std::vector<std::int64_t>{0}));
        record.set(0, 0, 1, {0, 2, -2.99f, 1, 2.5f, false});
        QCOMPARE(moequant::replay(record, 0, 1).first_difference, std::optional<std::int64_t>(0));
    }
};

QTEST_GUILESS_MAIN(TestSearchRecord)
#include "tst_search_record.moc"
