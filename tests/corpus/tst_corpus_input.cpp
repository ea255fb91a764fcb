// Token records, and files that are not what they should be.
#include "tests/corpus/corpus_fixture.h"

using namespace moequant;
namespace fs = std::filesystem;

class TestCorpusInput : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { f_ = std::make_unique<CorpusFixture>(); }
    void token_records();
    void token_records_refused_data();
    void token_records_refused();
    void bad_files_data();
    void bad_files();
    void ill_formed_text();

  private:
    std::unique_ptr<CorpusFixture> f_;
};

void TestCorpusInput::token_records() {
    const auto spec = "tokens:" + f_->write("set.jsonl", R"({"ids":[1,2,3,4,5,6],"text":"other"})"
                                                         "\n\n"
                                                         R"({"ids":[4095]})"
                                                         "\n"
                                                         R"({"text":"One two three"})")
                                      .string();
    const auto text_ids = f_->tokenizer->encode("One two three");
    auto set = f_->load(spec);
    QCOMPARE(set.sequences, (std::vector<std::vector<std::int32_t>>{{1, 2, 3, 4, 5, 6}, {4095}, text_ids}));
    QCOMPARE(set.tokens(), std::int64_t(7 + text_ids.size()));
    set = f_->load(spec + "?length=2");
    QCOMPARE(set.sequences[0], (std::vector<std::int32_t>{1, 2}));
    QCOMPARE(set.sequences[1], (std::vector<std::int32_t>{4095}));
    QCOMPARE(f_->load(spec + "?samples=2").sequences.size(), std::size_t(2));
    QCOMPARE(f_->load(spec + "?samples=max:9", CorpusUse::Evaluate).sequences.size(), std::size_t(3));
    QVERIFY(holds(f_->fault(spec + "?samples=9"), "holds 3 records"));

    // Ids need no tokenizer, text does.
    f_->context.tokenizer = nullptr;
    QCOMPARE(f_->load(spec + "?samples=2").sequences.size(), std::size_t(2));
    QVERIFY(holds(f_->fault(spec), "set.jsonl:4"));
    QVERIFY(holds(f_->fault("builtin:prose"), "no tokenizer"));
}

void TestCorpusInput::token_records_refused_data() {
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* name, QByteArray lines, QByteArray word) {
        QTest::newRow(name) << lines << word;
    };
    row("too large",
        R"({"ids":[1]})"
        "\n"
        R"({"ids":[4096]})",
        "set.jsonl:2: id 4096 is outside the vocabulary of 4096");
    row("negative", R"({"ids":[-1]})", "id -1");
    row("huge", R"({"ids":[18446744073709551615]})", "id 18446744073709551615");
    row("beyond the cut", R"({"ids":[1,2,3,9999]})", "id 9999");
    row("fraction", R"({"ids":[1.5]})", "1.5");
    row("string", R"({"ids":["a"]})", "not a whole number");
    row("no list", R"({"ids":3})", "not a list");
    row("no ids", R"({"ids":[]})", "no tokens");
    row("neither", R"({"tokens":[1]})", "neither 'ids' nor");
    row("text no string", R"({"text":1})", "neither 'ids' nor");
    row("no object", "[1,2]", "not a JSON object");
    row("malformed", R"({"ids":[1})", "set.jsonl:1: malformed JSON");
    row("empty", "\n", "no records");
}

void TestCorpusInput::token_records_refused() {
    QFETCH(QByteArray, lines);
    QFETCH(QByteArray, word);
    const auto file = f_->write("set.jsonl", lines.toStdString());
    const auto message = f_->fault("tokens:" + file.string() + "?length=2");
    QVERIFY2(holds(message, word.toStdString()), message.c_str());
}

void TestCorpusInput::bad_files_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* name, QByteArray file, QByteArray content, QByteArray spec,
                        QByteArray word) { QTest::newRow(name) << file << content << spec << word; };
    row("missing text", "", "", "text:@/none.txt", "none.txt: no such file");
    row("missing jsonl", "", "", "jsonl:@/none.jsonl", "none.jsonl: no such file");
    row("missing tokens", "", "", "tokens:@/none.jsonl", "none.jsonl: no such file");
    row("missing corpus", "", "", "gsm8k", "data/gsm8k");
    row("missing corpus, fetch", "", "", "wikitext2", "moequant fetch wikitext2");
    row("folder", "x/y", "", "text:@/x", "is a folder");
    row("empty text", "e.txt", "", "text:@/e.txt", "holds no text");
    row("empty jsonl", "e.jsonl", "\n \n", "jsonl:@/e.jsonl", "holds no text");
    row("empty fields", "e.jsonl",
        R"({"text":""})"
        "\n"
        R"({"text":""})",
        "jsonl:@/e.jsonl", "holds no text");
    row("malformed", "m.jsonl",
        R"({"text":"a"})"
        "\n{\n",
        "jsonl:@/m.jsonl", "m.jsonl:2: malformed JSON");
    row("not an object", "m.jsonl", "3\n", "jsonl:@/m.jsonl", "m.jsonl:1: is not a JSON object");
    row("no field", "m.jsonl", R"({"body":"a"})", "jsonl:@/m.jsonl", "no field 'text' (the record has body)");
    row("no string", "m.jsonl", R"({"text":5})", "jsonl:@/m.jsonl", "field 'text' is not a string");
    row("ill-formed JSON text", "m.jsonl", "{\"text\":\"\xff\"}", "jsonl:@/m.jsonl",
        "m.jsonl:1: malformed JSON");
    row("gsm8k without answer", "data/gsm8k/train.jsonl", R"({"question":"a"})", "gsm8k",
        "train.jsonl:1: no field");
    row("gzip cut off", "g.txt", QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b", 11),
        "text:@/g.txt", "damaged gzip");
    row("gzip broken", "g.txt",
        QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff\xff\xff", 16), "text:@/g.txt",
        "damaged gzip");
    row("needs a model", "", "", "ebss", "running the model");
}

void TestCorpusInput::bad_files() {
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, spec);
    QFETCH(QByteArray, word);
    if (!file.isEmpty())
        f_->write(file.toStdString(), content.toStdString());
    spec.replace("@", f_->dir.path().toUtf8());
    const auto message = f_->fault(spec.toStdString());
    QVERIFY2(holds(message, word.toStdString()), message.c_str());
    QVERIFY(!holds(message, "\n"));
}

void TestCorpusInput::ill_formed_text() {
    // One U+FFFD for each maximal ill-formed part: E2 82 (cut off) and FF.
    f_->write("a.txt", "a\xe2\x82"
                       "b\xff");
    QCOMPARE(f_->whole_text("text:" + f_->path("a.txt").string()), std::string("a\xef\xbf\xbd"
                                                                               "b\xef\xbf\xbd"));
}

QTEST_APPLESS_MAIN(TestCorpusInput)
#include "tst_corpus_input.moc"
