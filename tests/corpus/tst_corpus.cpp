#include "tests/corpus/corpus_fixture.h"

using namespace moequant;
namespace fs = std::filesystem;

class TestCorpus : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { f_ = std::make_unique<CorpusFixture>(); }
    void wikitext_rows();
    void records_joined_with_eos_data();
    void records_joined_with_eos();
    void parts_data();
    void parts();
    void gzip_equals_plain();
    void windows_are_of_the_text();
    void too_little_text_data();
    void too_little_text();
    void files_and_presence();
    void folders_in_order();

  private:
    std::unique_ptr<CorpusFixture> f_;
};

void TestCorpus::wikitext_rows() {
    // The rows are "", " = A = \n", "", " One . \n", " Two . \n"; they are joined by "\n\n".
    f_->write("data/wikitext-2/wiki.train.raw", " \n = A = \n \n One . \n Two . \n");
    f_->write("data/wikitext-2/wiki.test.raw", " test . \n");
    f_->write("data/wikitext-2/wiki.valid.raw", " valid . \n");
    QCOMPARE(f_->whole_text("wikitext2"), std::string("\n\n = A = \n\n\n\n\n One . \n\n\n Two . \n"));
    QCOMPARE(f_->whole_text("wikitext2", CorpusUse::Evaluate), std::string(" test . \n"));
    QCOMPARE(f_->whole_text("wikitext2?split=validation", CorpusUse::Evaluate), std::string(" valid . \n"));
    QCOMPARE(f_->whole_text("wikitext2?split=train", CorpusUse::Evaluate), f_->whole_text("wikitext2"));
}

void TestCorpus::records_joined_with_eos_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QByteArray>("text"); // the EOS written as |
    const auto row = [](const char* name, QByteArray file, QByteArray lines, QByteArray spec,
                        QByteArray text) { QTest::newRow(name) << file << lines << spec << text; };
    row("gsm8k", "data/gsm8k/train.jsonl",
        R"({"question":"How many?","answer":"Two.\n#### 2"})"
        "\n\n"
        R"({"answer":"b","question":"a"})"
        "\n",
        "gsm8k", "How many?\nTwo.\n#### 2|a\nb");
    row("humaneval", "data/humaneval/HumanEval.jsonl",
        R"({"prompt":"def f():\n","canonical_solution":"    return 1\n"})"
        "\n"
        R"({"prompt":"def g():\n","canonical_solution":"    pass\n"})",
        "humaneval", "def f():\n    return 1\n|def g():\n    pass\n");
    row("c4 shard", "data/c4/c4-train.00000-of-01024.json",
        R"({"text":"one","url":"x"})"
        "\n"
        R"({"text":"two"})"
        "\n",
        "c4", "one|two");
    row("c4 pieces", "data/c4/c4.jsonl",
        R"({"prefix":"wa","gold_completion":"ter"})"
        "\n"
        R"({"text":"b"})",
        "c4?split=all", "water|b");
    row("jsonl", "any.jsonl",
        R"({"text":"one"})"
        "\r\n"
        R"({"text":"two"})"
        "\n",
        "jsonl:@/any.jsonl", "one|two");
    row("jsonl field", "any.jsonl", R"({"text":"one","b#y":"three"})", "jsonl:@/any.jsonl#b", "");
    row("jsonl other field", "any.jsonl", R"({"text":"one","body":"three"})", "jsonl:@/any.jsonl#body",
        "three");
    row("text", "any.txt", "line\n\nline two", "text:@/any.txt", "line\n\nline two");
}

void TestCorpus::records_joined_with_eos() {
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, lines);
    QFETCH(QByteArray, spec);
    QFETCH(QByteArray, text);
    f_->write(file.toStdString(), lines.toStdString());
    spec.replace("@", f_->dir.path().toUtf8());
    if (text.isEmpty()) {
        QVERIFY(holds(f_->fault(spec.toStdString() + "?length=1"), "no field 'b'"));
        return;
    }
    const auto eos = f_->tokenizer->decode(std::vector<std::int32_t>{0});
    QCOMPARE(f_->whole_text(spec.toStdString()),
             text.replace("|", QByteArray::fromStdString(eos)).toStdString());
}

