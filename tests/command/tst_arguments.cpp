// Words to jobs and back.
#include "app/command/arguments.h"
#include "core/job/error.h"
#include "core/job/option_table.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace moequant;
using nlohmann::json;

namespace {

std::vector<std::string> words(const QString& line) {
    std::vector<std::string> list;
    for (const QString& word : QProcess::splitCommand(line))
        list.push_back(word.toStdString());
    return list;
}

} // namespace

class TestArguments : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void jobs_data();
    void jobs();
    void refused_data();
    void refused();
    void help();
    void examples();
    void round_trip_data();
    void round_trip();
    void through_a_shell();
    void run_files();
    void explaining_a_run();
};

void TestArguments::jobs_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("job"); // a merge patch on the empty job
    const auto row = [](const char* line, const char* job) {
        QTest::newRow(line) << QString(line) << QString(job);
    };
    row("inspect sample", R"({"kind":"inspect","model":"sample"})");
    row("inspect sample --device cuda:1 --dtype float16 --threads 2 --seed 7 --run r",
        R"({"kind":"inspect","model":"sample","run":"r","options":{"device":"cuda:1","dtype":"float16","threads":2,"seed":7}})");
    row("sample m --tau inf --width 8 -o set.jsonl",
        R"({"kind":"sample","model":"m","output":"set.jsonl","options":{"tau":"inf","width":8}})");
    row("sample m --tau=0.5 --first-token sequential",
        R"({"kind":"sample","model":"m","options":{"tau":0.5,"first_token":"sequential"}})");
    row("quantize m -o o --corpus c4?samples=2 --method gptq --agq --bits 3 --group-size -1 --asym "
        "--act-order --damp 0.05",
        R"({"kind":"quantize","model":"m","output":"o","corpus":["c4?samples=2"],"options":{"method":"gptq","agq":true,
            "bits":3,"group_size":-1,"asym":true,"act_order":true,"damp":0.05}})");
    row("evaluate m --perplexity wikitext2 --perplexity builtin:prose --against f",
        R"({"kind":"evaluate","model":"m","options":{"perplexity":["wikitext2","builtin:prose"],"against":"f"}})");
    row("hessian-lab m --corpus c4 --loss model --routing free --entry 3:4 --entry 5 --epsilon 1e-3,0.1 --n "
        "16,64 "
        "--experts none",
        R"({"kind":"hessian-lab","model":"m","corpus":["c4"],"options":{"loss":"model","routing":"free",
            "entry":["3:4","5"],"epsilon":[0.001,0.1],"n":[16,64],"experts":"none"}})");
    row("sweep m --tau 0.3,1.0:1.2:0.1,inf --width 2,4:6:2 --branching 1,4",
        R"({"kind":"sweep","model":"m","options":{"tau":[0.3,1.0,1.1,1.2,"inf"],"width":[2,4,6],"branching":[1,4]}})");
    row("sweep m --quantize --bits 3 --agq --perplexity builtin:prose --perplexity c4",
        R"({"kind":"sweep","model":"m","options":{"quantize":true,"bits":3,"agq":true,"perplexity":["builtin:prose","c4"]}})");
    row("sample m --record 2 --explain 1",
        R"({"kind":"sample","model":"m","options":{"record":2,"explain":1}})");
    row("tokenize m --decode 1,2,3", R"({"kind":"tokenize","model":"m","options":{"decode":[1,2,3]}})");
    row("compare a b c --as csv", R"({"kind":"compare","options":{"runs":["a","b","c"],"as":"csv"}})");
    row("fetch wikitext2", R"({"kind":"fetch","options":{"name":"wikitext2"}})");
    row("demo --offline", R"({"kind":"demo","options":{"offline":true}})");
    row("figure a --kind usage -o f.pdf",
        R"({"kind":"figure","output":"f.pdf","options":{"runs":["a"],"kind":"usage"}})");
    row("trace m --tokens t.json -o o",
        R"({"kind":"trace","model":"m","output":"o","options":{"tokens":"t.json"}})");
}

void TestArguments::jobs() {
    QFETCH(QString, line);
    QFETCH(QString, job);
    json expected = to_json(Job());
    expected.merge_patch(json::parse(job.toStdString()));
    const CommandLine parsed = parse_command_line(words(line));
    QCOMPARE(QByteArray::fromStdString(to_json(parsed.job).dump()),
             QByteArray::fromStdString(expected.dump()));
    QVERIFY(!parsed.json);
    QVERIFY(parse_command_line(words(line + " --json")).json);
    QVERIFY(parse_command_line(words(line + " --print-job")).action == CommandLine::Action::PrintJob);
}

