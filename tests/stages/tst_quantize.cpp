// The main job through the command: the same bytes whatever the threads, after SIGKILL and resume, and clear
// words for everything that cannot be done.
#include "tests/stages/quantize_fixture.h"

#include "core/checkpoint/reader.h"
#include "core/model/safetensors.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QProcess>

#include <csignal>

using namespace moequant;

namespace {

/// Runs the program with the sample model's resources; stdout goes to `out`.
struct Finished {
    int exit_code;
    QByteArray out, err;
};
Finished run_program(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(MOEQUANT_BINARY_DIR "/moequant"), arguments);
    if (!process.waitForFinished(120000))
        return {-1, {}, "no end in two minutes"};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// Names and hashes of the files of a folder.
QMap<QString, QByteArray> hashes(const QString& folder) {
    QMap<QString, QByteArray> result;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            result[QDir(folder).relativeFilePath(file.fileName())] =
                QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex();
    }
    return result;
}

void copy_model(const std::string& from, const std::string& to) {
    std::filesystem::create_directories(to);
    for (const auto& entry : std::filesystem::directory_iterator(from))
        std::filesystem::copy_file(entry.path(), std::filesystem::path(to) / entry.path().filename());
}

} // namespace

class TestQuantize : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void methods() {
        QTest::addColumn<QStringList>("options");
        QTest::addRow("gptq, agq") << QStringList{"--agq", "--bits", "3"};
        QTest::addRow("awq, agq, zero points")
            << QStringList{"--method", "awq", "--agq", "--format", "awq", "--asym"};
        QTest::addRow("rotation, range search, shrinkage")
            << QStringList{"--rotate", "--clip", "mse", "--min-tokens", "200", "--starved", "shrink"};
        QTest::addRow("mixed precision")
            << QStringList{"--average-bits", "3.4", "--hidden-dtype", "bfloat16"};
    }

    void threads_change_no_byte_data() { methods(); }
    void threads_change_no_byte() {
        QFETCH(QStringList, options);
        StageFixture fixture;
        QMap<QString, QByteArray> first;
        for (const char* threads : {"1", "2"}) {
            const QString out = fixture.dir.filePath(QString("out") + threads);
            const Finished done =
                run_program(QStringList{"quantize", "sample", "--corpus",
                                        "builtin:maths?samples=6&length=256", "-o", out, "--threads", threads,
                                        "--run", fixture.dir.filePath(QString("run") + threads), "--json"} +
                            options);
            QVERIFY2(done.exit_code == 0, done.err);
            QVERIFY(nlohmann::json::parse(done.out.toStdString())["verified"].get<bool>());
            const auto files = hashes(out);
            QVERIFY(files.contains("model.safetensors"));
            if (first.isEmpty())
                first = files;
            QCOMPARE(files, first);
        }
    }

    void killed_and_resumed_gives_the_same_bytes_data() { methods(); }
    void killed_and_resumed_gives_the_same_bytes() {
        QFETCH(QStringList, options);
        StageFixture fixture;
        const auto arguments = [&](const char* name) {
            return QStringList{"quantize", "sample",
                               "--corpus", "builtin:code?samples=10&length=384",
                               "-o",       fixture.dir.filePath(QString("out-") + name),
                               "--run",    fixture.dir.filePath(QString("run-") + name)} +
                   options;
        };
        QCOMPARE(run_program(arguments("whole")).exit_code, 0);
        QProcess killed;
        killed.start(QStringLiteral(MOEQUANT_BINARY_DIR "/moequant"), arguments("killed"));
        QVERIFY(killed.waitForStarted());
        const QString finished_layer = fixture.dir.filePath("run-killed/state/layer-0001.safetensors");
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(finished_layer) || killed.state() == QProcess::NotRunning,
                                 60000);
        ::kill(pid_t(killed.processId()), SIGKILL);
        QVERIFY(killed.waitForFinished());
        QCOMPARE(killed.exitStatus(), QProcess::CrashExit);
        QVERIFY(!QFile::exists(fixture.dir.filePath("out-killed")));
        QCOMPARE(run_program(arguments("killed")).exit_code, 0);
        QCOMPARE(hashes(fixture.dir.filePath("out-killed")), hashes(fixture.dir.filePath("out-whole")));
        QVERIFY(!QFile::exists(fixture.dir.filePath("run-killed/state")));
    }

    void deepseek_attention_stays_float_in_gptq() {
        StageFixture fixture;
        Job job = StageFixture::make("quantize", fixtures + "deepseek", {{"group_size", -1}},
                                     {"tokens:" + small_set(fixture)});
        job.output = fixture.path("out");
        const nlohmann::json result = fixture.run(job, "run");
        QVERIFY(!result["left_float"].empty());
        for (const auto& row : result["left_float"])
            QVERIFY(row["name"].get<std::string>().find("self_attn") != std::string::npos);
        for (const auto& row : result["linears"])
            QVERIFY(row["name"].get<std::string>().find("self_attn") == std::string::npos);
    }

    void refusals_data() {
        QTest::addColumn<QString>("options");
        QTest::addColumn<bool>("corpus");
        QTest::addColumn<QString>("names");
        QTest::addRow("no corpus") << "{}" << false << "--corpus";
        QTest::addRow("agq with rtn") << R"({"method":"rtn","agq":true})" << true << "--agq";
        QTest::addRow("all tokens with rtn")
            << R"({"method":"rtn","expert_tokens":"all"})" << true << "--expert-tokens";
        QTest::addRow("group does not divide") << R"({"group_size":24})" << true << "24";
        QTest::addRow("3 bits in compressed-tensors")
            << R"({"bits":3,"format":"compressed-tensors","group_size":-1})" << true << "4 or 8 bits";
        QTest::addRow("too little memory") << R"({"group_size":-1,"memory":"64KiB"})" << true << "--memory";
        QTest::addRow("act-order with awq")
            << R"({"method":"awq","act_order":true})" << true << "--act-order";
        QTest::addRow("range search with awq") << R"({"method":"awq","clip":"mse"})" << true << "--clip";
        QTest::addRow("override of nothing") << R"({"override":["*.nosuch=bits:8"]})" << true << "nosuch";
        QTest::addRow("malformed override") << R"({"override":["*=bits:11"]})" << true << "bits must be";
        QTest::addRow("average below all choices")
            << R"({"average_bits":2.5,"bit_choices":[3,4],"group_size":-1})" << true << "--average-bits";
        QTest::addRow("unknown corpus") << R"({"group_size":-1})" << false << "nosuch";
    }
    void refusals() {
        QFETCH(QString, options);
        QFETCH(bool, corpus);
        QFETCH(QString, names);
        StageFixture fixture;
        Job job = StageFixture::make("quantize", fixtures + "qwen2_moe",
                                     nlohmann::json::parse(options.toStdString()));
        if (corpus)
            job.corpus = {"tokens:" + small_set(fixture)};
        if (names == "nosuch")
            job.corpus = {"text:" + fixture.path("nosuch.txt")};
        const std::string said = fixture.refusal(job);
        QVERIFY2(said.find(names.toStdString()) != std::string::npos, said.c_str());
    }

    void damaged_models_data() {
        QTest::addColumn<QString>("damage");
        QTest::addColumn<QString>("names");
        QTest::addRow("no config") << "no-config"
                                   << "config.json";
        QTest::addRow("config is no JSON") << "config-text"
                                           << "config.json";
        QTest::addRow("unsupported family") << "family"
                                            << "model_type";
        QTest::addRow("a key of the wrong type") << "type"
                                                 << "hidden_size";
        QTest::addRow("no weights") << "no-weights"
                                    << "model.safetensors";
        QTest::addRow("truncated weights") << "truncated"
                                           << "model.safetensors";
        QTest::addRow("oversized header") << "header"
                                          << "header";
        QTest::addRow("shape against config") << "shape"
                                              << "w1";
        QTest::addRow("shard outside") << "outside"
                                       << "outside";
        QTest::addRow("shard missing") << "missing-shard"
                                       << "missing";
    }

    // Exit code 2, one line naming the file, nothing written, from the program itself.
    void damaged_models() {
        QFETCH(QString, damage);
        QFETCH(QString, names);
        StageFixture fixture;
        const std::string model = fixture.path("model");
        copy_model(fixtures + "mixtral", model);
        const std::string config = model + "/config.json", weights = model + "/model.safetensors";
        nlohmann::json document = nlohmann::json::parse(std::ifstream(config));
        const auto write = [](const std::string& path, const std::string& text) {
            std::ofstream(path, std::ios::binary) << text;
        };
        if (damage == "no-config")
            std::filesystem::remove(config);
        else if (damage == "config-text")
            write(config, "{\"model_type\": ");
        else if (damage == "no-weights")
            std::filesystem::remove(weights);
        else if (damage == "truncated")
            std::filesystem::resize_file(weights, std::filesystem::file_size(weights) - 100);
        else if (damage == "header")
            write(weights, std::string(8, '\x7f') + "{}");
        else if (damage == "outside" || damage == "missing-shard")
            write(model + "/model.safetensors.index.json",
                  nlohmann::json{{"weight_map",
                                  {{"model.norm.weight",
                                    damage == "outside" ? "../x.safetensors" : "gone.safetensors"}}}}
                      .dump());
        if (damage == "family")
            document["model_type"] = "llama";
        if (damage == "type")
            document["hidden_size"] = "wide";
        if (damage == "shape")
            document["intermediate_size"] = 96;
        if (damage == "family" || damage == "type" || damage == "shape")
            write(config, document.dump());
        const QString out = fixture.dir.filePath("out"), run = fixture.dir.filePath("run");
        const Finished done =
            run_program({"quantize", QString::fromStdString(model), "--corpus",
                         QString::fromStdString("tokens:" + small_set(fixture)), "-o", out, "--run", run});
        QCOMPARE(done.exit_code, 2);
        QVERIFY2(done.err.contains(names.toUtf8()), done.err);
        QCOMPARE(done.err.trimmed().count('\n'), 0);
        QVERIFY(!QFile::exists(out));
        QVERIFY(!QFile::exists(run));
    }

    void a_folder_of_something_else_is_left_alone() {
        StageFixture fixture;
        std::filesystem::create_directories(fixture.path("out"));
        fixture.write("out/thesis.txt", "three years of work");
        const Finished done =
            run_program({"quantize", "sample", "--method", "rtn", "-o", fixture.dir.filePath("out"), "--run",
                         fixture.dir.filePath("run")});
        QCOMPARE(done.exit_code, 2);
        QVERIFY2(done.err.contains("already holds"), done.err);
        QCOMPARE(hashes(fixture.dir.filePath("out")).keys(), QStringList{"thesis.txt"});
    }

    void a_pipeline_hands_over_its_artifacts() {
        StageFixture fixture;
        const nlohmann::json document = {
            {"schema", 1},
            {"kind", "pipeline"},
            {"model", nullptr},
            {"options", nlohmann::json::object()},
            {"corpus", nlohmann::json::array()},
            {"output", nullptr},
            {"run", fixture.path("run")},
            {"stages",
             {{{"schema", 1},
               {"kind", "sample"},
               {"model", fixtures + "qwen2_moe"},
               {"options", {{"sequences", 4}, {"length", 16}, {"device", "cpu"}}},
               {"corpus", nlohmann::json::array()}},
              {{"schema", 1},
               {"kind", "profile"},
               {"model", fixtures + "qwen2_moe"},
               {"options", {{"device", "cpu"}}},
               {"corpus", {"tokens:@0/set.jsonl"}}}}}};
        const nlohmann::json result = fixture.run(parse_job(document), "run");
        const auto& sampled = result["stages"][0];
        const auto& profiled = result["stages"][1];
        QCOMPARE(profiled["tokens"].get<int>(), 64);
        for (std::size_t i = 0; i < sampled["layers"].size(); ++i)
            QVERIFY(sampled["layers"][i]["counts"] == profiled["layers"][i]["counts"]);
    }
};

QTEST_GUILESS_MAIN(TestQuantize)
#include "tst_quantize.moc"