void TestCorpus::parts_data() {
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<bool>("evaluate");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::newRow("c4 calibrates on the first half") << QByteArray("c4") << false << 0 << 49;
    QTest::newRow("c4 evaluates on the second") << QByteArray("c4") << true << 50 << 100;
    QTest::newRow("c4 all") << QByteArray("c4?split=all") << true << 0 << 100;
    QTest::newRow("c4 split=train evaluating") << QByteArray("c4?split=train") << true << 0 << 49;
    QTest::newRow("humaneval calibrates on 62") << QByteArray("humaneval") << false << 0 << 61;
    QTest::newRow("humaneval evaluates on the rest") << QByteArray("humaneval") << true << 62 << 100;
    QTest::newRow("jsonl whole, calibrating") << QByteArray("jsonl:@") << false << 0 << 100;
    QTest::newRow("jsonl whole, evaluating") << QByteArray("jsonl:@") << true << 0 << 100;
    QTest::newRow("jsonl first half") << QByteArray("jsonl:@?split=train") << true << 0 << 49;
    QTest::newRow("jsonl second half") << QByteArray("jsonl:@?split=test") << false << 50 << 100;
}

void TestCorpus::parts() {
    QFETCH(QByteArray, spec);
    QFETCH(bool, evaluate);
    QFETCH(int, first);
    QFETCH(int, last);
    std::string c4, humaneval;
    for (int i = 0; i <= 100; ++i) { // an odd number of records: the second half has one more
        c4 += R"({"text":"<)" + std::to_string(i) +
              R"(>"})"
              "\n";
        humaneval += R"({"prompt":"<)" + std::to_string(i) +
                     R"(","canonical_solution":">"})"
                     "\n";
    }
    const auto file = f_->write("data/c4/c4.jsonl", c4);
    f_->write("data/humaneval/HumanEval.jsonl", humaneval);
    spec.replace("@", QByteArray::fromStdString(file.string()));
    std::string expected;
    const auto eos = f_->tokenizer->decode(std::vector<std::int32_t>{0});
    for (int i = first; i <= last; ++i)
        expected += (i == first ? "<" : eos + "<") + std::to_string(i) + ">";
    QCOMPARE(f_->whole_text(spec.toStdString(), evaluate ? CorpusUse::Evaluate : CorpusUse::Calibrate),
             expected);
}

void TestCorpus::gzip_equals_plain() {
    std::string lines;
    for (int i = 0; i < 20000; ++i)
        lines += R"({"question":"What is )" + std::to_string(i) + R"( doubled?","answer":")" +
                 std::to_string(2 * i) + "\"}\n";
    f_->write("plain/gsm8k/train.jsonl", lines);
    f_->write_gzip("packed/gsm8k/train.jsonl.gz", lines);
    f_->context.data_folders = {f_->path("plain")};
    const auto plain = f_->load("gsm8k?samples=50&length=64&seed=3");
    f_->context.data_folders = {f_->path("packed")};
    const auto packed = f_->load("gsm8k?samples=50&length=64&seed=3");
    QVERIFY(plain.sequences == packed.sequences);
    QCOMPARE(plain.sequences.size(), std::size_t(50));
}

void TestCorpus::windows_are_of_the_text() {
    std::string text;
    for (int i = 0; i < 3000; ++i)
        text += "Sentence number " + std::to_string(i * 7919 % 3001) + " stands here.\n";
    const auto spec = "text:" + f_->write("a.txt", text).string();
    const auto ids = f_->tokenizer->encode(text);
    const std::int64_t length = 100;

    const auto find = [&](const std::vector<std::int32_t>& window) {
        return std::search(ids.begin(), ids.end(), window.begin(), window.end()) - ids.begin();
    };
    const auto drawn = f_->load(spec + "?samples=20&length=100&seed=1");
    QCOMPARE(drawn.name, spec + "?samples=20&length=100&seed=1");
    std::vector<std::ptrdiff_t> starts;
    for (const auto& window : drawn.sequences) {
        QCOMPARE(std::int64_t(window.size()), length);
        starts.push_back(find(window));
        QVERIFY(starts.back() < std::ptrdiff_t(ids.size()));
    }
    QVERIFY(!std::is_sorted(starts.begin(), starts.end()));
    std::sort(starts.begin(), starts.end());
    for (std::size_t i = 1; i < starts.size(); ++i)
        QVERIFY(starts[i] - starts[i - 1] >= length);
    QVERIFY(drawn.sequences == f_->load(spec + "?samples=20&length=100&seed=1").sequences);
    QVERIFY(drawn.sequences != f_->load(spec + "?samples=20&length=100&seed=2").sequences);

    // The first ones in order: on request, and always when evaluating.
    const auto first = f_->load(spec + "?samples=20&length=100&order=sequential");
    for (std::size_t i = 0; i < first.sequences.size(); ++i)
        QVERIFY(std::equal(first.sequences[i].begin(), first.sequences[i].end(),
                           ids.begin() + std::ptrdiff_t(i) * 100));
    QVERIFY(first.sequences ==
            f_->load(spec + "?samples=20&length=100&seed=9", CorpusUse::Evaluate).sequences);
    const auto all = f_->load(spec + "?length=100", CorpusUse::Evaluate);
    QCOMPARE(all.sequences.size(), ids.size() / 100);
    f_->context.default_samples = 7;
    f_->context.default_length = 33;
    QCOMPARE(f_->load(spec).sequences.size(), std::size_t(7));
    QCOMPARE(f_->load(spec).sequences.front().size(), std::size_t(33));
}

