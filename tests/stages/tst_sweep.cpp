// Grids of EBSS runs: every cell is what `sample` gives, finished cells are kept, quantized ones are
// measured.
#include "core/stages/sweep_report.h"
#include "tests/stages/stage_fixture.h"
#include "tests/strict_main.h"

using namespace moequant;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const std::string model = std::string(MOEQUANT_SOURCE_DIR) + "/tests/data/decoder/qwen2_moe";

json small_grid() {
    return {{"tau", {0.5, "inf"}}, {"width", {1, 2}}, {"branching", {2}},
            {"sequences", 2},      {"length", 8},     {"seed", 5}};
}

std::string bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Times of every cell's result file.
std::map<std::string, fs::file_time_type> finished(const fs::path& run) {
    std::map<std::string, fs::file_time_type> times;
    for (const auto& cell : fs::directory_iterator(run / "cells"))
        if (fs::exists(cell.path() / "result.json"))
            times[cell.path().filename()] = fs::last_write_time(cell.path() / "result.json");
    return times;
}

std::string eval_set(const StageFixture& fixture) {
    std::string lines;
    for (int s = 0; s < 4; ++s) {
        json ids = json::array();
        for (int i = 0; i < 16; ++i)
            ids.push_back(3 + (s * 17 + i * i * 5 + i) % 90);
        lines += json{{"ids", ids}}.dump() + "\n";
    }
    return "tokens:" + fixture.write("held-out.jsonl", lines);
}

} // namespace

