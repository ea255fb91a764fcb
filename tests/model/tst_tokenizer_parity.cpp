// A megabyte of mixed text, equal id for id; long words; several threads.
#include "tests/model/tokenizer_fixture.h"

#include <QElapsedTimer>
#include <QTest>
#include <thread>

using namespace moequant;
using namespace tokenizer_fixture;

class TestTokenizerParity : public QObject {
    Q_OBJECT

    json parity_ = read("parity.json");
    std::vector<std::string> documents_;

    const json& row(const QString& name) const {
        for (const json& entry : parity_.at("tokenizers"))
            if (entry.at("name") == name.toStdString())
                return entry;
        qFatal("no such row");
    }

  private Q_SLOTS:
    void initTestCase() {
        TextGenerator generator(parity_);
        std::string all;
        for (std::uint64_t seed = 0; seed < parity_.at("documents"); ++seed) {
            documents_.push_back(generator.document(seed, parity_.at("bytes")));
            all += documents_.back();
        }
        QCOMPARE(all.size(), parity_.at("text_bytes").get<std::size_t>());
        QCOMPARE(sha256(all), parity_.at("text_sha256").get<std::string>());
        QVERIFY(all.size() > 1'000'000);
    }

    void equals_the_reference_data() {
        QTest::addColumn<QString>("name");
        for (const json& entry : parity_.at("tokenizers")) {
            auto name = QString::fromStdString(entry.at("name"));
            QTest::addRow("%s", qUtf8Printable(name)) << name;
        }
    }
    void equals_the_reference() {
        QFETCH(QString, name);
        const json& expected = row(name);
        auto tokenizer = Tokenizer::load(folder_of(name.toStdString()));
        Ids all;
        for (std::size_t i = 0; i < documents_.size(); ++i) {
            Ids ids = tokenizer->encode(documents_[i]);
            QVERIFY2(ids.size() == expected.at("counts")[i].get<std::size_t>(),
                     ("document " + std::to_string(i)).c_str());
            all.insert(all.end(), ids.begin(), ids.end());
        }
        std::string bytes;
        for (std::int32_t id : all)
            for (int shift = 0; shift < 32; shift += 8)
                bytes += static_cast<char>(static_cast<std::uint32_t>(id) >> shift);
        QCOMPARE(sha256(bytes), expected.at("sha256").get<std::string>());
    }

    void gives_the_same_ids_in_several_threads() {
        auto tokenizer = Tokenizer::load(folder_of("qwen2"));
        std::vector<std::string> joined(4);
        std::vector<std::thread> threads;
        for (std::string& result : joined)
            threads.emplace_back([&] {
                for (std::size_t i = 0; i < 20; ++i)
                    result += show(tokenizer->encode(documents_[i]));
            });
        for (std::thread& thread : threads)
            thread.join();
        for (const std::string& result : joined)
            QVERIFY(result == joined[0]);
        QVERIFY(joined[0].starts_with(show(tokenizer->encode(documents_[0]))));
    }

    void takes_long_words_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("unit");
        for (const char* name : {"gpt2", "qwen2", "llama3", "sentencepiece"})
            for (const char* unit : {"e", "the", " ", "\n", "0", "中", "=", "\u00a0x"})
                QTest::addRow("%s %s", name, json(std::string(unit)).dump().c_str())
                    << name << QString::fromUtf8(unit);
    }
    void takes_long_words() {
        QFETCH(QString, name);
        QFETCH(QString, unit);
        auto tokenizer = Tokenizer::load(folder_of(name.toStdString()));
        std::string text;
        while (text.size() < 1'000'000)
            text += unit.toStdString();
        QElapsedTimer clock;
        clock.start();
        Ids ids = tokenizer->encode(text);
        QVERIFY2(clock.elapsed() < 20'000,
                 "a megabyte takes well under a second when time grows with its length");
        QCOMPARE(tokenizer->decode(ids) == text, true);
    }

    // `\s+$` looks at the end of every run of spaces from each of its beginnings, if one lets it.
    void trailing_space_pattern_takes_long_runs() {
        QTemporaryDir directory;
        json document = json::parse(read_text(folder_of("gpt2") / "tokenizer.json"));
        document["pre_tokenizer"] = json::parse(
            R"({"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\s+$"},"behavior":"Isolated",)"
            R"("invert":false},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]})");
        write_text(directory.filePath("tokenizer.json").toStdString(), document.dump());
        auto tokenizer = Tokenizer::load(directory.path().toStdString());
        std::string text = std::string(1'000'000, ' ') + "x";
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(tokenizer->decode(tokenizer->encode(text)) == text, true);
        QVERIFY(clock.elapsed() < 20'000);
    }
};

QTEST_GUILESS_MAIN(TestTokenizerParity)
#include "tst_tokenizer_parity.moc"