void TestArguments::refused_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* line, const char* named) {
        QTest::newRow(line) << QString(line) << QString(named);
    };
    row("", "subcommand");
    row("dance", "dance");
    row("inspect m --frobnicate", "--frobnicate");
    row("inspect m extra", "extra");
    row("sample m --bits 4", "--bits");
    row("sample m --width four", "width");
    row("sample m --width 4.5", "width");
    row("sample m --width", "width");
    row("sample m --width 1 --width 2", "width");
    row("sample m --tau nan", "tau");
    row("quantize m --bits 99", "bits");
    row("quantize m --method magic", "method");
    row("quantize m --damp inf", "damp");
    row("tokenize m --decode 1,x", "decode");
    row("sweep m --tau 1:2:0", "tau");
    row("sweep m --tau 2:1:0.5", "tau");
    row("sweep m --width 2,", "width");
    row("sample --explain 0 --run /nowhere", "/nowhere/job.json");
    row("run", "job");
    row("run /nowhere/job.json", "/nowhere/job.json");
    row("run {", "JSON");
    row("worker extra", "extra");
}

void TestArguments::refused() {
    QFETCH(QString, line);
    QFETCH(QString, named);
    try {
        parse_command_line(words(line));
        QFAIL("accepted");
    } catch (const RequestError& error) {
        const QString text = error.what();
        QVERIFY2(text.contains(named), qPrintable(text));
        QVERIFY2(!text.contains('\n'), qPrintable(text));
    }
}

void TestArguments::help() {
    const CommandLine all = parse_command_line({"--help"});
    QVERIFY(all.action == CommandLine::Action::Text);
    for (const Kind& kind : all_kinds()) {
        if (kind.name == "pipeline")
            continue;
        QVERIFY2(all.text.find(kind.name) != std::string::npos, kind.name.c_str());
        const CommandLine line = parse_command_line({kind.name, "--help"});
        QVERIFY(line.action == CommandLine::Action::Text);
        QVERIFY(line.text.find(kind.examples.front()) != std::string::npos);
        for (const Option& option : kind.options)
            QVERIFY2(line.text.find(option.name) != std::string::npos, option.name.c_str());
    }
    for (const char* extra : {"run", "worker"})
        QVERIFY(parse_command_line({extra, "--help"}).text.find("Example") != std::string::npos);
    QCOMPARE(parse_command_line({"--version"}).text, std::string("moequant " MOEQUANT_VERSION "\n"));
}

// What --help shows is a job that nothing is wrong with.
void TestArguments::examples() {
    for (const Kind& kind : all_kinds())
        for (const std::string& example : kind.examples) {
            std::vector<std::string> line = words(QString::fromStdString(example).replace('\'', '"'));
            QCOMPARE(line.front(), std::string("moequant"));
            line.erase(line.begin());
            if (line.front() == "run")
                continue; // reads a file
            try {
                CommandLine parsed = parse_command_line(line);
                resolve_defaults(parsed.job);
                check_job(parsed.job);
            } catch (const RequestError& error) {
                QFAIL((example + ": " + error.what()).c_str());
            }
        }
}

void TestArguments::round_trip_data() {
    QTest::addColumn<QString>("document");
    const auto row = [](const char* name, const char* document) { QTest::newRow(name) << QString(document); };
    row("plain", R"({"kind":"inspect","model":"sample"})");
    row("places", R"({"kind":"profile","model":"/m","corpus":["c4"],"run":"/runs/my run"})");
    row("odd names", R"({"kind":"sample","model":"-m","output":"-o","run":"it's $HOME \"x\""})");
    row("numbers",
        R"({"kind":"sample","model":"m","options":{"tau":0.1,"seed":9007199254740993,"width":255}})");
    row("infinity", R"({"kind":"sample","model":"m","options":{"tau":"inf"}})");
    row("small numbers",
        R"({"kind":"quantize","model":"m","corpus":["c4"],"options":{"damp":1e-7,"agq_exponent":0.30000000000000004}})");
    row("negative",
        R"({"kind":"quantize","model":"m","corpus":["c4"],"options":{"group_size":-1,"agq":true}})");
    row("specs",
        R"({"kind":"evaluate","model":"m","options":{"perplexity":["c4?samples=max:32&length=512","jsonl:a b#f"]}})");
    row("spec with dashes", R"({"kind":"evaluate","model":"m","options":{"perplexity":["--x","text:[a]"]}})");
    row("list of numbers", R"({"kind":"tokenize","model":"m","options":{"decode":[5,6]}})");
    row("list of paths", R"({"kind":"compare","options":{"runs":["a","b c"]},"output":"x.csv"})");
    row("one path", R"({"kind":"compare","options":{"runs":["a"]}})");
    row("name", R"({"kind":"fetch","options":{"name":"c4"}})");
    row("sweep", R"({"kind":"sweep","model":"m","options":{"tau":[0.5,"inf"],"width":[1,2]}})");
    row("sweep of a preset",
        R"({"kind":"sweep","model":"m","options":{"preset":"paper","tau":[0.5],"branching":[2]}})");
    row("lab",
        R"({"kind":"hessian-lab","model":"m","corpus":["c4"],"options":{"layer":2,"row":0,"entry":["3:4"],
        "epsilon":[1e-6,0.1],"n":[7],"reference":"text:a b"}})");
    row("switches", R"({"kind":"demo","options":{"full":true,"fresh":true}})");
    row("pipeline", R"({"kind":"pipeline","run":"/r","stages":[{"kind":"sample","model":"it's"},
        {"kind":"quantize","model":"m","corpus":["tokens:@0/set.jsonl"]}]})");
}

