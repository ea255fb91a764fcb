// The texts that come with the program: always there, large enough, the same everywhere.
#include "core/corpus/corpus.h"
#include "core/corpus/maths_problems.h"
#include "core/corpus/records.h"
#include "core/job/error.h"

#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace moequant;

class TestBuiltinTexts : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void parts_data();
    void parts();
    void calibrates_64_windows_data() { parts_data(); }
    void calibrates_64_windows();
    void sums_are_right();
};

static std::vector<std::string> records(const std::string& name, const char* split) {
    CorpusContext context;
    context.resources = MOEQUANT_SOURCE_DIR "/resources";
    std::vector<std::string> texts;
    read_records(find_source(CorpusSpec::parse("builtin:" + name + "?split=" + split), context),
                 [&](std::string text) { return texts.push_back(std::move(text)), true; });
    return texts;
}

void TestBuiltinTexts::parts_data() {
    QTest::addColumn<QByteArray>("name");
    for (const char* name : {"prose", "maths", "code"})
        QTest::newRow(name) << QByteArray(name);
}

void TestBuiltinTexts::parts() {
    QFETCH(QByteArray, name);
    const auto train = records(name.toStdString(), "train"), test = records(name.toStdString(), "test");
    QVERIFY(records(name.toStdString(), "all").size() == train.size() + test.size());
    std::size_t bytes = 0;
    std::set<std::string> seen;
    for (const auto& text : train)
        bytes += text.size(), seen.insert(text);
    for (const auto& text : test) {
        bytes += text.size();
        QVERIFY(!seen.contains(text));
    }
    QVERIFY2(bytes >= 150 * 1024, qPrintable(QString::number(bytes)));
    QCOMPARE(records(name.toStdString(), "train"), train);
}

void TestBuiltinTexts::calibrates_64_windows() {
    QFETCH(QByteArray, name);
    const auto tokenizer = Tokenizer::load(MOEQUANT_SOURCE_DIR "/resources/sample-model");
    CorpusContext context;
    context.resources = MOEQUANT_SOURCE_DIR "/resources";
    context.tokenizer = tokenizer.get();
    context.eos = 0;
    // Nothing asked: 128 windows or as many as there are, so that the plain name always works.
    const auto unasked =
        load_corpus(CorpusSpec::parse("builtin:" + name.toStdString()), context).sequences.size();
    QVERIFY(unasked > 16 && unasked <= 128);
    QVERIFY_EXCEPTION_THROWN(
        load_corpus(CorpusSpec::parse("builtin:" + name.toStdString() + "?samples=1000"), context),
        RequestError);
    auto spec = CorpusSpec::parse("builtin:" + name.toStdString() + "?samples=64&length=512");
    QCOMPARE(load_corpus(spec, context).tokens(), std::int64_t(64 * 512));
    context.use = CorpusUse::Evaluate;
    spec = CorpusSpec::parse("builtin:" + name.toStdString() + "?samples=32&length=512");
    QCOMPARE(load_corpus(spec, context).tokens(), std::int64_t(32 * 512));
}

void TestBuiltinTexts::sums_are_right() {
    const QRegularExpression mark("<<([0-9]+)([-+*/])([0-9]+)(?:/([0-9]+))?=([0-9]+)>>([0-9]+)");
    const QRegularExpression last("\n#### ([0-9]+)$");
    int marks = 0;
    for (const auto& text : maths_problems(RecordPart::All)) {
        const auto problem = QString::fromStdString(text);
        QVERIFY2(last.match(problem).hasMatch(), text.c_str());
        QCOMPARE(problem.count("<<"), problem.count(mark));
        for (auto found = mark.globalMatch(problem); found.hasNext(); ++marks) {
            const auto sum = found.next();
            const auto a = sum.captured(1).toLongLong(), b = sum.captured(3).toLongLong();
            const auto sign = sum.captured(2).front();
            auto result = sign == '+' ? a + b : sign == '-' ? a - b : sign == '*' ? a * b : a / b;
            if (sign == '/')
                QCOMPARE(a % b, 0);
            if (!sum.captured(4).isEmpty()) {
                QCOMPARE(result % sum.captured(4).toLongLong(), 0);
                result /= sum.captured(4).toLongLong();
            }
            QVERIFY2(result == sum.captured(5).toLongLong(), text.c_str());
            QCOMPARE(sum.captured(5), sum.captured(6));
        }
    }
    QVERIFY(marks > 2000);
}

QTEST_APPLESS_MAIN(TestBuiltinTexts)
#include "tst_builtin_texts.moc"
