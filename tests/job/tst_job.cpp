// Jobs: parsing, defaults, checks, identity and the command line they stand for.
#include "core/job/error.h"
#include "core/job/job.h"
#include "core/job/option_table.h"
#include "core/job/presets.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fstream>

using namespace moequant;
using nlohmann::json;

namespace {

/// The error's text, or "" when nothing was thrown.
template <typename F>
std::string refusal(F&& action) {
    try {
        action();
    } catch (const RequestError& error) {
        return error.what();
    }
    return "";
}

Job resolved(const json& document) {
    Job job = parse_job(document);
    resolve_defaults(job);
    return job;
}

} // namespace

class TestJob : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void refused_documents_data();
    void refused_documents();
    void refused_jobs_data();
    void refused_jobs();
    void round_trip();
    void defaults();
    void every_kind_has_valid_defaults();
    void preset();
    void infinity();
    void nested_pipelines();
    void absolute_paths();
    void identity();
    void first_difference_is_named();
    void arguments();
    void quoting();
    void sizes();
    void job_files();
    void missing_option_is_a_programming_error();
};

void TestJob::refused_documents_data() {
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("named"); // what the error must name
    const auto row = [](const char* name, const char* document, const char* named) {
        QTest::newRow(name) << QString(document) << QString(named);
    };
    row("no object", "[]", "object");
    row("no kind", "{}", "kind");
    row("unknown kind", R"({"kind":"dance"})", "dance");
    row("kind of wrong type", R"({"kind":3})", "kind");
    row("unknown key", R"({"kind":"inspect","modle":"x"})", "modle");
    row("other schema", R"({"schema":2,"kind":"inspect"})", "schema");
    row("schema as text", R"({"schema":"1","kind":"inspect"})", "schema");
    row("model of wrong type", R"({"kind":"inspect","model":1})", "model");
    row("empty model", R"({"kind":"inspect","model":""})", "model");
    row("options of wrong type", R"({"kind":"inspect","options":[]})", "options");
    row("unknown option", R"({"kind":"sample","options":{"taw":1}})", "options.taw");
    row("option of another kind", R"({"kind":"sample","options":{"bits":4}})", "options.bits");
    row("dashes in a key", R"({"kind":"sample","options":{"first-token":"uniform"}})", "first-token");
    row("text for a number", R"({"kind":"sample","options":{"tau":"1.2"}})", "tau");
    row("fraction for a whole number", R"({"kind":"sample","options":{"width":1.5}})", "width");
    row("below the range", R"({"kind":"sample","options":{"width":0}})", "width");
    row("above the range", R"({"kind":"quantize","options":{"bits":9}})", "bits");
    row("huge number", R"({"kind":"sample","options":{"seed":18446744073709551615}})", "seed");
    row("zero group", R"({"kind":"quantize","options":{"group_size":0}})", "group-size");
    row("inf where it is not legal", R"({"kind":"quantize","options":{"damp":"inf"}})", "damp");
    row("unknown choice", R"({"kind":"quantize","options":{"method":"magic"}})", "method");
    row("number for a switch", R"({"kind":"quantize","options":{"agq":1}})", "agq");
    row("null without meaning", R"({"kind":"quantize","options":{"bits":null}})", "bits");
    row("device", R"({"kind":"inspect","options":{"device":"gpu"}})", "device");
    row("device number", R"({"kind":"inspect","options":{"device":"cuda:x"}})", "device");
    row("size", R"({"kind":"quantize","options":{"shard_size":"5XB"}})", "shard-size");
    row("corpus of wrong type", R"({"kind":"profile","corpus":"wikitext2"})", "corpus");
    row("corpus element", R"({"kind":"profile","corpus":[1]})", "corpus");
    row("list of wrong type", R"({"kind":"evaluate","options":{"perplexity":"c4"}})", "perplexity");
    row("run of wrong type", R"({"kind":"profile","run":{}})", "run");
    row("stages elsewhere", R"({"kind":"profile","stages":[{"kind":"inspect"}]})", "stages");
    row("bad stage", R"({"kind":"pipeline","stages":[{"kind":"inspect","x":1}]})", "x");
}

void TestJob::refused_documents() {
    QFETCH(QString, document);
    QFETCH(QString, named);
    const auto parsed = json::parse(document.toStdString());
    const QString text = QString::fromStdString(refusal([&] { parse_job(parsed); }));
    QVERIFY2(text.contains(named), qPrintable("refusal: '" + text + "'"));
    QVERIFY(!text.contains('\n'));
}