void TestArguments::round_trip() {
    QFETCH(QString, document);
    Job job = parse_job(json::parse(document.toStdString()));
    resolve_defaults(job);
    Job back = parse_command_line(to_arguments(job)).job;
    if (job.model.starts_with("-"))
        back.model = back.model.substr(2); // "./-m"
    resolve_defaults(back);
    QCOMPARE(QByteArray::fromStdString(to_json(back).dump(1)),
             QByteArray::fromStdString(to_json(job).dump(1)));
    QCOMPARE(to_command_line(back).size(), to_command_line(job).size());
}

void TestArguments::through_a_shell() {
    Job job = parse_job({{"kind", "quantize"},
                         {"model", "/a b/it's \"m\" $HOME `x` \\ *"},
                         {"corpus", {"c4?samples=1&length=2"}},
                         {"options", {{"seed", 3}}}});
    resolve_defaults(job);
    // `moequant` as a shell function that prints its arguments, each ended by a zero byte
    QProcess shell;
    shell.start("sh", {"-c", "moequant() { printf '%s\\0' \"$@\"; }; " +
                                 QString::fromStdString(to_command_line(job))});
    QVERIFY(shell.waitForFinished());
    std::vector<std::string> got;
    for (const QByteArray& word : shell.readAllStandardOutput().split('\0'))
        got.push_back(word.toStdString());
    got.pop_back();
    QVERIFY(got == to_arguments(job));
}

void TestArguments::run_files() {
    QTemporaryDir folder;
    const std::string root = folder.path().toStdString();
    std::ofstream(root + "/job.json")
        << R"({"kind":"profile","model":"m","corpus":["c4"],"options":{"seed":4}})";
    const Job job = parse_command_line({"run", root + "/job.json", "--threads", "2"}).job;
    QCOMPARE(job.model, root + "/m"); // paths in a job file start where the file lies
    QCOMPARE(int_option(job, "threads"), 2);
    QCOMPARE(int_option(job, "seed"), 4);
    QVERIFY(!job.run);
    QCOMPARE(*parse_command_line({"run", root}).job.run, root); // a run folder goes on
    QCOMPARE(*parse_command_line({"run", root + "/job.json", "--run", "/r"}).job.run, std::string("/r"));
    QCOMPARE(parse_command_line({"run", R"({"kind":"inspect","model":"m"})"}).job.kind,
             std::string("inspect"));
}

// A finished run is explained without repeating how it was made, and asked once is not asked for ever.
void TestArguments::explaining_a_run() {
    QTemporaryDir folder;
    const std::string root = folder.path().toStdString();
    std::ofstream(root + "/job.json")
        << R"({"kind":"sample","model":"/m","options":{"tau":0.5,"record":3,"explain":2},
               "inputs":{},"environment":{}})";
    const Job job = parse_command_line({"sample", "--explain", "1", "--run", root}).job;
    QCOMPARE(job.model, std::string("/m"));
    QCOMPARE(float_option(job, "tau"), 0.5);
    QCOMPARE(int_option(job, "record"), std::int64_t(3));
    QCOMPARE(int_option(job, "explain"), std::int64_t(1));
    QCOMPARE(*job.run, root);
    QVERIFY(!has_option(parse_command_line({"run", root}).job, "explain"));
}

QTEST_APPLESS_MAIN(TestArguments)
#include "tst_arguments.moc"
