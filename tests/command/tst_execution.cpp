// The command with scripted stages: exit codes, what goes to stdout, signals, resuming.
#include "core/job/run_store.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace moequant;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Output {
    int code;
    QByteArray out, error;
};

} // namespace

class TestExecution : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }
    void json_is_all_of_stdout();
    void exit_codes_data();
    void exit_codes();
    void run_folders();
    void resume();
    void finished_run_prints_its_result();
    void interrupted();
    void interrupted_twice();
    void run_again_by_folder();
    void print_job();
    void output_already_taken();
    void explained();

  private:
    void start(QProcess& process, const QStringList& arguments) const {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_DATA_HOME", folder_->filePath("data"));
        environment.remove("MKL_CBWR");
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(folder_->path());
        process.start(SCRIPTED_MOEQUANT, arguments);
    }
    Output run(const QStringList& arguments) const {
        QProcess process;
        start(process, arguments);
        process.waitForFinished(20000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }
    QStringList quantize(int layers, int milliseconds, const char* folder = "run") const {
        return {"quantize",     "m",
                "--corpus",     "c4",
                "--run",        folder,
                "--bits",       QString::number(layers),
                "--group-size", QString::number(milliseconds),
                "--json"};
    }
    fs::path path(const char* name) const { return folder_->filePath(name).toStdString(); }
    std::unique_ptr<QTemporaryDir> folder_;
};

void TestExecution::json_is_all_of_stdout() {
    const Output output = run({"inspect", "noisy warns", "--json", "--threads", "3"});
    QCOMPARE(output.code, 0);
    QVERIFY(json::parse(output.out.toStdString()) == json({{"model_type", "scripted"}, {"threads", 3}}));
    QVERIFY(output.error.contains("printf noise") && output.error.contains("cout noise"));
    QVERIFY(output.error.contains("3 experts saw fewer"));
    const Output people = run({"inspect", "m"});
    QVERIFY(people.out.contains("scripted") && !people.out.startsWith("{"));
}

void TestExecution::exit_codes_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("text");
    QTest::newRow("run failed") << QStringList{"inspect", "broken"} << 1 << "the device is on fire";
    QTest::newRow("disk full") << QStringList{"inspect", "full"} << 1 << "/out/weights: No space left";
    QTest::newRow("out of memory") << QStringList{"inspect", "greedy"} << 1 << "out of memory";
    QTest::newRow("bad tensor") << QStringList{"inspect", "late"} << 2
                                << "model.safetensors: tensor x holds NaN";
    QTest::newRow("missing model") << QStringList{"inspect", "missing"} << 2
                                   << "missing/config.json: No such file";
    QTest::newRow("bad option") << QStringList{"inspect", "m", "--no"} << 2 << "--no";
    QTest::newRow("nothing") << QStringList{} << 2 << "subcommand";
    QTest::newRow("a table in a document")
        << QStringList{"sample", "m", "--record", "1", "--explain", "0", "--json"} << 2 << "--json";
    QTest::newRow("not built") << QStringList{"evaluate", "m", "--perplexity", "c4", "--task", "boolq"} << 2
                               << "not built yet";
}

void TestExecution::exit_codes() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, text);
    const Output output = run(arguments);
    QCOMPARE(output.code, code);
    QVERIFY(output.out.isEmpty());
    QVERIFY2(output.error.contains(text.toUtf8()), output.error);
    QCOMPARE(output.error.count('\n'), 1); // one clear line
}

void TestExecution::run_folders() {
    const fs::path runs = path("data") / "moequant/runs";
    QCOMPARE(run({"inspect", "m"}).code, 0);
    QCOMPARE(run({"profile", "missing", "--corpus", "c4"}).code, 2);
    QCOMPARE(run({"profile", "m"}).code, 2);
    QVERIFY(!fs::exists(runs)); // neither keeps one
    QCOMPARE(run({"profile", "m", "--corpus", "c4"}).code, 0);
    QCOMPARE(list_runs(runs).size(), std::size_t(1));
    QVERIFY(list_runs(runs)[0].finished);
    QCOMPARE(run({"inspect", "m", "--run", "kept"}).code, 0);
    QVERIFY(read_run(path("kept")).result);
    QVERIFY(!read_run(path("kept")).environment["mkl_cbwr"].is_null());
}

