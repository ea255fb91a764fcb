// Published tokenizers, when the data folder is there (MOEQUANT_DATA), and the library itself beside them
// when MOEQUANT_ORACLE_PYTHON names a Python that has it.
#include "tests/model/tokenizer_fixture.h"

#include <QProcess>
#include <QTest>
#include <set>
#include <sstream>

using namespace moequant;
using namespace tokenizer_fixture;

class TestTokenizerReal : public QObject {
    Q_OBJECT

    static std::filesystem::path models() {
        return std::filesystem::path(qEnvironmentVariable("MOEQUANT_DATA").toStdString()) / "models";
    }

    static std::vector<std::string> split(const std::string& text, const std::string& separator) {
        std::vector<std::string> parts;
        for (std::size_t from = 0;;) {
            std::size_t found = text.find(separator, from);
            parts.push_back(text.substr(from, found - from));
            if (found == std::string::npos)
                return parts;
            from = found + separator.size();
        }
    }

    /// Generated text, and some of whatever texts the data folder has.
    static std::vector<std::string> documents() {
        json parity = read("parity.json");
        TextGenerator generator(parity);
        std::vector<std::string> texts;
        for (std::uint64_t seed = 5000; seed < 5300; ++seed)
            texts.push_back(generator.document(seed, 4096));
        std::filesystem::path data = qEnvironmentVariable("MOEQUANT_DATA").toStdString();
        for (const char* name : {"wikitext-2", "mbpp", "humaneval", "gsm8k"}) {
            if (!std::filesystem::is_directory(data / name))
                continue;
            std::set<std::filesystem::path> files;
            for (const auto& entry : std::filesystem::recursive_directory_iterator(data / name))
                if (entry.is_regular_file() && entry.path().extension() != ".gz")
                    files.insert(entry.path());
            for (const auto& file : files)
                texts.push_back(read_text(file).substr(0, 600'000));
        }
        return texts;
    }

    static void add_models() {
        QTest::addColumn<QString>("model");
        for (const char* name :
             {"Qwen1.5-MoE-A2.7B", "DeepSeek-MoE-16B", "Mixtral-8x7B-v0.1", "OLMoE-1B-7B-0924"})
            QTest::newRow(name) << name;
    }

  private Q_SLOTS:
    void init() {
        if (!qEnvironmentVariableIsSet("MOEQUANT_DATA"))
            QSKIP("MOEQUANT_DATA is not set: published tokenizers are not tested");
    }

    void known_cases_data() {
        QTest::addColumn<QString>("cases");
        QTest::addColumn<QString>("model");
        QTest::newRow("Qwen2") << "qwen2"
                               << "Qwen1.5-MoE-A2.7B";
        QTest::newRow("DeepSeek") << "deepseek-llm"
                                  << "DeepSeek-MoE-16B";
    }
    void known_cases() {
        QFETCH(QString, cases);
        QFETCH(QString, model);
        std::filesystem::path tests = models() / "tokenizer_tests";
        if (!std::filesystem::exists(tests / (cases.toStdString() + ".inp")) ||
            !Tokenizer::present(models() / model.toStdString()))
            QSKIP("not in the data folder");
        auto tokenizer = Tokenizer::load(models() / model.toStdString());
        auto texts = split(read_text(tests / (cases.toStdString() + ".inp")), "\n__ggml_vocab_test__\n");
        auto lines = split(read_text(tests / (cases.toStdString() + ".out")), "\n");
        QVERIFY(texts.size() > 40 && lines.size() >= texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            std::istringstream line(lines[i]);
            Ids expected{std::istream_iterator<std::int32_t>(line), {}};
            QVERIFY2(tokenizer->encode(texts[i]) == expected, json(texts[i]).dump().c_str());
        }
    }

    void round_trips_data() { add_models(); }
    void round_trips() {
        QFETCH(QString, model);
        std::filesystem::path folder = models() / model.toStdString();
        if (!Tokenizer::present(folder))
            QSKIP("not in the data folder");
        auto tokenizer = Tokenizer::load(folder);
        for (std::string text :
             {"Experts route tokens.", "def f(x):\n\treturn x + 1\n", "专家 一二三 🦙"})
            QCOMPARE(tokenizer->decode(tokenizer->encode(text)), text);
    }

    void equals_the_library_data() { add_models(); }
    void equals_the_library() {
        QFETCH(QString, model);
        if (!qEnvironmentVariableIsSet("MOEQUANT_ORACLE_PYTHON"))
            QSKIP("MOEQUANT_ORACLE_PYTHON is not set: no comparison with the library itself");
        std::filesystem::path folder = models() / model.toStdString();
        if (!Tokenizer::present(folder))
            QSKIP("not in the data folder");
        std::vector<std::string> texts = documents();
        QTemporaryDir directory;
        json document = json::array();
        for (const std::string& text : texts)
            document.push_back(text);
        QString input = directory.filePath("texts.json"), output = directory.filePath("ids.json");
        write_text(input.toStdString(), document.dump(-1, ' ', false, json::error_handler_t::replace));
        document = json::parse(read_text(input.toStdString())); // cut pieces end in whole characters now
        QProcess python;
        python.setProcessChannelMode(QProcess::MergedChannels);
        python.start(qEnvironmentVariable("MOEQUANT_ORACLE_PYTHON"),
                     {MOEQUANT_SOURCE_DIR "/tests/oracle/tokenizer_encode.py",
                      QString::fromStdString(folder.string()), input, output});
        QVERIFY(python.waitForFinished(240'000));
        QVERIFY2(python.exitCode() == 0, python.readAll().constData());
        json expected = json::parse(read_text(output.toStdString()));
        QCOMPARE(expected.size(), document.size());
        auto tokenizer = Tokenizer::load(folder);
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < document.size(); ++i) {
            const auto& text = document[i].get_ref<const std::string&>();
            bytes += text.size();
            Ids ids = tokenizer->encode(text);
            QVERIFY2(ids == expected[i].at("ids").get<Ids>(), ("document " + std::to_string(i)).c_str());
            QVERIFY2(sha256(tokenizer->decode(ids)) == expected[i].at("decoded_sha256").get<std::string>(),
                     ("document " + std::to_string(i)).c_str());
        }
        QVERIFY(bytes > 1'000'000);
    }
};

QTEST_GUILESS_MAIN(TestTokenizerReal)
#include "tst_tokenizer_real.moc"
