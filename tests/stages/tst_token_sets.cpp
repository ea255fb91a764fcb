// Calibration sets that a stage makes or imports: windows chosen for balance, sets published by others.
#include "tests/stages/stage_fixture.h"

#include "core/stages/loaded_model.h"
#include "core/stages/token_sets.h"

#include <QRegularExpression>

using namespace moequant;

namespace {

const std::string tiny = std::string(MOEQUANT_SOURCE_DIR) + "/tests/data/decoder/qwen2_moe";

/// 40 sequences of 24 ids that a model without tokenizer reads.
std::string id_records(const StageFixture& fixture) {
    std::string lines;
    for (int s = 0; s < 40; ++s) {
        nlohmann::json ids = nlohmann::json::array();
        for (int i = 0; i < 24; ++i)
            ids.push_back(3 + (s * 31 + i * (i % (s + 2)) * 7 + i) % 90);
        lines += nlohmann::json{{"ids", ids}, {"score", 0.5}}.dump() + "\n";
    }
    return fixture.write("ids.jsonl", lines);
}

double cv(const nlohmann::json& result) {
    return result["balance"]["cv"].get<double>();
}

} // namespace

class TestTokenSets : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void balanced_windows_use_the_experts_more_evenly() {
        StageFixture fixture;
        const auto profile = [&](const std::string& spec, int threads, const std::string& name) {
            fixture.events.clear();
            return fixture.run(StageFixture::make("profile", "sample", {{"threads", threads}}, {spec}), name);
        };
        const auto plain = profile("builtin:prose?samples=8&length=64", 2, "plain");
        const auto chosen = profile("balanced:builtin:prose?samples=8&length=64", 2, "chosen");
        QCOMPARE(chosen["tokens"], plain["tokens"]);
        QCOMPARE(chosen["sequences"].get<int>(), 8);
        QVERIFY2(cv(chosen) < 0.95 * cv(plain),
                 qPrintable(QString("%1 against %2").arg(cv(chosen)).arg(cv(plain))));
        // What is told of the usage is the set's, not that of the windows to choose from.
        std::int64_t told = 0, choosing = 0;
        for (const Event& event : fixture.events) {
            choosing += event.name == "progress" && event.fields["stage"] == "choose";
            if (event.name == "usage")
                for (const auto& count : event.fields["counts"])
                    told += count.get<std::int64_t>();
        }
        std::int64_t slots = 0;
        for (const auto& layer : chosen["layers"])
            slots += layer["top_k"].get<std::int64_t>() * 8 * 64;
        QCOMPARE(told, slots);
        QVERIFY(choosing > 0);
        QCOMPARE(profile("balanced:builtin:prose?samples=8&length=64", 1, "alone")["layers"],
                 chosen["layers"]);
    }

    void every_window_is_one_of_the_pool_and_none_comes_twice() {
        StageFixture fixture;
        Job job = StageFixture::make("profile", "sample");
        resolve_defaults(job);
        const auto model = open_model(job, fixture.session);
        const auto load = [&](const std::string& spec) {
            return load_tokens(spec, job, *model, CorpusUse::Calibrate, {}, {}).sequences;
        };
        const auto pool = load("builtin:code?samples=24&length=64&seed=9");
        auto chosen = load("balanced:builtin:code?samples=8&length=64&seed=9&pool=24");
        QCOMPARE(chosen.size(), std::size_t(8));
        for (const auto& window : chosen)
            QVERIFY(std::find(pool.begin(), pool.end(), window) != pool.end());
        std::sort(chosen.begin(), chosen.end());
        QVERIFY(std::adjacent_find(chosen.begin(), chosen.end()) == chosen.end());
        QCOMPARE(load("balanced:builtin:code?samples=max:99&length=64&pool=99&order=sequential").size(),
                 std::size_t(99));
        const std::string few = "text:" + fixture.write("few.txt", std::string(600, 'x') + " end");
        QCOMPARE(load("balanced:" + few + "?samples=max:99999&length=8").size(),
                 load(few + "?samples=all&length=8").size());
    }

    void balanced_refusals_data() {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("says");
        QTest::addRow("pool") << "balanced:builtin:prose?samples=9&pool=8"
                              << "pool=8 is smaller than the 9 samples";
        QTest::addRow("of a model") << "balanced:ebss"
                                    << "chooses from a corpus of text";
        QTest::addRow("no such file") << "balanced:text:gone.txt"
                                      << "gone.txt";
        QTest::addRow("unknown option") << "balanced:builtin:prose?by=cv"
                                        << "unknown option 'by'";
        QTest::addRow("too little text") << "balanced:builtin:prose?samples=5000&length=512"
                                         << "windows to choose from, not the 5000 asked for";
        QTest::addRow("model without tokenizer") << "tiny"
                                                 << "no tokenizer";
    }
    void balanced_refusals() {
        QFETCH(QString, spec);
        QFETCH(QString, says);
        StageFixture fixture;
        Job job = StageFixture::make("profile", spec == "tiny" ? tiny : "sample", {},
                                     {spec == "tiny" ? "balanced:builtin:prose" : spec.toStdString()});
        std::string said;
        try {
            fixture.run(job, "run");
        } catch (const RequestError& error) {
            said = error.what();
        }
        QVERIFY2(said.find(says.toStdString()) != std::string::npos, said.c_str());
        QVERIFY(said.find('\n') == std::string::npos);
        if (spec.contains("5000")) // with the number that there is
            QVERIFY(QRegularExpression("there are [0-9]+ windows")
                        .match(QString::fromStdString(said))
                        .hasMatch());
    }

    void quantizes_from_a_balanced_set() {
        StageFixture fixture;
        const auto quantize = [&](int threads, const std::string& name) {
            Job job = StageFixture::make("quantize", tiny,
                                         {{"group_size", -1}, {"expert_tokens", "all"}, {"threads", threads}},
                                         {"balanced:tokens:" + id_records(fixture) + "?samples=6"});
            job.output = fixture.path("out-" + name);
            return fixture.run(job, "run-" + name);
        };
        const auto two = quantize(2, "two");
        QCOMPARE(two["tokens"].get<int>(), 6 * 24);
        for (const auto& row : two["linears"]) {
            QVERIFY(row["fallback"].is_null());
            QCOMPARE(row["tokens"].get<int>(), 6 * 24);
        }
        quantize(1, "one");
        QFile a(QString::fromStdString(fixture.path("out-one/model.safetensors"))),
            b(QString::fromStdString(fixture.path("out-two/model.safetensors")));
        QVERIFY(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
        QVERIFY(a.readAll() == b.readAll());
    }

    void sets_published_by_others() {
        StageFixture fixture;
        const std::string words = "The harbour was built of stone, and the stone came by boat. ";
        const auto file = fixture.write(
            "published.jsonl",
            nlohmann::json{{"text", words + words}, {"source", {{"model", "other"}}}, {"n", 3}}.dump() +
                "\n\n" + nlohmann::json{{"text", "One more line."}, {"ids", nullptr}}.dump() + "\r\n" +
                nlohmann::json{{"ids", {5, 6, 7}}, {"text", "not read"}, {"log_prob", -1.5}}.dump());
        const auto profile = [&](const std::string& spec, const std::string& name) {
            return fixture.run(StageFixture::make("profile", "sample", {}, {spec}), name);
        };
        const auto records = profile("tokens:" + file, "records");
        QCOMPARE(records["sequences"].get<int>(), 3);
        QVERIFY(records["tokens"].get<int>() > 20);
        QVERIFY(cv(records) > 0);
        for (const char* name : {"distinct1", "distinct8", "zlib_ratio", "cycle_share"})
            QVERIFY2(records["quality"][name]["q50"].is_number(), name);
        QCOMPARE(profile("tokens:" + file + "?length=4", "cut")["tokens"].get<int>(), 4 + 4 + 3);
        // Joined with EOS and cut into windows, as other text is.
        const auto joined = profile("jsonl:" + file + "#text?samples=2&length=16", "joined");
        QCOMPARE(joined["tokens"].get<int>(), 32);
    }

    // Random ids have no text to compress, and no cycle.
    void quality_without_a_tokenizer() {
        StageFixture fixture;
        const auto result =
            fixture.run(StageFixture::make("profile", tiny, {}, {"tokens:" + id_records(fixture)}), "run");
        QVERIFY(result["quality"]["zlib_ratio"].is_null());
        QVERIFY(result["quality"]["distinct1"]["mean"].get<double>() > 0);
    }
};

QTEST_GUILESS_MAIN(TestTokenSets)
#include "tst_token_sets.moc"