void TestJob::refused_jobs_data() {
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const char* document, const char* named) {
        QTest::newRow(name) << QString(document) << QString(named);
    };
    row("no model", R"({"kind":"inspect"})", "model");
    row("model for a kind without", R"({"kind":"fetch","model":"m","options":{"name":"c4"}})", "model");
    row("no corpus", R"({"kind":"profile","model":"m"})", "corpus");
    row("two corpora", R"({"kind":"profile","model":"m","corpus":["a","b"]})", "corpus");
    row("corpus for a kind without", R"({"kind":"inspect","model":"m","corpus":["a"]})", "corpus");
    row("gptq without corpus", R"({"kind":"quantize","model":"m","output":"o"})", "corpus");
    row("no output", R"({"kind":"trace","model":"m","options":{"tokens":"t"}})", "output");
    row("output for a kind without", R"({"kind":"inspect","model":"m","output":"o"})", "output");
    row("required option", R"({"kind":"trace","model":"m","output":"o"})", "tokens");
    row("required list", R"({"kind":"compare","options":{"runs":[]}})", "runs");
    row("nothing to tokenize", R"({"kind":"tokenize","model":"m"})", "text-file");
    row("both ways of tokenize",
        R"({"kind":"tokenize","model":"m","options":{"text_file":"a","decode":[1]}})", "either");
    row("nothing to evaluate", R"({"kind":"evaluate","model":"m"})", "perplexity");
    row("sweep with an empty axis", R"({"kind":"sweep","model":"m","options":{"tau":[]}})", "tau");
    row("sweep with a long warm-up", R"({"kind":"sweep","model":"m","options":{"warmup":9,"length":9}})",
        "warmup");
    row("sweep quantizes for nothing", R"({"kind":"sweep","model":"m","options":{"quantize":true}})",
        "--perplexity");
    row("sweep measures nothing", R"({"kind":"sweep","model":"m","options":{"perplexity":["c4"]}})",
        "--quantize");
    row("sweep with agq alone", R"({"kind":"sweep","model":"m","options":{"agq":true}})", "--quantize");
    row("explains what is not recorded",
        R"({"kind":"sample","model":"m","options":{"record":2,"explain":2}})", "explain");
    row("explains without a record", R"({"kind":"sample","model":"m","options":{"explain":0}})", "explain");
    row("hessian-lab", R"({"kind":"hessian-lab","model":"m"})", "--corpus");
    row("free routing of an expert's loss",
        R"({"kind":"hessian-lab","model":"m","corpus":["c4"],"options":{"routing":"free"}})", "routing");
    row("unknown method", R"({"kind":"quantize","model":"m","corpus":["c4"],"options":{"method":"hqq"}})",
        "method");
    row("task", R"({"kind":"evaluate","model":"m","options":{"perplexity":["c4"],"task":["boolq"]}})",
        "not built yet");
    row("bits of the format",
        R"({"kind":"quantize","model":"m","corpus":["c4"],"options":{"format":"compressed-tensors","bits":3}})",
        "bits");
    row("warm-up", R"({"kind":"sample","model":"m","options":{"warmup":8,"length":8}})", "warmup");
    row("empty pipeline", R"({"kind":"pipeline"})", "stages");
    row("stage",
        R"({"kind":"pipeline","stages":[{"kind":"inspect","model":"m"},{"kind":"hessian-lab","model":"m"}]})",
        "stages.1");
}

void TestJob::refused_jobs() {
    QFETCH(QString, document);
    QFETCH(QString, named);
    const auto parsed = json::parse(document.toStdString());
    const QString text = QString::fromStdString(refusal([&] {
        const Job job = resolved(parsed);
        check_job(job);
    }));
    QVERIFY2(text.contains(named), qPrintable("refusal: '" + text + "'"));
}

void TestJob::round_trip() {
    const json document =
        json::parse(R"({"schema":1,"kind":"quantize","model":"/m","options":{"bits":3,"agq":true,"damp":0.05},
        "corpus":["c4?samples=2"],"output":"/out","run":null,"stages":[]})");
    QVERIFY(to_json(parse_job(document)) == document);
    Job job = resolved(document);
    QVERIFY(to_json(parse_job(to_json(job))) == to_json(job));
    const json pipeline = {{"schema", 1},
                           {"kind", "pipeline"},
                           {"model", nullptr},
                           {"options", json::object()},
                           {"corpus", json::array()},
                           {"output", nullptr},
                           {"run", "/run"},
                           {"stages", {document}}};
    QVERIFY(to_json(parse_job(pipeline)) == pipeline);
}

