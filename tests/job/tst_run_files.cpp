// Events and state of a run: what survives a crash, a full disk, damage.
#include "core/job/run_store.h"
#include "tests/job/run_fixture.h"

#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <thread>

using namespace moequant;

class TestRunFiles : public RunTest {
    Q_OBJECT
  private Q_SLOTS:
    void init() { new_folder(); }
    void events();
    void torn_events_data();
    void torn_events();
    void state();
    void damaged_state_data();
    void damaged_state();
    void killed_while_saving_state();
    void full_disk();
};

void TestRunFiles::events() {
    Job job = this->job();
    {
        Run run(job);
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&run, i] {
                for (int k = 0; k < 50; ++k) {
                    json line = {{"id", 1}, {"event", "linear"}, {"from", i}, {"text", "a\nb\xff"}};
                    run.append_event(line);
                }
            });
        for (auto& thread : threads)
            thread.join();
    }
    auto events = read_events(run());
    QCOMPARE(events.size(), std::size_t(200));
    for (std::size_t i = 0; i < events.size(); ++i)
        QCOMPARE(events[i]["seq"].get<std::size_t>(), i + 1); // the line number
    QCOMPARE(read_events(run(), 150).size(), std::size_t(51));
    QCOMPARE(read_events(run(), 201).size(), std::size_t(0));
    const double t = events.back()["t"].get<double>();
    Run run(job);
    json line = {{"event", "layer"}};
    run.append_event(line);
    QCOMPARE(line["seq"].get<int>(), 201);
    QVERIFY(line["t"].get<double>() >= t); // time goes on where it stopped
}

void TestRunFiles::torn_events_data() {
    QTest::addColumn<QByteArray>("tail");
    QTest::newRow("half a line") << QByteArray("{\"event\":\"la");
    QTest::newRow("whole object without newline") << QByteArray("{\"event\":\"layer\"}");
    QTest::newRow("newline without the rest") << QByteArray("{\"event\n");
    QTest::newRow("zeros") << QByteArray("\0\0\0\0", 4);
    QTest::newRow("zeros and newline") << QByteArray("\0\0\0\n", 4);
}

void TestRunFiles::torn_events() {
    QFETCH(QByteArray, tail);
    Job job = this->job();
    {
        Run run(job);
        for (int i = 0; i < 3; ++i) {
            json line = {{"event", "layer"}};
            run.append_event(line);
        }
    }
    const std::string whole = read_bytes(run() / "events.jsonl");
    std::ofstream(run() / "events.jsonl", std::ios::binary | std::ios::app).write(tail.data(), tail.size());
    QCOMPARE(read_events(run()).size(), std::size_t(3));
    Run run(job);
    QCOMPARE(read_bytes(run.path("events.jsonl")), whole);
    json line = {{"event", "layer"}};
    run.append_event(line);
    QCOMPARE(line["seq"].get<int>(), 4);
}

void TestRunFiles::state() {
    Job job = this->job();
    {
        Run run(job);
        QVERIFY(!run.load_state("a"));
        run.save_state("a", "one");
        run.save_state("a", "two");
        run.save_state("b", std::string(100000, 'b'));
        QCOMPARE(read_bytes(*run.load_state("a")), std::string("two"));
        for (const char* bad : {"", "../x", "a/b", "state.json", ".x"})
            QVERIFY_EXCEPTION_THROWN(run.save_state(bad, "x"), std::invalid_argument);
        const auto failing = [](const fs::path& file) {
            write_bytes(file, "half");
            throw RunError("full");
        };
        QVERIFY_EXCEPTION_THROWN(run.save_state("a", failing), RunError);
        QCOMPARE(read_bytes(*run.load_state("a")), std::string("two"));
    }
    Run run(job);
    QCOMPARE(read_bytes(*run.load_state("a")), std::string("two"));
    QCOMPARE(read_bytes(*run.load_state("b")), std::string(100000, 'b'));
    run.remove_state("b");
    QVERIFY(!run.load_state("b"));
    int files = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(run.path("state")))
        ++files;
    QCOMPARE(files, 2); // state.json and a: nothing outdated, nothing temporary
}

void TestRunFiles::damaged_state_data() {
    QTest::addColumn<QString>("damage");
    for (const char* damage : {"flip", "cut", "remove", "list", "empty list"})
        QTest::newRow(damage) << damage;
}

void TestRunFiles::damaged_state() {
    QFETCH(QString, damage);
    Job job = this->job();
    fs::path file;
    {
        Run run(job);
        run.save_state("a", "content");
        run.save_state("b", "other");
        file = *run.load_state("a");
    }
    if (damage == "flip")
        std::ofstream(file) << "c0ntent";
    else if (damage == "cut")
        fs::resize_file(file, 3);
    else if (damage == "remove")
        fs::remove(file);
    else
        std::ofstream(run() / "state/state.json")
            << (damage == "list" ? "{\"a\": {\"file\": \"a\", \"sha" : "");
    Run run(job);
    int warnings = 0;
    const EventSink sink = [&](const Event& event) { warnings += event.name == "warning"; };
    QVERIFY(!run.load_state("a", sink));
    QCOMPARE(warnings, 1);
    QCOMPARE(bool(run.load_state("b", sink)), !damage.contains("list"));
    run.save_state("a", "again");
    QCOMPARE(read_bytes(*run.load_state("a")), std::string("again"));
}

void TestRunFiles::killed_while_saving_state() {
    Job job = this->job();
    const int code = in_child([&] {
        Run run(job);
        run.save_state("a", "old");
        run.save_state("a", [](const fs::path& file) {
            write_bytes(file, "ne");
            ::kill(::getpid(), SIGKILL);
        });
        return 0;
    });
    QCOMPARE(code, -SIGKILL);
    Run run(job);
    QCOMPARE(read_bytes(*run.load_state("a")), std::string("old"));
    int files = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(run.path("state")))
        ++files;
    QCOMPARE(files, 2); // the torn temporary file is swept away
}

void TestRunFiles::full_disk() {
    const int code = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        Job job = this->job();
        Run run(job);
        json line = {{"event", "layer"}, {"text", std::string(1000, 'x')}};
        run.append_event(line);
        const rlimit limit{4000, 4000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        int failures = 0;
        try {
            run.save_state("a", std::string(10000, 'x'));
        } catch (const RunError&) {
            ++failures;
        }
        try {
            for (int i = 0; i < 10; ++i)
                run.append_event(line);
        } catch (const RunError&) {
            ++failures;
        }
        try {
            run.finish({{"x", std::string(10000, 'x')}});
        } catch (const RunError&) {
            ++failures;
        }
        return failures;
    });
    QCOMPARE(code, 3);
    QVERIFY(!fs::exists(run() / "result.json"));
    const std::string text = read_bytes(run() / "events.jsonl");
    QVERIFY(text.ends_with("\n")); // no torn line
    Job job = this->job();
    QVERIFY(Run(job).resumed());
}

QTEST_APPLESS_MAIN(TestRunFiles)
#include "tst_run_files.moc"