class TestSweep : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void cells_are_what_sample_gives() {
        StageFixture fixture;
        const json result = fixture.run(StageFixture::make("sweep", model, small_grid()), "sweep");
        QCOMPARE(int(result["cells"].size()), 4);
        std::vector<std::pair<json, json>> axes;
        for (const json& cell : result["cells"]) {
            axes.emplace_back(cell["tau"], cell["width"]);
            json options = small_grid();
            options["tau"] = cell["tau"];
            options["width"] = cell["width"];
            options["branching"] = cell["branching"];
            const std::string name = "alone-" + std::to_string(axes.size());
            const json alone = fixture.run(StageFixture::make("sample", model, options), name);
            QVERIFY(cell["balance"] == alone["balance"]);
            QVERIFY(cell["perplexity"] == alone["perplexity"]);
            QVERIFY(cell["degenerate_share"] == alone["degenerate_share"]);
            QVERIFY(cell["evaluation"].is_null());
            QCOMPARE(bytes(cell["set"].get<std::string>()), bytes(fixture.path(name) + "/set.jsonl"));
        }
        QVERIFY(axes == (std::vector<std::pair<json, json>>{{0.5, 1}, {0.5, 2}, {"inf", 1}, {"inf", 2}}));
        const QString text = QString::fromStdString(result["text"]);
        QVERIFY(text.contains("CV of expert usage") && text.contains("w 2"));
        const QStringList csv = QString::fromStdString(bytes(result["csv"].get<std::string>())).split("\r\n");
        QCOMPARE(int(csv.size()), 6); // heading, four cells, the end
        QVERIFY(csv[0].startsWith("tau,width,branching,std_share"));
        QVERIFY(csv[4].startsWith("inf,2,"));
    }

    void doubles_count_once() {
        StageFixture fixture;
        json options = small_grid();
        options["tau"] = {1.0, 1.0};
        options["width"] = {1};
        const json result = fixture.run(StageFixture::make("sweep", model, options), "sweep");
        QCOMPARE(int(result["cells"].size()), 1);
    }

    // Stopped in the third cell, the same job goes on with the third.
    void goes_on_after_a_stop() {
        StageFixture fixture;
        Job job = StageFixture::make("sweep", model, small_grid());
        job.run = fixture.path("sweep");
        resolve_defaults(job);
        prepare_job(job);
        {
            Run run(job);
            const EventSink stop_at_third = [&](const Event& event) {
                if (event.name == "progress" &&
                    event.fields["stage"].get<std::string>().find("(3 of 4)") != std::string::npos)
                    fixture.stop.request_stop();
            };
            StageContext context{fixture.session, &run, stop_at_third, fixture.stop.get_token()};
            QVERIFY_THROWS_EXCEPTION(Cancelled, run_job(job, context));
        }
        const auto before = finished(*job.run);
        QCOMPARE(int(before.size()), 2);
        QVERIFY(!fs::exists(fixture.path("sweep") + "/result.json"));
        const std::string csv = bytes(fixture.path("sweep") + "/sweep.csv");
        QCOMPARE(int(std::count(csv.begin(), csv.end(), '\n')), 3); // what is done can be read meanwhile
        fixture.stop = {};
        const json result = fixture.run(job, "sweep");
        QCOMPARE(int(result["cells"].size()), 4);
        const auto after = finished(*job.run);
        QCOMPARE(int(after.size()), 4);
        for (const auto& [name, time] : before)
            QVERIFY(after.at(name) == time);
        StageFixture other;
        const json whole = other.run(StageFixture::make("sweep", model, small_grid()), "sweep");
        for (int i = 0; i < 4; ++i)
            QCOMPARE(bytes(result["cells"][i]["set"].get<std::string>()),
                     bytes(whole["cells"][i]["set"].get<std::string>()));
    }

    // The evaluation of a cell is what `quantize` and `evaluate` give by hand.
    void quantized_cells() {
        StageFixture fixture;
        const std::string spec = eval_set(fixture);
        json options = small_grid();
        options["tau"] = {0.5};
        options.update({{"quantize", true}, {"bits", 4}, {"group_size", -1}, {"perplexity", {spec}}});
        const json result = fixture.run(StageFixture::make("sweep", model, options), "sweep");
        const fs::path run = fixture.path("sweep");
        QVERIFY(result["float"]["perplexity"][spec]["value"].get<double>() > 1);
        for (const json& cell : result["cells"]) {
            const std::string name = "width-" + cell["width"].dump();
            Job quantize = StageFixture::make("quantize", model, {{"group_size", -1}, {"seed", 5}},
                                              {"tokens:" + cell["set"].get<std::string>()});
            quantize.output = fixture.path(name);
            fixture.run(quantize, "quantize-" + name);
            const json by_hand =
                fixture.run(StageFixture::make("evaluate", fixture.path(name), {{"perplexity", {spec}}}),
                            "evaluate-" + name);
            QVERIFY(cell["evaluation"]["perplexity"] == by_hand["perplexity"]);
            QVERIFY(cell["evaluation"]["checkpoint"].is_null());
            QVERIFY(!fs::exists(run / "cells" / ("tau-0.5-" + name + "-branching-2") / "quantize" /
                                "checkpoint"));
        }
        QVERIFY(result["text"].get<std::string>().find("quantized " + spec) != std::string::npos);
        // the checkpoints are gone, yet the cells are finished
        const auto before = finished(run);
        fs::remove(run / "result.json");
        const json again = fixture.run(StageFixture::make("sweep", model, options), "sweep");
        QVERIFY(again == result);
        QVERIFY(finished(run) == before);
    }

    void checkpoints_can_be_kept() {
        StageFixture fixture;
        json options = small_grid();
        options.update({{"tau", {0.5}},
                        {"width", {1}},
                        {"quantize", true},
                        {"agq", true},
                        {"group_size", -1},
                        {"keep_checkpoints", true},
                        {"perplexity", {eval_set(fixture)}}});
        const json result = fixture.run(StageFixture::make("sweep", model, options), "sweep");
        const json& evaluation = result["cells"][0]["evaluation"];
        QVERIFY(evaluation["agq"] == true);
        QVERIFY(fs::exists(fs::path(evaluation["checkpoint"].get<std::string>()) / "config.json"));
    }

    void refusals_data() {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("named");
        QTest::addRow("wider than the vocabulary") << R"({"width":[1,250]})"
                                                   << "width 250";
        QTest::addRow("too long") << R"({"length":100000})"
                                  << "--length";
        QTest::addRow("no legal tau") << R"({"tau":[]})"
                                      << "tau";
        QTest::addRow("group") << R"({"quantize":true,"perplexity":["builtin:prose"],"group_size":24})"
                               << "24";
        QTest::addRow("no such corpus")
            << R"({"quantize":true,"group_size":-1,"perplexity":["tokens:/nowhere.jsonl"]})"
            << "/nowhere.jsonl";
        QTest::addRow("nothing to measure") << R"({"quantize":true})"
                                            << "--perplexity";
    }
    // All before the first cell: no run folder is left.
    void refusals() {
        QFETCH(QString, options);
        QFETCH(QString, named);
        StageFixture fixture;
        json all = small_grid();
        all.update(json::parse(options.toStdString()));
        const QString said = QString::fromStdString(fixture.refusal(StageFixture::make("sweep", model, all)));
        QVERIFY2(said.contains(named), qPrintable("refusal: '" + said + "'"));
        QVERIFY(!said.contains('\n'));
    }

    void report() {
        json cells = json::array();
        for (const int branching : {2, 4})
            for (const double tau : {0.5, 1.0})
                for (const int width : {3, 4})
                    cells.push_back({{"tau", tau},
                                     {"width", width},
                                     {"branching", branching},
                                     {"balance", {{"cv", tau * width * branching}}},
                                     {"perplexity", 7.5},
                                     {"degenerate_share", 0.25},
                                     {"seconds", 1.5},
                                     {"tokens_per_second", 100.0},
                                     {"set", "/a \"b\",c.jsonl"},
                                     {"evaluation", {{"perplexity", {{"c4", {{"value", 9.25}}}}}}}});
        const json result = {{"cells", cells}, {"float", {{"perplexity", {{"c4", {{"value", 8.0}}}}}}}};
        const QString text = QString::fromStdString(sweep_text(result));
        QVERIFY(text.contains("CV of expert usage, branching 2\ntau     w 3     w 4\n0.5  3.0000  4.0000\n"
                              "  1  6.0000  8.0000\n"));
        QVERIFY(text.contains("on c4, branching 4"));
        QVERIFY(text.contains("float model on c4: 8.0000"));
        const QString csv = QString::fromStdString(sweep_csv(result));
        QVERIFY(csv.contains("\"/a \"\"b\"\",c.jsonl\",9.25\r\n"));
        QVERIFY(csv.contains(",quantized_perplexity/c4\r\n0.5,3,2,,,,3,"));
    }
};

STRICT_TEST_MAIN(TestSweep)
#include "tst_sweep.moc"
