// Run folders: what they hold, when a run goes on and when it is refused, who may use one.
#include "core/job/run_store.h"
#include "tests/job/run_fixture.h"

#include <QRegularExpression>

#include <csignal>
#include <fstream>

using namespace moequant;

class TestRun : public RunTest {
    Q_OBJECT
  private Q_SLOTS:
    void init() { new_folder(); }
    void default_place();
    void record();
    void goes_on();
    void different_job_is_refused_data();
    void different_job_is_refused();
    void places_may_change();
    void finished();
    void fresh();
    void foreign_folder();
    void damaged_record();
    void refused_leaves_no_folder();
    void locked_by_a_live_process();
    void lock_of_a_killed_process_is_void();
    void listing();
};

void TestRun::default_place() {
    Job job = this->job();
    job.run.reset();
    const Run run(job);
    QCOMPARE(run.folder().parent_path(), root() / "data/moequant/runs");
    const QRegularExpression form("^\\d{8}-\\d{6}-quantize-my_model-[0-9a-f]{4}$");
    QVERIFY2(form.match(QString::fromStdString(run.name())).hasMatch(), run.name().c_str());
    QCOMPARE(*job.run, run.folder().string());
}

void TestRun::record() {
    Job job = this->job();
    {
        Run run(job);
        QVERIFY(!run.resumed() && !run.stored_result());
        run.record("device", "cpu");
    }
    const auto record = json::parse(read_bytes(run() / "job.json"));
    for (const char* key : {"schema", "kind", "model", "options", "corpus", "output", "run", "stages"})
        QVERIFY2(record.contains(key), key);
    QVERIFY(record["inputs"] == job.inputs);
    QVERIFY(record["environment"]["device"] == "cpu");
    for (const char* key : {"version", "cpu", "cpu_features", "created", "mkl_cbwr"})
        QVERIFY2(record["environment"].contains(key), key);
    const StoredRun stored = read_run(run());
    QVERIFY(to_json(stored.job) == to_json(job));
    QVERIFY(!stored.result);
}

void TestRun::goes_on() {
    Job job = this->job();
    {
        Run run(job);
        run.save_state("layer-0", "zero");
    }
    Job again = this->job();
    Run run(again);
    QVERIFY(run.resumed());
    QCOMPARE(read_bytes(*run.load_state("layer-0")), std::string("zero"));
}

void TestRun::different_job_is_refused_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("option") << "bits"
                            << "3";
    QTest::newRow("switch") << "agq"
                            << "true";
    QTest::newRow("seed") << "seed"
                          << "5";
    QTest::newRow("corpus") << "corpus"
                            << "\"c4?samples=1\"";
    QTest::newRow("input") << "inputs.model/config.json"
                           << "{\"size\":3}";
}

void TestRun::different_job_is_refused() {
    QFETCH(QString, key);
    QFETCH(QString, value);
    {
        Job job = this->job();
        Run run(job);
        run.save_state("layer-0", "zero");
    }
    Job other = this->job();
    const auto parsed = json::parse(value.toStdString());
    if (key == "corpus")
        other.corpus = {parsed.get<std::string>()};
    else if (key.startsWith("inputs"))
        other.inputs["model/config.json"] = parsed;
    else
        other.options[key.toStdString()] = parsed;
    const std::string before = read_bytes(run() / "job.json");
    const std::string text = refusal([&] { Run run(other); });
    QVERIFY2(contains(text, key.toStdString()), text.c_str());
    QVERIFY2(contains(text, run().string()), text.c_str());
    QCOMPARE(read_bytes(run() / "job.json"), before);
    Job same = this->job();
    QVERIFY(Run(same).load_state("layer-0")); // still there for the right job
}

void TestRun::places_may_change() {
    {
        Job job = this->job();
        Run run(job);
    }
    Job job = this->job();
    job.model = "/elsewhere/model";
    job.output = "/out";
    job.options["threads"] = 3;
    job.options["device"] = "cuda:1";
    job.options["memory"] = "8GB";
    Run run(job);
    QVERIFY(run.resumed());
    QCOMPARE(read_run(run.folder()).job.model, std::string("/elsewhere/model"));
}

void TestRun::finished() {
    const json result = {{"linears", json::array()}, {"seconds", 1.5}};
    {
        Job job = this->job();
        Run run(job);
        run.save_state("layer-0", "zero");
        run.finish(result);
    }
    QVERIFY(!fs::exists(run() / "state"));
    QVERIFY(json::parse(read_bytes(run() / "result.json")) == result);
    Job again = this->job();
    {
        Run run(again);
        QVERIFY(!run.resumed());
        QVERIFY(run.stored_result() && *run.stored_result() == result);
    }
    Job other = this->job();
    other.options["bits"] = 3;
    QVERIFY(contains(refusal([&] { Run run(other); }), "options.bits"));
}