void TestJob::defaults() {
    const Job job = resolved({{"kind", "quantize"}, {"model", "m"}, {"corpus", {"c4"}}});
    QCOMPARE(text_option(job, "method"), std::string("gptq"));
    QCOMPARE(int_option(job, "bits"), 4);
    QCOMPARE(int_option(job, "group_size"), 128);
    QCOMPARE(text_option(job, "format"), std::string("gptq"));
    QCOMPARE(float_option(job, "damp"), 0.01);
    QCOMPARE(float_option(job, "agq_exponent"), 1.0);
    QCOMPARE(size_option(job, "shard_size"), std::uint64_t(5000000000));
    QVERIFY(!bool_option(job, "agq") && !bool_option(job, "asym") && !bool_option(job, "act_order"));
    QVERIFY(!has_option(job, "memory"));
    QCOMPARE(size_option(job, "memory"), std::uint64_t(0));
    check_job(job);
}

void TestJob::every_kind_has_valid_defaults() {
    for (const Kind& kind : all_kinds()) {
        QVERIFY(!kind.help.empty());
        QVERIFY2(!kind.examples.empty(), kind.name.c_str());
        Job job;
        job.kind = kind.name;
        resolve_defaults(job);
        for (const Option& option : kind.options) {
            QVERIFY2(!option.help.empty(), option.name.c_str());
            if (option.required)
                continue;
            QVERIFY(job.options.contains(option.key()));
            QVERIFY(checked_value(option, option.default_value) == option.default_value);
            if (option.type == OptionType::Bool) // a flag can only be switched on
                QVERIFY2(option.default_value == false, option.name.c_str());
        }
        QVERIFY(to_json(parse_job(to_json(job))) == to_json(job));
    }
}

void TestJob::preset() {
    Job plain = resolved({{"kind", "sample"}, {"model", "m"}});
    const json balanced = preset_values(find_kind("sample"), "balanced");
    QVERIFY(!balanced.empty());
    for (const auto& [key, value] : balanced.items())
        QVERIFY2(plain.options[key] == value, key.c_str());
    Job job =
        resolved({{"kind", "sample"}, {"model", "m"}, {"options", {{"preset", "paper"}, {"tau", 0.3}}}});
    QCOMPARE(float_option(job, "tau"), 0.3);
    QCOMPARE(text_option(job, "sigma_unit"), std::string("percent"));
    QCOMPARE(int_option(job, "width"), 4);
    QCOMPARE(int_option(job, "length"), 512);
}

void TestJob::infinity() {
    const Job job = resolved({{"kind", "sample"}, {"model", "m"}, {"options", {{"tau", "inf"}}}});
    QVERIFY(std::isinf(float_option(job, "tau")));
    QVERIFY(to_json(job)["options"]["tau"] == "inf");
    QVERIFY(to_command_line(job).find("--tau inf") != std::string::npos);
}

void TestJob::nested_pipelines() {
    std::string text;
    for (int i = 0; i < 20000; ++i)
        text += R"({"kind":"pipeline","stages":[)";
    text += R"({"kind":"inspect"})";
    for (int i = 0; i < 20000; ++i)
        text += "]}";
    QVERIFY(!refusal([&] { parse_job(json::parse(text)); }).empty());
}

void TestJob::absolute_paths() {
    Job job = parse_job({{"kind", "evaluate"},
                         {"model", "models/m"},
                         {"options",
                          {{"perplexity", {"text:a/../b.txt?samples=3", "balanced:jsonl:c.jsonl#text", "c4"}},
                           {"against", "sample"}}},
                         {"run", "runs/x"}});
    resolve_paths(job, "/base");
    QCOMPARE(job.model, std::string("/base/models/m"));
    QCOMPARE(*job.run, std::string("/base/runs/x"));
    QVERIFY(job.options["perplexity"] ==
            json::array({"text:/base/b.txt?samples=3", "balanced:jsonl:/base/c.jsonl#text", "c4"}));
    QVERIFY(job.options["against"] == "sample");
    Job stage = parse_job(
        {{"kind", "quantize"}, {"model", "sample"}, {"corpus", {"tokens:@0/set.jsonl"}}, {"output", "/o"}});
    resolve_paths(stage, "/base");
    QCOMPARE(stage.model, std::string("sample"));
    QCOMPARE(stage.corpus.front(), std::string("tokens:@0/set.jsonl"));
    QCOMPARE(*stage.output, std::string("/o"));
}

void TestJob::identity() {
    Job job = resolved({{"kind", "quantize"}, {"model", "/a"}, {"corpus", {"text:/a/t.txt?samples=4"}}});
    job.inputs = {{"model/config.json", {{"size", 1}, {"sha256", "x"}}}};
    Job moved = job;
    moved.model = "/b";
    moved.output = "/elsewhere";
    moved.run = "/run";
    moved.corpus = {"text:/b/u.txt?samples=4"};
    for (const auto& [key, value] : std::vector<std::pair<std::string, json>>{{"threads", 7},
                                                                              {"device", "cuda:1"},
                                                                              {"memory", "1GB"},
                                                                              {"data", "/d"},
                                                                              {"fresh", true},
                                                                              {"batch", 3}})
        moved.options[key] = value;
    QVERIFY(job_identity(job) == job_identity(moved));
    for (const auto& [key, value] : std::vector<std::pair<std::string, json>>{
             {"seed", 1}, {"bits", 3}, {"dtype", "float32"}, {"agq", true}, {"shard_size", "1GB"}}) {
        Job other = job;
        other.options[key] = value;
        QCOMPARE(first_difference(job_identity(job), job_identity(other)), "options." + key);
    }
}

