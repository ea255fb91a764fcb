// `hessian-lab` as a job: its document, refusals, going on, and that threads change nothing.
#include "core/job/run_store.h"
#include "tests/stages/quantize_fixture.h"
#include "tests/strict_main.h"

#include <cmath>
#include <set>

using namespace moequant;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const std::string model = fixtures + "qwen2_moe";

json small(json more = json::object()) {
    json options = {{"epsilon", {1e-4, 1e-3, 1e-2, 0.1}},
                    {"n", {4, 16, 64}},
                    {"resamples", 20},
                    {"entries", 2},
                    {"curve_n", {4, 8, 16}},
                    {"group_size", -1},
                    {"bits", 3}};
    options.update(more);
    return options;
}

json without_times(json result) {
    result.erase("seconds");
    return result;
}

std::string bytes(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

class TestHessianLab : public QObject {
    Q_OBJECT
  private:
    static Job lab(const StageFixture& fixture, const json& more = json::object(),
                   const std::string& on = model) {
        return StageFixture::make("hessian-lab", on, small(more), {"tokens:" + small_set(fixture)});
    }

  private Q_SLOTS:
    void losses_data() {
        QTest::addColumn<QString>("family");
        QTest::addColumn<QString>("loss");
        QTest::addColumn<QString>("linear");
        for (const char* loss : {"expert", "layer", "model"})
            for (const char* linear : {"gate", "up", "down"})
                QTest::addRow("%s of %s", loss, linear) << "qwen2_moe" << loss << linear;
        for (const char* family : {"mixtral", "deepseek"})
            for (const char* loss : {"expert", "model"})
                QTest::addRow("%s: %s", family, loss) << family << loss << "gate";
    }

    void losses() {
        QFETCH(QString, family);
        QFETCH(QString, loss);
        QFETCH(QString, linear);
        StageFixture fixture;
        const json options = {{"loss", loss.toStdString()}, {"linear", linear.toStdString()}};
        const json result = fixture.run(lab(fixture, options, fixtures + family.toStdString()), "lab");
        const json& study = result["study"];
        QCOMPARE(study["loss"], json(loss.toStdString()));
        QCOMPARE(study["unit"], json(loss == "model" ? "sequences" : "tokens"));
        QCOMPARE(study["quadratic"].get<bool>(), loss != "model" && linear != "gate");
        QVERIFY(study["curvature"].get<double>() > 0 && study["sigma"].get<double>() > 0);
        QCOMPARE(int(study["entries"].size()), 2);
        QVERIFY(study["entries"][0]["i"] == study["entries"][0]["j"]);
        QVERIFY(study["entries"][1]["i"] != study["entries"][1]["j"]);
        // 2 schemes × 4 ε × (2 drawn samplings × 3 n + exact) and 2 products × (3 n + exact)
        QCOMPARE(int(result["points"].size()), 2 * 4 * 7 + 2 * 4);
        for (const json& point : result["points"])
            for (const char* key : {"bias", "variance", "rounding"})
                QVERIFY(point[key].is_number() && point[key].get<double>() >= 0);
        QVERIFY(result["orders"].size() >= 6);
        QCOMPARE(int(result["source_term"].size()), 4);
        QVERIFY(!result["experts"].empty() && !result["curve"].empty());
        QVERIFY(result["correlation"]["slope_n"].get<double>() < 0);
        QVERIFY(QString::fromStdString(result["text"]).contains("variance in n"));
        const QString csv = QString::fromStdString(bytes(fixture.path("lab") + "/points.csv"));
        QCOMPARE(int(csv.count("\r\n")), 1 + int(result["points"].size()));
        QVERIFY(csv.startsWith("bias,bias_error,dominated,epsilon,estimator,flips,n,predicted.bias"));
        QVERIFY(!fs::exists(fixture.path("lab") + "/state"));
    }

    // Calibration and reference are every second sequence; every expert's tokens add up.
    void experts_get_all_tokens() {
        StageFixture fixture;
        const json result = fixture.run(lab(fixture), "lab");
        std::int64_t own = 0, other = 0;
        std::set<std::pair<int, int>> seen;
        for (const json& expert : result["experts"]) {
            own += expert["tokens"].get<int>();
            other += expert["reference_tokens"].get<int>();
            seen.insert({expert["layer"].get<int>(), expert["expert"].get<int>()});
        }
        QCOMPARE(int(seen.size()), 2 * 8);
        QCOMPARE(own, 2 * 4 * 24 * 3); // layers × sequences × tokens × top-k
        QCOMPARE(other, own);
    }

    void a_reference_of_its_own() {
        StageFixture fixture;
        const std::string set = "tokens:" + small_set(fixture);
        const json result = fixture.run(lab(fixture, {{"reference", set}}), "lab");
        for (const json& expert : result["experts"]) {
            QCOMPARE(expert["tokens"], expert["reference_tokens"]);
            if (expert["tokens"].get<int>() > 0) { // the same tokens
                QCOMPARE(expert["hessian_error"].get<double>(), 0.0);
                QCOMPARE(expert["quantization_error"], expert["reference_error"]);
            }
        }
    }

    void scopes_data() {
        QTest::addColumn<QString>("experts");
        QTest::addColumn<int>("count");
        QTest::newRow("layer") << "layer" << 8;
        QTest::newRow("one") << "one" << 1;
        QTest::newRow("none") << "none" << 0;
    }
    void scopes() {
        QFETCH(QString, experts);
        QFETCH(int, count);
        StageFixture fixture;
        const json result = fixture.run(
            lab(fixture, {{"experts", experts.toStdString()}, {"layer", 1}, {"expert", 2}}), "lab");
        QCOMPARE(int(result["experts"].size()), count);
        for (const json& expert : result["experts"])
            QCOMPARE(expert["layer"].get<int>(), 1);
        QCOMPARE(result["correlation"].is_null(), count == 0);
    }

    void polynomial_needs_no_corpus() {
        StageFixture fixture;
        Job job = lab(fixture, {{"loss", "polynomial"}, {"experts", "none"}, {"population", 256}});
        job.corpus.clear();
        const json result = fixture.run(job, "lab");
        QCOMPARE(result["study"]["unit"], json("samples"));
        QVERIFY(result["study"]["layer"].is_null() && result["corpus"].is_null());
        QVERIFY(result["source_term"].size() == 4);
    }

    // Named row and entries are taken; drawn ones come from the seed.
    void named_entries() {
        StageFixture fixture;
        const json result =
            fixture.run(lab(fixture, {{"row", 5}, {"entry", {"3:17", "4"}}, {"experts", "none"}}), "lab");
        QCOMPARE(result["study"]["row"].get<int>(), 5);
        QCOMPARE(result["study"]["entries"][0]["j"].get<int>(), 17);
        QCOMPARE(result["study"]["entries"][1]["i"].get<int>(), 4);
        QCOMPARE(result["study"]["entries"][1]["j"].get<int>(), 4);
        const json a = fixture.run(lab(fixture, {{"experts", "none"}, {"seed", 1}}), "a")["study"],
                   b = fixture.run(lab(fixture, {{"experts", "none"}, {"seed", 2}}), "b")["study"];
        QVERIFY(a["row"] != b["row"] || a["entries"] != b["entries"]);
    }

    void flips_are_warned_of() {
        StageFixture fixture;
        const json result = fixture.run(lab(fixture, {{"loss", "model"},
                                                      {"routing", "free"},
                                                      {"linear", "down"},
                                                      {"epsilon", {1e-3, 100.0}},
                                                      {"experts", "none"}}),
                                        "lab");
        bool flipped = false;
        for (const json& point : result["points"])
            flipped = flipped || (point["epsilon"] == 100.0 && point["flips"].get<int>() > 0);
        QVERIFY(flipped);
        QVERIFY(result["warnings"].dump().find("routing flips") != std::string::npos);
    }

    void rounding_is_warned_of() {
        StageFixture fixture;
        const json result =
            fixture.run(lab(fixture, {{"epsilon", {1e-8, 1e-2}}, {"experts", "none"}}), "lab");
        QVERIFY(result["warnings"].dump().find("rounding dominates") != std::string::npos);
        QVERIFY(std::any_of(fixture.events.begin(), fixture.events.end(),
                            [](const Event& event) { return event.name == "warning"; }));
    }

    void bos_counts_nowhere() {
        StageFixture fixture;
        const json with = fixture.run(lab(fixture, {{"bos", "always"}}), "with");
        std::int64_t own = 0;
        for (const json& expert : with["experts"])
            own += expert["tokens"].get<int>();
        QCOMPARE(own, 2 * 4 * 24 * 3);
    }

    void threads_change_nothing() {
        StageFixture fixture;
        for (const char* loss : {"expert", "model"}) {
            const std::string name = loss;
            const json one = fixture.run(lab(fixture, {{"loss", loss}, {"threads", 1}}), name + "1"),
                       two = fixture.run(lab(fixture, {{"loss", loss}, {"threads", 2}}), name + "2");
            QCOMPARE(without_times(one).dump(), without_times(two).dump());
            QCOMPARE(bytes(fixture.path(name + "1/curve.csv")), bytes(fixture.path(name + "2/curve.csv")));
        }
    }

    // Stopped after the first layer, the same job goes on with the second and ends the same.
    void goes_on_after_a_stop() {
        StageFixture fixture;
        Job job = lab(fixture);
        job.run = fixture.path("stopped");
        resolve_defaults(job);
        check_job(job);
        prepare_job(job);
        {
            Run folder(job);
            std::stop_source stop;
            StageContext context{fixture.session, &folder,
                                 [&](const Event& event) {
                                     if (event.name == "layer")
                                         stop.request_stop();
                                 },
                                 stop.get_token()};
            try {
                run_job(job, context);
                QFAIL("went on");
            } catch (const Cancelled&) {
            }
        }
        QVERIFY(fs::exists(fixture.path("stopped") + "/state/curve-0.json"));
        QVERIFY(fs::exists(fixture.path("stopped") + "/state/study.json"));
        const json resumed = fixture.run(lab(fixture), "stopped"), whole = fixture.run(lab(fixture), "whole");
        QCOMPARE(without_times(resumed).dump(), without_times(whole).dump());
    }

    void refusals_data() {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* options, const char* text) {
            QTest::newRow(name) << QString(options) << QString(text);
        };
        row("layer", R"({"layer": 9})", "option layer");
        row("expert", R"({"expert": 8})", "option expert");
        row("row", R"({"row": 32})", "option row");
        row("entry", R"({"entry": ["3:32"]})", "option entry: '3:32'");
        row("entry without a number", R"({"entry": ["a:b"]})", "option entry");
        row("group size", R"({"group_size": 5})", "group");
        row("routing", R"({"routing": "free"})", "option routing");
        row("no epsilon", R"({"epsilon": []})", "option epsilon");
        row("epsilon", R"({"epsilon": [-1.0]})", "epsilon");
        row("no n", R"({"n": []})", "option n");
        row("no curve", R"({"curve_n": []})", "option curve-n");
        row("reference", R"({"reference": "text:missing.txt", "experts": "none"})", "option reference");
        row("missing reference", R"({"reference": "text:missing.txt"})", "missing.txt");
        row("memory", R"({"loss": "model", "memory": "1KiB"})", "in float64");
    }
    void refusals() {
        QFETCH(QString, options);
        QFETCH(QString, text);
        StageFixture fixture;
        const std::string said = fixture.refusal(lab(fixture, json::parse(options.toStdString())));
        QVERIFY2(said.find(text.toStdString()) != std::string::npos, said.c_str());
    }

    void needs_a_corpus() {
        StageFixture fixture;
        Job job = lab(fixture);
        job.corpus.clear();
        QVERIFY(fixture.refusal(job).find("--corpus") != std::string::npos);
    }

    void one_sequence_is_too_few() {
        StageFixture fixture;
        Job job = lab(fixture);
        job.corpus = {"tokens:" + fixture.write("one.jsonl", "{\"ids\": [3, 4, 5, 6, 7]}\n")};
        try {
            fixture.run(job, "lab");
            QFAIL("went on");
        } catch (const RequestError& error) {
            QVERIFY(std::string(error.what()).find("--reference") != std::string::npos);
        }
    }
};

STRICT_TEST_MAIN(TestHessianLab)
#include "tst_hessian_lab.moc"