void TestRun::fresh() {
    {
        Job job = this->job();
        Run run(job);
        json line = {{"event", "layer"}};
        run.append_event(line);
        run.finish({{"x", 1}});
    }
    std::ofstream(run() / "artifact") << "old";
    Job job = this->job();
    job.options["fresh"] = true;
    job.options["bits"] = 3;
    {
        Run run(job);
        QVERIFY(!run.resumed() && !run.stored_result());
        QCOMPARE(run.last_seq(), 0);
    }
    QVERIFY(!fs::exists(run() / "artifact"));
    job.options["fresh"] = false; // the wish is no part of what is stored
    QVERIFY(Run(job).resumed());
}

void TestRun::foreign_folder() {
    fs::create_directories(run());
    std::ofstream(run() / "precious") << "data";
    for (bool fresh : {false, true}) {
        Job job = this->job();
        job.options["fresh"] = fresh;
        QVERIFY(contains(refusal([&] { Run run(job); }), run().string()));
        QCOMPARE(read_bytes(run() / "precious"), std::string("data"));
        QVERIFY(!fs::exists(run() / "job.json"));
    }
    Job file = this->job();
    file.run = (run() / "precious").string();
    QVERIFY(contains(refusal([&] { Run run(file); }), "precious"));
    fs::remove(run() / "precious");
    Job job = this->job();
    QVERIFY(!Run(job).resumed()); // an empty folder will do
}

void TestRun::damaged_record() {
    fs::create_directories(run());
    for (const char* text : {"", "{", "[]", "{\"kind\":\"nothing\"}"}) {
        std::ofstream(run() / "job.json") << text;
        Job job = this->job();
        QVERIFY(contains(refusal([&] { Run run(job); }), (run() / "job.json").string()));
    }
    QVERIFY(list_runs(root()).empty() || list_runs(root()).front().kind == "nothing");
}

void TestRun::refused_leaves_no_folder() {
    Job job = this->job();
    job.run = "/proc/nowhere/run";
    QVERIFY_EXCEPTION_THROWN(Run{job}, RunError);
    QVERIFY(!fs::exists("/proc/nowhere"));
}

void TestRun::locked_by_a_live_process() {
    int ready[2], done[2];
    QCOMPARE(::pipe(ready), 0);
    QCOMPARE(::pipe(done), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        Job job = this->job();
        const Run run(job);
        char byte = 'r';
        if (::write(ready[1], &byte, 1) != 1 || ::read(done[0], &byte, 1) != 1)
            ::_exit(1);
        ::_exit(0);
    }
    char byte = 0;
    QCOMPARE(::read(ready[0], &byte, 1), 1);
    QVERIFY(is_locked(run()));
    QVERIFY(list_runs(root()).front().running);
    Job job = this->job();
    job.options["fresh"] = true; // not even then
    const std::string text = refusal([&] { Run run(job); });
    QVERIFY2(contains(text, "process " + std::to_string(child)), text.c_str());
    QVERIFY(fs::exists(run() / "job.json"));
    QCOMPARE(::write(done[1], &byte, 1), 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    QCOMPARE(status, 0);
    QVERIFY(!is_locked(run()));
    QVERIFY(!Run(job).stored_result());
}

void TestRun::lock_of_a_killed_process_is_void() {
    const int code = in_child([&] {
        Job job = this->job();
        Run run(job);
        run.save_state("layer-0", "zero");
        ::kill(::getpid(), SIGKILL);
        return 0;
    });
    QCOMPARE(code, -SIGKILL);
    QVERIFY(fs::file_size(run() / "lock") > 0); // its note is still there
    Job job = this->job();
    Run run(job);
    QVERIFY(run.resumed());
    QVERIFY(run.load_state("layer-0"));
}

void TestRun::listing() {
    QVERIFY(list_runs(root() / "missing").empty());
    Job job = this->job();
    {
        Run run(job);
        run.finish({{"x", 1}});
    }
    fs::create_directories(root() / "no run");
    fs::create_directories(root() / "damaged");
    std::ofstream(root() / "damaged/job.json") << "{";
    const auto runs = list_runs(root());
    QCOMPARE(runs.size(), std::size_t(1));
    QCOMPARE(runs[0].folder, run());
    QCOMPARE(runs[0].kind, std::string("quantize"));
    QCOMPARE(runs[0].model, std::string("/models/my model"));
    QVERIFY(runs[0].finished && !runs[0].running && !runs[0].time.empty());
    QVERIFY(read_run(run()).result.value() == json({{"x", 1}}));
    QVERIFY(contains(refusal([&] { read_run(root() / "no run"); }), "no run"));
}

QTEST_APPLESS_MAIN(TestRun)
#include "tst_run.moc"