void TestJob::first_difference_is_named() {
    Job a = resolved({{"kind", "quantize"}, {"model", "/a"}, {"corpus", {"c4?samples=4"}}});
    Job b = a;
    QCOMPARE(first_difference(job_identity(a), job_identity(b)), std::string());
    b.corpus = {"c4?samples=5"};
    QCOMPARE(first_difference(job_identity(a), job_identity(b)), std::string("corpus"));
    b = a;
    a.inputs = {{"model/config.json", {{"size", 1}, {"sha256", "x"}}}};
    b.inputs = {{"model/config.json", {{"size", 1}, {"sha256", "y"}}}};
    QCOMPARE(first_difference(job_identity(a), job_identity(b)),
             std::string("inputs.model/config.json.sha256"));
    QCOMPARE(first_difference(job_identity(a), job_identity(resolved({{"kind", "inspect"}, {"model", "m"}}))),
             std::string("kind"));
}

void TestJob::arguments() {
    const Job job = resolved({{"kind", "sample"},
                              {"model", "my model"},
                              {"options", {{"tau", 0.5}, {"warmup", 3}, {"sequences", 8}}},
                              {"output", "-set.jsonl"}});
    QCOMPARE(to_command_line(job),
             std::string("moequant sample 'my model' --sequences 8 --tau 0.5 --output=-set.jsonl"));
    const Job ids = resolved({{"kind", "tokenize"}, {"model", "m"}, {"options", {{"decode", {1, 2, 3}}}}});
    QCOMPARE(to_command_line(ids), std::string("moequant tokenize m --decode 1,2,3"));
    const Job pipeline =
        resolved({{"kind", "pipeline"}, {"stages", {{{"kind", "inspect"}, {"model", "it's"}}}}});
    QVERIFY(to_command_line(pipeline).starts_with("moequant run '{"));
    QVERIFY(to_command_line(pipeline).find("it'\\''s") != std::string::npos);
}

void TestJob::quoting() {
    QCOMPARE(shell_quote("plain-word_1.2/x:y"), std::string("plain-word_1.2/x:y"));
    QCOMPARE(shell_quote(""), std::string("''"));
    QCOMPARE(shell_quote("wikitext2?samples=2&length=3"), std::string("'wikitext2?samples=2&length=3'"));
    QCOMPARE(shell_quote("a'b $c"), std::string("'a'\\''b $c'"));
    QCOMPARE(shell_quote("~/x"), std::string("'~/x'"));
}

void TestJob::sizes() {
    QCOMPARE(parse_size("5GB").value(), std::uint64_t(5000000000));
    QCOMPARE(parse_size("1.5KiB").value(), std::uint64_t(1536));
    QCOMPARE(parse_size("100").value(), std::uint64_t(100));
    for (const char* bad : {"", "GB", "5 GB", "-1", "5gb", "1e30TB", "nan", "0x10"})
        QVERIFY2(!parse_size(bad), bad);
}

void TestJob::job_files() {
    QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    std::ofstream(root / "good.json") << R"({"kind":"inspect","model":"m"})";
    QCOMPARE(read_job_file(root / "good.json").model, std::string("m"));
    std::ofstream(root / "record.json") << R"({"kind":"inspect","model":"m","inputs":{},"environment":{}})";
    QCOMPARE(read_job_file(root / "record.json").kind, std::string("inspect"));
    std::ofstream(root / "bad.json") << R"({"kind":"inspect")";
    std::ofstream(root / "unknown.json") << R"({"kind":"inspect","environment":{}})";
    for (const char* name : {"bad.json", "unknown.json", "missing.json", "."}) {
        const std::string text = refusal([&] { read_job_file(root / name); });
        QVERIFY2(text.find((root / name).string()) != std::string::npos, text.c_str());
    }
}

void TestJob::missing_option_is_a_programming_error() {
    const Job job = resolved({{"kind", "inspect"}, {"model", "m"}});
    QVERIFY_EXCEPTION_THROWN(int_option(job, "bits"), std::logic_error);
    QVERIFY_EXCEPTION_THROWN(int_option(job, "device"), std::logic_error);
}

QTEST_APPLESS_MAIN(TestJob)
#include "tst_job.moc"
