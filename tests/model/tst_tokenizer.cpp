// Ids and texts equal to the `tokenizers` library's, component by component.
#include "core/job/error.h"
#include "tests/model/tokenizer_fixture.h"

#include <QTest>
#include <map>

using namespace moequant;
using namespace tokenizer_fixture;

class TestTokenizer : public QObject {
    Q_OBJECT

    json cases_ = read("cases.json");
    json ill_formed_ = read("ill_formed.json");

    const json& case_of(const QString& name) const {
        for (const json& entry : cases_.at("cases"))
            if (entry.at("name") == name.toStdString())
                return entry;
        qFatal("no such case");
    }

    /// The tokenizer of a case: a fixture's, with the case's changes.
    static std::shared_ptr<const Tokenizer> load(const json& entry) {
        std::string base = entry.at("base");
        if (entry.at("patch").empty())
            return Tokenizer::load(folder_of(base));
        QTemporaryDir directory;
        json document = json::parse(read_text(folder_of(base) / "tokenizer.json"));
        document.merge_patch(entry.at("patch"));
        write_text(directory.filePath("tokenizer.json").toStdString(), document.dump());
        return Tokenizer::load(directory.path().toStdString());
    }

    void add_cases() const {
        QTest::addColumn<QString>("name");
        for (const json& entry : cases_.at("cases")) {
            auto name = QString::fromStdString(entry.at("name"));
            QTest::addRow("%s", qUtf8Printable(name)) << name;
        }
    }

  private Q_SLOTS:
    void encodes_as_the_reference_data() { add_cases(); }
    void encodes_as_the_reference() {
        QFETCH(QString, name);
        const json& entry = case_of(name);
        auto tokenizer = load(entry);
        const json& texts = cases_.at(entry.at("base") == "flags" ? "flag_texts" : "texts");
        QCOMPARE(texts.size(), entry.at("ids").size());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            std::string text = texts[i];
            Ids expected = entry.at("ids")[i];
            QVERIFY2(
                tokenizer->encode(text) == expected,
                (json(text).dump() + "\n  has " + show(tokenizer->encode(text)) + "\n  not " + show(expected))
                    .c_str());
        }
        QCOMPARE(show(tokenizer->encode("Hello world", true)), entry.at("with_special").dump());
    }

    void decodes_as_the_reference_data() { add_cases(); }
    void decodes_as_the_reference() {
        QFETCH(QString, name);
        const json& entry = case_of(name);
        auto tokenizer = load(entry);
        std::string all;
        for (const json& ids : entry.at("ids"))
            all += (&ids == &entry.at("ids").front() ? std::string() : std::string(1, '\0')) +
                   tokenizer->decode(ids.get<Ids>());
        QCOMPARE(sha256(all), entry.at("decoded_sha256").get<std::string>());
        QCOMPARE(tokenizer->decode(entry.at("drawn").get<Ids>()), entry.at("drawn_text").get<std::string>());
    }

    void reads_ill_formed_utf8_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < ill_formed_.size(); ++i)
            QTest::addRow("%s", ill_formed_[i].at("name").get<std::string>().c_str()) << static_cast<int>(i);
    }
    void reads_ill_formed_utf8() {
        QFETCH(int, index);
        const json& entry = ill_formed_.at(static_cast<std::size_t>(index));
        auto tokenizer = Tokenizer::load(folder_of(entry.at("base")));
        QByteArray bytes = QByteArray::fromHex(QByteArray::fromStdString(entry.at("bytes")));
        QCOMPARE(show(tokenizer->encode(bytes.toStdString())), entry.at("ids").dump());
    }

    void describes_itself_data() {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("vocab_size");
        QTest::addColumn<QString>("special");
        QTest::addColumn<int>("bos");
        QTest::newRow("byte level") << "gpt2"
                                    << "byte-bpe" << 560 << "[0]" << -1;
        QTest::newRow("template") << "llama3"
                                  << "byte-bpe" << 560 << "[0,1]" << 0;
        QTest::newRow("sentencepiece") << "sentencepiece"
                                       << "sentencepiece-bpe" << 716 << "[0,1,2]" << 1;
        QTest::newRow("vocabulary and merges") << "qwen2"
                                               << "byte-bpe" << 563 << "[559,560,561]" << -1;
        QTest::newRow("sample model") << "sample"
                                      << "byte-bpe" << 4096 << "[0]" << -1;
    }
    void describes_itself() {
        QFETCH(QString, base);
        QFETCH(QString, kind);
        QFETCH(int, vocab_size);
        QFETCH(QString, special);
        QFETCH(int, bos);
        QVERIFY(Tokenizer::present(folder_of(base.toStdString())));
        auto tokenizer = Tokenizer::load(folder_of(base.toStdString()));
        QCOMPARE(QString::fromStdString(tokenizer->kind()), kind);
        QCOMPARE(tokenizer->vocab_size(), vocab_size);
        QCOMPARE(QString::fromStdString(show(tokenizer->special_ids())), special);
        QCOMPARE(tokenizer->bos_to_add().value_or(-1), bos);
        QVERIFY(tokenizer->known(0));
        QVERIFY(tokenizer->known(vocab_size - 1));
        QVERIFY(!tokenizer->known(vocab_size));
        QVERIFY(!tokenizer->known(-1));
    }

    void refuses_to_decode_unknown_ids() {
        auto tokenizer = Tokenizer::load(folder_of("gpt2"));
        for (std::int32_t id : {-1, 560, 1 << 30})
            QVERIFY_THROWS_EXCEPTION(RequestError, tokenizer->decode(Ids{1, id}));
    }

    void puts_bos_first_when_the_config_says_so_data() {
        QTest::addColumn<QString>("config");
        QTest::addColumn<int>("bos");
        QTest::newRow("string") << R"({"add_bos_token":true,"bos_token":"<|endoftext|>"})" << 0;
        QTest::newRow("object") << R"({"add_bos_token":true,"bos_token":{"content":"<|endoftext|>"}})" << 0;
        QTest::newRow("false") << R"({"add_bos_token":false,"bos_token":"<|endoftext|>"})" << -1;
        QTest::newRow("without a token") << R"({"add_bos_token":true,"bos_token":null})" << -1;
    }
    void puts_bos_first_when_the_config_says_so() {
        QFETCH(QString, config);
        QFETCH(int, bos);
        QTemporaryDir directory;
        write_text(directory.filePath("tokenizer.json").toStdString(),
                   read_text(folder_of("gpt2") / "tokenizer.json"));
        write_text(directory.filePath("tokenizer_config.json").toStdString(), config.toStdString());
        auto tokenizer = Tokenizer::load(directory.path().toStdString());
        QCOMPARE(tokenizer->bos_to_add().value_or(-1), bos);
        Ids plain = tokenizer->encode("Hello"), with = tokenizer->encode("Hello", true);
        if (bos >= 0)
            plain.insert(plain.begin(), bos);
        QCOMPARE(show(with), show(plain));
    }
};

QTEST_GUILESS_MAIN(TestTokenizer)
#include "tst_tokenizer.moc"