void TestCorpus::too_little_text_data() {
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<bool>("evaluate");
    QTest::addColumn<QByteArray>("word"); // empty: three windows
    QTest::newRow("asked") << QByteArray("?samples=4&length=10") << false << QByteArray("3 windows of 10");
    QTest::newRow("default") << QByteArray("?length=10") << false << QByteArray("not the 128 asked for");
    QTest::newRow("evaluating") << QByteArray("?samples=4&length=10") << true
                                << QByteArray("3 windows of 10");
    QTest::newRow("longer than the text")
        << QByteArray("?length=50&samples=all") << true << QByteArray("0 windows of 50");
    QTest::newRow("at most") << QByteArray("?samples=max:4&length=10") << false << QByteArray();
    QTest::newRow("at most, none") << QByteArray("?samples=max:4&length=50") << false
                                   << QByteArray("0 windows of 50");
    QTest::newRow("all") << QByteArray("?samples=all&length=10") << false << QByteArray();
    QTest::newRow("exactly") << QByteArray("?samples=3&length=10") << false << QByteArray();
}

void TestCorpus::too_little_text() {
    QFETCH(QByteArray, options);
    QFETCH(bool, evaluate);
    QFETCH(QByteArray, word);
    std::string text = "a";
    while (f_->tokenizer->encode(text).size() < 38)
        text += " a";
    const auto use = evaluate ? CorpusUse::Evaluate : CorpusUse::Calibrate;
    const auto spec = "text:" + f_->write("a.txt", text).string() + options.toStdString();
    if (word.isEmpty())
        QCOMPARE(f_->load(spec, use).sequences.size(), std::size_t(3));
    else
        QVERIFY2(holds(f_->fault(spec, use), word.toStdString()), f_->fault(spec, use).c_str());
}

void TestCorpus::files_and_presence() {
    const auto train = f_->write("data/gsm8k/train.jsonl", "{}\n");
    const auto test = f_->write("data/gsm8k/test_first1019.jsonl", "{}\n");
    f_->write("data/c4/c4-train.00001-of-01024.json", "{}\n");
    f_->write_gzip("data/c4/c4-train.00000-of-01024.json.gz", "{}\n");
    auto context = f_->context;
    const auto files = [&](const char* spec) { return corpus_files(CorpusSpec::parse(spec), context); };
    QCOMPARE(files("gsm8k"), (std::vector{train}));
    QCOMPARE(files("balanced:gsm8k"), (std::vector{train}));
    QCOMPARE(files("c4"), (std::vector{f_->path("data/c4/c4-train.00000-of-01024.json.gz"),
                                       f_->path("data/c4/c4-train.00001-of-01024.json")}));
    QCOMPARE(files("ebss").size(), std::size_t(0));
    context.use = CorpusUse::Evaluate;
    QCOMPARE(files("gsm8k"), (std::vector{test}));
    QVERIFY(corpus_present(CorpusSpec::parse("gsm8k"), context));
    QVERIFY(corpus_present(CorpusSpec::parse("builtin:prose"), context));
    QVERIFY(!corpus_present(CorpusSpec::parse("wikitext2"), context));
    QVERIFY(!corpus_present(CorpusSpec::parse("c4"), context)); // train shards alone do not evaluate
    QVERIFY(!corpus_present(CorpusSpec::parse("text:/nowhere/at/all"), context));
}

void TestCorpus::folders_in_order() {
    const auto old_data = qgetenv("MOEQUANT_DATA"), old_share = qgetenv("XDG_DATA_HOME");
    qputenv("MOEQUANT_DATA", "/second");
    qputenv("XDG_DATA_HOME", "/share");
    const auto both = data_folders("/first");
    qunsetenv("MOEQUANT_DATA");
    const auto alone = data_folders("");
    old_data.isNull() ? qunsetenv("MOEQUANT_DATA") : qputenv("MOEQUANT_DATA", old_data);
    old_share.isNull() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", old_share);
    QCOMPARE(both, (std::vector<fs::path>{"/first", "/second", "/share/moequant/corpora"}));
    QCOMPARE(alone, (std::vector<fs::path>{"/share/moequant/corpora"}));

    f_->write("one/gsm8k/train.jsonl", R"({"question":"a","answer":"b"})");
    f_->write("two/gsm8k/train.jsonl", R"({"question":"c","answer":"d"})");
    f_->context.data_folders = {f_->path("none"), f_->path("two"), f_->path("one")};
    QCOMPARE(f_->whole_text("gsm8k"), std::string("c\nd"));
}

QTEST_APPLESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
