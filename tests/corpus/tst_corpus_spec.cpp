#include "core/corpus/corpus.h"
#include "core/job/error.h"

#include <QTest>

using moequant::CorpusSpec;
using moequant::RequestError;

class TestCorpusSpec : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void needs_model();
    void pool_of_a_balanced_one();
};

struct Expected {
    std::string kind, argument{}, field{};
    std::optional<std::int64_t> samples{}, length{};
    std::optional<std::string> split{};
    bool at_most = false, sequential = false;
    std::uint64_t seed = 0;
    double top_up = 2;
    std::optional<std::int64_t> pool{};
};
Q_DECLARE_METATYPE(Expected)

void TestCorpusSpec::reads_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Expected>("expected");
    const auto row = [](const char* text, Expected expected) {
        QTest::newRow(text) << QByteArray(text) << expected;
    };
    row("wikitext2", {.kind = "wikitext2"});
    row("wikitext2?samples=64&length=256&seed=7",
        {.kind = "wikitext2", .samples = 64, .length = 256, .seed = 7});
    row("c4?samples=max:32", {.kind = "c4", .samples = 32, .at_most = true});
    row("gsm8k?samples=all&split=test", {.kind = "gsm8k", .samples = -1, .split = "test"});
    row("humaneval?order=sequential", {.kind = "humaneval", .sequential = true});
    row("humaneval?order=random", {.kind = "humaneval"});
    row("builtin:prose", {.kind = "builtin", .argument = "prose"});
    row("text:/a/b c.txt", {.kind = "text", .argument = "/a/b c.txt"});
    row("text:what?.txt?length=8", {.kind = "text", .argument = "what?.txt", .length = 8});
    row("text:C:x.txt", {.kind = "text", .argument = "C:x.txt"});
    row("jsonl:a.jsonl", {.kind = "jsonl", .argument = "a.jsonl"});
    row("jsonl:a.jsonl#body?samples=1",
        {.kind = "jsonl", .argument = "a.jsonl", .field = "body", .samples = 1});
    row("tokens:SET.jsonl", {.kind = "tokens", .argument = "SET.jsonl"});
    row("ebss?samples=4", {.kind = "ebss", .samples = 4});
    row("balanced:builtin:code?samples=4", {.kind = "balanced", .argument = "builtin:code", .samples = 4});
    row("balanced:wikitext2?samples=max:64&r=1.5&pool=1000&seed=3", {.kind = "balanced",
                                                                     .argument = "wikitext2",
                                                                     .samples = 64,
                                                                     .at_most = true,
                                                                     .seed = 3,
                                                                     .top_up = 1.5,
                                                                     .pool = 1000});
    row("balanced:jsonl:what?.jsonl#body?length=8",
        {.kind = "balanced", .argument = "jsonl:what?.jsonl#body", .length = 8});
    row("c4?seed=18446744073709551615", {.kind = "c4", .seed = 18446744073709551615ull});
}

void TestCorpusSpec::reads() {
    QFETCH(QByteArray, text);
    QFETCH(Expected, expected);
    const auto spec = CorpusSpec::parse(text.toStdString());
    QCOMPARE(spec.text, text.toStdString());
    QCOMPARE(spec.kind, expected.kind);
    QCOMPARE(spec.argument, expected.argument);
    QCOMPARE(spec.field, expected.field);
    QVERIFY(spec.samples == expected.samples);
    QVERIFY(spec.length == expected.length);
    QVERIFY(spec.split == expected.split);
    QCOMPARE(spec.at_most, expected.at_most);
    QCOMPARE(spec.sequential, expected.sequential);
    QCOMPARE(spec.seed, expected.seed);
    QCOMPARE(spec.top_up, expected.top_up);
    QVERIFY(spec.pool == expected.pool);
}

void TestCorpusSpec::refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("word"); // that the message must hold
    const auto row = [](const char* text, const char* word) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(word);
    };
    row("", "unknown kind");
    row("wikitext", "unknown kind 'wikitext'");
    row("wikitext2:x", "nothing may follow");
    row("wikitext2?samples", "key=value");
    row("wikitext2?", "key=value");
    row("wikitext2?samples=0", "samples=0");
    row("wikitext2?samples=-3", "samples=-3");
    row("wikitext2?samples=12x", "samples=12x");
    row("wikitext2?samples=max:", "samples=");
    row("wikitext2?samples=99999999999999999999", "samples=");
    row("wikitext2?length=0", "length=0");
    row("wikitext2?seed=-1", "seed=-1");
    row("wikitext2?order=backwards", "order=backwards");
    row("wikitext2?split=dev", "split=dev");
    row("wikitext2?sample=3", "unknown option 'sample'");
    row("wikitext2?seed=1&seed=2", "twice");
    row("builtin:poems", "poems");
    row("builtin", "built-in");
    row("text:", "no file");
    row("jsonl:a#", "no field");
    row("text:a?split=test", "no splits");
    row("balanced:", "no corpus");
    row("balanced:ebss", "ebss");
    row("balanced:nothing", "unknown kind");
    row("balanced:balanced:c4", "balanced:c4");
    row("balanced:c4?r=0", "r=0 is not a number of at least 0.1");
    row("balanced:c4?r=nan", "r=nan");
    row("balanced:c4?r=2x", "r=2x");
    row("balanced:c4?pool=0", "pool=0");
    row("balanced:c4?pools=9", "r, pool");
    row("balanced:c4?samples=all", "nothing to choose");
    row("balanced:text:a?split=test", "no splits");
    row("c4?r=2", "unknown option 'r'");
    row("c4?pool=8", "unknown option 'pool'");
}

void TestCorpusSpec::refuses() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, word);
    try {
        CorpusSpec::parse(text.toStdString());
        QFAIL("accepted");
    } catch (const RequestError& fault) {
        QVERIFY2(std::string(fault.what()).find(word.toStdString()) != std::string::npos, fault.what());
    }
}

void TestCorpusSpec::needs_model() {
    QVERIFY(CorpusSpec::parse("ebss").needs_model());
    QVERIFY(CorpusSpec::parse("balanced:c4").needs_model());
    QVERIFY(!CorpusSpec::parse("tokens:x").needs_model());
}

void TestCorpusSpec::pool_of_a_balanced_one() {
    const auto spec =
        CorpusSpec::parse("balanced:c4?samples=16&length=256&split=validation&seed=5&order=sequential");
    const auto pool = moequant::pool_of(spec);
    QCOMPARE(pool.kind, std::string("c4"));
    QVERIFY(pool.samples == 8 * 16 && pool.at_most && pool.length == 256 && pool.split == "validation");
    QVERIFY(pool.seed == 5 && pool.sequential);
    QVERIFY(moequant::pool_of(CorpusSpec::parse("balanced:c4")).samples == 8 * 128);
    QVERIFY(moequant::pool_of(CorpusSpec::parse("balanced:c4?samples=4&pool=5")).samples == 5);
    const auto small = CorpusSpec::parse("balanced:c4?samples=64&pool=63");
    QVERIFY_THROWS_EXCEPTION(RequestError, moequant::pool_of(small));
}

QTEST_APPLESS_MAIN(TestCorpusSpec)
#include "tst_corpus_spec.moc"
