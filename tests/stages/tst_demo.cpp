// The demo's plan, its parts, and going on after an interruption. The demo itself runs in minutes: it is the
// command, not a test.
#include "core/stages/demo_plan.h"
#include "core/stages/job_parts.h"
#include "core/stages/kinds.h"
#include "tests/stages/stage_fixture.h"
#include "tests/strict_main.h"

#include <set>

using namespace moequant;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

Job demo_job(json options = json::object()) {
    Job job = StageFixture::make("demo", "", std::move(options));
    job.options["offline"] = true;
    resolve_defaults(job);
    return job;
}

/// A data folder with a little of each corpus, of our own making.
std::string little_data(const StageFixture& fixture) {
    const fs::path data = fixture.path("data");
    const auto write = [&](const std::string& name, const std::string& text) {
        fs::create_directories((data / name).parent_path());
        std::ofstream(data / name) << text;
    };
    std::string prose, records, problems;
    for (int i = 0; i < 400; ++i) {
        prose += " A line of plain words number " + std::to_string(i) + " that stands for an article .\n";
        records += json{{"question", "How many are " + std::to_string(i) + " and one?"},
                        {"answer", "#### " + std::to_string(i + 1)},
                        {"text", "Some text " + std::to_string(i)}}
                       .dump() +
                   "\n";
        problems += json{{"task_id", "HumanEval/" + std::to_string(i)},
                         {"prompt", "def f" + std::to_string(i) + "(x):\n"},
                         {"canonical_solution", "    return x + " + std::to_string(i) + "\n"}}
                        .dump() +
                    "\n";
    }
    for (const char* part : {"train", "valid", "test"})
        write("wikitext-2/wiki." + std::string(part) + ".raw", prose);
    write("gsm8k/train.jsonl", records);
    write("gsm8k/test.jsonl", records);
    write("humaneval/HumanEval.jsonl", problems);
    write("c4/c4.jsonl", records);
    return data.string();
}

} // namespace

