// The program itself, with the real stages: what must work whatever the model.
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

struct Output {
    int code = -1;
    QByteArray out, error;
    qint64 milliseconds = 0;
};

Output run(const QStringList& arguments, const QByteArray& input = {}) {
    QProcess process;
    QElapsedTimer timer;
    timer.start();
    process.start(MOEQUANT_BINARY_DIR "/moequant", arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60000);
    Output output;
    output.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    output.out = process.readAllStandardOutput();
    output.error = process.readAllStandardError();
    output.milliseconds = timer.elapsed();
    return output;
}

} // namespace

class TestProgram : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void version();
    void help_data();
    void help();
    void refusals_data();
    void refusals();
    void inspect_sample();
    void worker();
};

void TestProgram::version() {
    const Output output = run({"--version"});
    QCOMPARE(output.code, 0);
    QCOMPARE(output.out, QByteArray("moequant " MOEQUANT_VERSION "\n"));
    QVERIFY2(output.milliseconds < 5000, qPrintable(QString::number(output.milliseconds)));
}

void TestProgram::help_data() {
    QTest::addColumn<QString>("subcommand");
    for (const char* name :
         {"inspect", "tokenize", "trace", "profile", "sample", "quantize", "evaluate", "export", "sweep",
          "fetch", "selftest", "compare", "figure", "hessian-lab", "run", "worker", "demo"})
        QTest::newRow(name) << name;
}

void TestProgram::help() {
    QFETCH(QString, subcommand);
    const Output output = run({subcommand, "--help"});
    QCOMPARE(output.code, 0);
    QVERIFY(output.error.isEmpty());
    QVERIFY2(output.out.contains("Examples:\n  ") && output.out.contains("moequant"), output.out);
}

void TestProgram::refusals_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown subcommand") << QStringList{"dance"} << "dance";
    QTest::newRow("unknown option") << QStringList{"inspect", "sample", "--x"} << "--x";
    QTest::newRow("bad value") << QStringList{"quantize", "sample", "--bits", "x"} << "bits";
    QTest::newRow("not built") << QStringList{"evaluate", "sample", "--perplexity", "c4", "--task", "boolq"}
                               << "not built yet";
    QTest::newRow("no model folder") << QStringList{"inspect", "/nowhere/model"} << "/nowhere/model";
    QTest::newRow("no job file") << QStringList{"run", "/nowhere/job.json"} << "/nowhere/job.json";
}

void TestProgram::refusals() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const Output output = run(arguments);
    QCOMPARE(output.code, 2);
    QVERIFY(output.out.isEmpty());
    QVERIFY2(output.error.contains(named.toUtf8()), output.error);
    QCOMPARE(output.error.count('\n'), 1);
}

void TestProgram::inspect_sample() {
    const Output output = run({"inspect", "sample", "--json"});
    QVERIFY2(output.code == 0, output.error);
    const json result = json::parse(output.out.toStdString());
    QVERIFY(result["model_type"] == "qwen2_moe");
    QVERIFY(result["layers"].size() > 1);
}

void TestProgram::worker() {
    const Output output = run({"worker"}, "nonsense\n{\"id\":1,\"do\":\"hello\"}\n");
    QCOMPARE(output.code, 0);
    const auto lines = output.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(json::parse(lines[0].toStdString())["event"] == "failed");
    QVERIFY(json::parse(lines[1].toStdString())["event"] == "hello");
    QVERIFY(json::parse(lines[2].toStdString())["event"] == "result");
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
