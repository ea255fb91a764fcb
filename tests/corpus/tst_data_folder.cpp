// The well-known corpora as people have them; skipped where MOEQUANT_DATA names no folder.
#include "core/corpus/corpus.h"
#include "core/corpus/records.h"

#include <QTest>

using namespace moequant;

class TestDataFolder : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase();
    void loads_data();
    void loads();
    void wikitext_has_the_known_rows();

  private:
    CorpusContext context_;
    std::shared_ptr<const Tokenizer> tokenizer_;
};

void TestDataFolder::initTestCase() {
    if (qgetenv("MOEQUANT_DATA").isEmpty())
        QSKIP("MOEQUANT_DATA is not set: no real corpora to read");
    tokenizer_ = Tokenizer::load(MOEQUANT_SOURCE_DIR "/resources/sample-model");
    context_.data_folders = {qgetenv("MOEQUANT_DATA").toStdString()};
    context_.tokenizer = tokenizer_.get();
    context_.eos = 0;
}

void TestDataFolder::loads_data() {
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<bool>("evaluate");
    QTest::addColumn<int>("windows");
    QTest::newRow("wikitext2 train") << QByteArray("wikitext2?samples=128") << false << 128;
    QTest::newRow("wikitext2 test") << QByteArray("wikitext2?samples=max:32") << true << 32;
    QTest::newRow("c4 train") << QByteArray("c4?samples=128") << false << 128;
    QTest::newRow("c4 test") << QByteArray("c4?samples=max:32") << true << 32;
    QTest::newRow("gsm8k train") << QByteArray("gsm8k?samples=128") << false << 128;
    QTest::newRow("gsm8k test") << QByteArray("gsm8k?samples=max:32") << true << 32;
    QTest::newRow("humaneval calibration") << QByteArray("humaneval?samples=16") << false << 16;
    QTest::newRow("humaneval rest") << QByteArray("humaneval?samples=16") << true << 16;
}

void TestDataFolder::loads() {
    QFETCH(QByteArray, spec);
    QFETCH(bool, evaluate);
    QFETCH(int, windows);
    context_.use = evaluate ? CorpusUse::Evaluate : CorpusUse::Calibrate;
    const auto parsed = CorpusSpec::parse(spec.toStdString());
    if (!corpus_present(parsed, context_))
        QSKIP("the data folder does not hold this corpus");
    const auto set = load_corpus(parsed, context_);
    QCOMPARE(int(set.sequences.size()), windows);
    for (const auto& window : set.sequences)
        QCOMPARE(window.size(), std::size_t(512));
}

void TestDataFolder::wikitext_has_the_known_rows() {
    context_.use = CorpusUse::Evaluate;
    const auto spec = CorpusSpec::parse("wikitext2");
    if (!corpus_present(spec, context_))
        QSKIP("the data folder does not hold this corpus");
    // The published test split: 1,290,590 bytes, of which 1467 blank lines give up their " \n", and 4357 gaps
    // between 4358 rows, two bytes each. (Hugging Face's 4358 rows start with the file's first, blank line.)
    std::string text;
    read_records(find_source(spec, context_),
                 [&](std::string record) { return text = std::move(record), true; });
    QCOMPARE(text.size(), std::size_t(1290590 - 1467 * 2 + 4357 * 2));
}

QTEST_APPLESS_MAIN(TestDataFolder)
#include "tst_data_folder.moc"