void TestExecution::resume() {
    QProcess process;
    start(process, quantize(6, 100));
    QTRY_VERIFY(read_events(path("run")).size() > 3);
    process.kill(); // SIGKILL
    process.waitForFinished();
    const Output refused = run(quantize(5, 100));
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.error.contains("options.bits"), refused.error);
    const Output output = run(quantize(6, 100));
    QCOMPARE(output.code, 0);
    const json result = json::parse(output.out.toStdString());
    QVERIFY(result["found"].size() >= 1);
    QCOMPARE(result["found"].size() + result["computed"].size(), std::size_t(6));
    QVERIFY(read_run(path("run")).result.value() == result); // exactly the --json document
}

void TestExecution::finished_run_prints_its_result() {
    const Output first = run(quantize(2, 1));
    const Output second = run(quantize(2, 1));
    QCOMPARE(second.code, 0);
    QCOMPARE(second.out, first.out);
    QVERIFY(second.error.contains("finished before"));
    const Output fresh = run(quantize(2, 1) << "--fresh");
    QVERIFY(json::parse(fresh.out.toStdString())["computed"].size() == 2);
    QVERIFY(!fresh.error.contains("finished before"));
}

void TestExecution::explained() {
    const Output first =
        run({"sample", "m", "--sequences", "3", "--record", "2", "--explain", "1", "--run", "run"});
    QVERIFY2(first.code == 0, first.error);
    QVERIFY(first.out.contains("the search of sequence 1"));
    const Output later = run({"sample", "--explain", "0", "--run", "run"}); // from the finished run
    QVERIFY2(later.code == 0, later.error);
    QVERIFY(later.out.contains("the search of sequence 0"));
    QCOMPARE(run({"sample", "--explain", "2", "--run", "run"}).code, 2);
    QVERIFY(!run({"run", "run"}).out.contains("the search"));
}

void TestExecution::interrupted() {
    QProcess process;
    start(process, quantize(8, 1000));
    QTRY_VERIFY(read_events(path("run")).size() >= 2);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(3000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardOutput().isEmpty());
    QVERIFY(read_events(path("run")).back()["code"] == "cancelled");
    QVERIFY(!is_locked(path("run")));
}

void TestExecution::interrupted_twice() {
    QProcess process;
    start(process, {"sample", "slow", "--sequences", "1000000", "--run", "run"});
    QTRY_VERIFY(read_events(path("run")).size() >= 2);
    ::kill(pid_t(process.processId()), SIGINT);
    ::kill(pid_t(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(3000));
    QCOMPARE(process.exitCode(), 130);
}

void TestExecution::run_again_by_folder() {
    const Output first = run(quantize(2, 1));
    const Output again = run({"run", "run", "--json"});
    QCOMPARE(again.code, 0);
    QCOMPARE(again.out, first.out);
    const Output copy = run({"run", "run/job.json", "--run", "copy", "--json"});
    QVERIFY2(copy.code == 0, copy.error);
    QCOMPARE(copy.out, first.out);
}

void TestExecution::print_job() {
    const Output output = run({"quantize", "m", "-o", "out", "--corpus", "text:t.txt", "--print-job"});
    QCOMPARE(output.code, 0);
    const json job = json::parse(output.out.toStdString());
    QVERIFY(job["schema"] == 1 && job["kind"] == "quantize" && job["options"]["bits"] == 4);
    QCOMPARE(job["corpus"][0].get<std::string>(), "text:" + path("t.txt").string());
    QVERIFY(!fs::exists(path("out")));
    // what was printed can be run
    const Output ran = run({"run", output.out, "--json"});
    QCOMPARE(ran.code, 0);
    QCOMPARE(run({"quantize", "m", "--print-job"}).code, 2);
}

void TestExecution::output_already_taken() {
    fs::create_directories(path("out"));
    QFile file(folder_->filePath("out/precious"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const Output output = run(quantize(2, 1) << "-o"
                                             << "out");
    QCOMPARE(output.code, 2);
    QVERIFY2(output.error.contains("out: already holds something else"), output.error);
    QVERIFY(!fs::exists(path("run"))); // a refused request leaves none
}

QTEST_GUILESS_MAIN(TestExecution)
#include "tst_execution.moc"