class TestDemo : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void without_data_the_built_in_corpora_stand_in() {
        StageFixture fixture;
        const DemoPlan plan = make_demo_plan(demo_job(), fixture.path("demo"));
        QCOMPARE(int(plan.corpora.size()), 3);
        QCOMPARE(plan.corpora[0].spec, std::string("builtin:prose?samples=max:32&length=512"));
        QCOMPARE(int(plan.calibrations.size()), 2);
        QCOMPARE(plan.calibrations[0].spec, std::string("builtin:prose?samples=64&length=512"));
        QCOMPARE(int(plan.notes.size()), 1);
        QVERIFY(plan.notes[0].find("wikitext2, c4, gsm8k, humaneval") != std::string::npos);
        int exported = 0;
        std::set<std::string> names;
        for (const DemoVariant& variant : plan.variants) {
            exported += variant.exported;
            names.insert(variant.name);
        }
        QCOMPARE(exported, 1);
        QCOMPARE(names,
                 (std::set<std::string>{"rtn-4bit", "rtn-3bit", "gptq-4bit-prose", "gptq-3bit-prose",
                                        "gptq-agq-4bit-prose", "gptq-agq-3bit-prose", "gptq-4bit-ebss",
                                        "gptq-3bit-ebss", "gptq-agq-4bit-ebss", "gptq-agq-3bit-ebss"}));
    }

    void with_data_the_real_ones_are_used() {
        StageFixture fixture;
        const DemoPlan plan =
            make_demo_plan(demo_job({{"data", little_data(fixture)}, {"seed", 3}}), fixture.path("demo"));
        QCOMPARE(int(plan.corpora.size()), 4);
        QVERIFY(plan.notes.empty());
        QCOMPARE(plan.calibrations[0].spec, std::string("wikitext2?samples=64&length=512&seed=3"));
    }

    void full_has_the_rows_of_the_seed_table() {
        StageFixture fixture;
        const std::string refused = [&] {
            try {
                make_demo_plan(demo_job({{"full", true}}), fixture.path("demo"));
            } catch (const RequestError& error) {
                return std::string(error.what());
            }
            return std::string();
        }();
        QVERIFY2(refused.find("moequant fetch") != std::string::npos, refused.c_str());
        const DemoPlan plan =
            make_demo_plan(demo_job({{"full", true}, {"data", little_data(fixture)}}), fixture.path("demo"));
        QCOMPARE(plan.samples, std::int64_t(128));
        QCOMPARE(int(plan.calibrations.size()), 5);
        const DemoCalibration &equal = plan.calibrations[1], &humaneval = plan.calibrations[2];
        QVERIFY(humaneval.title.starts_with("HumanEval ("));
        QCOMPARE(humaneval.against, std::size_t(1));
        const std::string count = equal.name.substr(std::string("wikitext2-").size());
        QVERIFY(std::stoi(count) > 0 && std::stoi(count) < 128);
        QCOMPARE(equal.spec, "wikitext2?samples=" + count + "&length=512");
        QCOMPARE(int(plan.variants.size()), 2 * (1 + 2 * 5));
        QCOMPARE(plan.corpora[1].spec, std::string("c4")); // every window
        QVERIFY(plan.notes.at(0).find("HumanEval") != std::string::npos);
    }

    void parts_are_jobs_that_the_command_accepts() {
        StageFixture fixture;
        const Job demo = demo_job({{"threads", 1}});
        const DemoPlan plan = make_demo_plan(demo, fixture.path("demo"));
        const auto parts = demo_parts(plan, demo);
        QCOMPARE(int(parts.size()), 1 + 2 + 1 + 2 * 10);
        std::set<std::string> names;
        for (const JobPart& part : parts) {
            QVERIFY(names.insert(part.name).second);
            QVERIFY(part.weight > 0);
            QCOMPARE(parse_job(to_json(part.job)).options, part.job.options);
            QCOMPARE(part.job.options["threads"], json(1));
        }
    }

    void the_folder_is_the_run() {
        StageFixture fixture;
        Job job = demo_job();
        job.output = fixture.path("there");
        prepare_demo(job);
        QCOMPARE(*job.run, fixture.path("there"));
        QVERIFY(!job.output);
        QVERIFY(job.inputs.contains("model/config.json"));
        Job both = demo_job();
        both.output = fixture.path("a");
        both.run = fixture.path("b");
        QVERIFY_THROWS_EXCEPTION(RequestError, prepare_demo(both));
    }

    void finished_parts_are_not_done_again() {
        StageFixture fixture;
        std::vector<JobPart> parts;
        for (const int length : {32, 48, 64}) {
            Job job = StageFixture::make("profile", "sample", {},
                                         {"builtin:code?samples=2&length=" + std::to_string(length)});
            resolve_defaults(job);
            parts.push_back({"usage-" + std::to_string(length), "usage", job, double(length)});
        }
        double last = 0;
        int usage_events = 0;
        const EventSink watch = [&](const Event& event) {
            usage_events += event.name == "usage";
            if (event.name != "progress")
                return;
            QVERIFY(event.fields["done"].get<double>() >= last);
            last = event.fields["done"].get<double>();
        };
        Session session;
        StageContext context{session, nullptr, watch, {}};
        JobParts first(context, fixture.path("runs"), 144);
        const json result = first.run(parts[0]);
        first.run(parts[1]);
        QVERIFY(last > 0 && last < 1000);
        const auto written = fs::last_write_time(first.folder("usage-32") / "result.json");
        last = 0;
        JobParts again(context, fixture.path("runs"), 144);
        for (const JobPart& part : parts) {
            const json each = again.run(part);
            if (part.name == "usage-32")
                QCOMPARE(each, result);
        }
        QVERIFY(fs::last_write_time(again.folder("usage-32") / "result.json") == written);
        QCOMPARE(usage_events, 0); // they stand in the parts' own event files
        QVERIFY(fs::file_size(again.folder("usage-64") / "events.jsonl") > 100);
    }
};

STRICT_TEST_MAIN(TestDemo)
#include "tst_demo.moc"
