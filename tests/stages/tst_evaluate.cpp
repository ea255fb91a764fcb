// `evaluate` as a job: its document, the windows it stores, what it refuses.
#include "core/model/safetensors.h"
#include "tests/stages/stage_fixture.h"
#include "tests/strict_main.h"

#include <cmath>

using namespace moequant;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const std::string tiny = MOEQUANT_SOURCE_DIR "/tests/data/decoder/qwen2_moe";

std::string tokens_file(const StageFixture& fixture) {
    return "tokens:" + fixture.write("ids.jsonl", "{\"ids\": [1, 5, 9, 13, 2, 7]}\n{\"ids\": [3, 4, 8]}\n");
}

} // namespace

class TestEvaluate : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void document_and_windows() {
        StageFixture fixture;
        const std::string spec = tokens_file(fixture);
        const json result = fixture.run(
            StageFixture::make("evaluate", tiny, {{"perplexity", {spec}}, {"against", tiny}}), "run");
        const json& row = result["perplexity"][spec];
        QCOMPARE(row["tokens"], json(7));
        QCOMPARE(row["windows"], json(2));
        QCOMPARE(row["value"], json(std::exp(row["nll"].get<double>())));
        QCOMPARE(result["tasks"], json::object());
        QVERIFY(result["average"].is_null());
        const json& agreement = result["agreement"][spec];
        QCOMPARE(agreement["kl"], json(0.0));
        QCOMPARE(agreement["top1"], json(1.0));
        QCOMPARE(agreement["routing"], json(1.0));
        const SafetensorsFile windows(fixture.path("run/windows.safetensors"));
        QCOMPARE(windows.entries().at(spec).dtype, at::kDouble);
        const at::Tensor nll = windows.load(spec);
        QCOMPARE(nll.numel(), std::int64_t(2));
        QVERIFY(std::abs(nll.sum().item<double>() / 7 - row["nll"].get<double>()) < 1e-12);
        QCOMPARE(json::parse(windows.metadata().at("tokens"))[spec], json::array({5, 2}));
        QVERIFY(std::any_of(fixture.events.begin(), fixture.events.end(),
                            [](const Event& event) { return event.name == "progress"; }));
    }

    void no_agreement_without_a_reference() {
        StageFixture fixture;
        const json result = fixture.run(
            StageFixture::make("evaluate", tiny, {{"perplexity", {tokens_file(fixture)}}}), "run");
        QCOMPARE(result["agreement"], json::object());
    }

    void threads_do_not_matter() {
        StageFixture fixture;
        const std::string spec = "builtin:prose?samples=3&length=96";
        const auto run = [&](int threads) {
            return fixture.run(
                StageFixture::make("evaluate", "sample", {{"perplexity", {spec}}, {"threads", threads}}),
                "threads-" + std::to_string(threads));
        };
        const json one = run(1);
        QCOMPARE(run(2), one);
        QCOMPARE(one["perplexity"][spec]["tokens"], json(3 * 95));
        QVERIFY(one["perplexity"][spec]["value"].get<double>() > 1);
        QVERIFY(one["perplexity"][spec]["value"].get<double>() < 500);
    }

    void bos_is_fed_and_its_successor_scored() {
        StageFixture fixture;
        const std::string spec = "builtin:code?samples=1&length=64";
        const auto tokens = [&](const std::string& bos) {
            return fixture.run(
                StageFixture::make("evaluate", "sample", {{"perplexity", {spec}}, {"bos", bos}}),
                bos)["perplexity"][spec]["tokens"];
        };
        QCOMPARE(tokens("auto"), json(63));
        QCOMPARE(tokens("always"), json(64));
    }

    void refusals_data() {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("word");
        QTest::newRow("nothing to measure") << "{}"
                                            << "--perplexity";
        QTest::newRow("a set that must be sampled") << R"({"perplexity": ["ebss"]})"
                                                    << "ebss";
        QTest::newRow("no such corpus") << R"({"perplexity": ["builtin:poems"]})"
                                        << "poems";
        QTest::newRow("no such file") << R"({"perplexity": ["text:/nowhere.txt"]})"
                                      << "/nowhere.txt";
        QTest::newRow("no such reference") << R"({"perplexity": ["builtin:prose"], "against": "/nowhere"})"
                                           << "/nowhere";
    }

    void refusals() {
        QFETCH(QString, options);
        QFETCH(QString, word);
        StageFixture fixture;
        const std::string text =
            fixture.refusal(StageFixture::make("evaluate", "sample", json::parse(options.toStdString())));
        QVERIFY2(QString::fromStdString(text).contains(word), text.c_str());
    }

    void a_reference_of_another_shape_is_refused() {
        StageFixture fixture;
        const std::string mixtral = MOEQUANT_SOURCE_DIR "/tests/data/decoder/mixtral";
        QVERIFY_THROWS_EXCEPTION(
            RequestError,
            fixture.run(StageFixture::make("evaluate", tiny,
                                           {{"perplexity", {tokens_file(fixture)}}, {"against", mixtral}}),
                        "run"));
    }
};

STRICT_TEST_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
