// What people see: tables, durations, the progress line.
#include "app/command/print_result.h"
#include "app/command/progress_bar.h"

#include <QTest>

using namespace moequant;
using nlohmann::json;

class TestOutput : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void table();
    void durations();
    void progress();
    void results_data();
    void results();
    void odd_results();
};

void TestOutput::table() {
    QCOMPARE(QString::fromStdString(text_table({{"corpus", "CV"}, {"α", "0.5"}, {"long name", "12"}})),
             QString("corpus      CV\nα          0.5\nlong name   12\n"));
}

void TestOutput::durations() {
    QCOMPARE(duration_text(0), std::string("0 s"));
    QCOMPARE(duration_text(6.2), std::string("7 s"));
    QCOMPARE(duration_text(130), std::string("2 min 10 s"));
    QCOMPARE(duration_text(7500), std::string("2 h 5 min"));
    QCOMPARE(duration_text(-3), std::string("0 s"));
}

void TestOutput::progress() {
    const json fields = {{"stage", "quantize"}, {"done", 9},     {"total", 27}, {"unit", "layers"},
                         {"rate", 0.25},        {"left_s", 130}, {"layer", 9}};
    QCOMPARE(QString::fromStdString(progress_text(fields, 0)),
             QString("quantize  layer 9  33 %  0.25 layers/s  2 min 10 s left"));
    QVERIFY(progress_text(fields, 6).find("▓▓░░░░") != std::string::npos);
    QCOMPARE(progress_text({{"stage", "x"}, {"done", 0}, {"total", 0}}, 0), std::string("x  0 %"));
    QCOMPARE(progress_text({{"stage", "x"}, {"done", 3}, {"total", 2}, {"left_s", nullptr}}, 0),
             std::string("x  100 %"));
}

void TestOutput::results_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("result");
    QTest::addColumn<QStringList>("shown");
    QTest::newRow("inspect")
        << "inspect"
        << R"({"model_type":"qwen2_moe","parameters":8500000,"active_parameters":2000000,"bytes":17000000,
        "vocab_size":4096,"tokenizer":{"kind":"bpe","vocab_size":4096},"memory_plan":{},
        "layers":[{"index":0,"moe":true,"experts":16,"top_k":2,"shared_experts":1},{"index":1,"moe":false}]})"
        << QStringList{"qwen2_moe", "8.50 M", "17.0 MB", "16", "dense"};
    QTest::newRow("profile")
        << "profile"
        << R"({"corpus":"c4","tokens":512,"layers":[{"layer":3,"balance":{"cv":0.4567,"unused":1}}],
        "balance":{"cv":0.5,"unused":7},
        "quality":{"distinct1":{"mean":0.6789},"zlib_ratio":null,"degenerate_share":0.125}})"
        << QStringList{"c4", "512", "0.457", "0.5", "7", "0.679", "0.125"};
    QTest::newRow("sample") << "sample"
                            << R"({"sequences":8,"tokens":4096,"balance":{"cv":0.25},"perplexity":10.5})"
                            << QStringList{"4096", "10.5", "0.25"};
    QTest::newRow("quantize")
        << "quantize"
        << R"({"linears":[{"layer":0,"relative_output_error":0.01,"fallback":null},{"layer":0,"relative_output_error":0.03,"fallback":"rtn"},
        {"layer":1,"relative_output_error":null,"fallback":null}],"bytes_before":17000000,"bytes_after":5000000,"seconds":12.5,"verified":true})"
        << QStringList{"2 %", "17.0 MB", "5.0 MB", "yes"};
    QTest::newRow("not verified") << "quantize"
                                  << R"({"linears":[],"verified":false})" << QStringList{"NO"};
    QTest::newRow("evaluate")
        << "evaluate"
        << R"({"perplexity":{"c4":{"value":91.234567,"tokens":100,"windows":2}},"agreement":{"c4":{"kl":0.01,"top1":0.9}}})"
        << QStringList{"c4", "91.2346", "0.01", "0.9"};
    QTest::newRow("selftest") << "selftest"
                              << R"({"checks":[{"name":"logits","value":0.5,"tolerance":0.001,"ok":false}]})"
                              << QStringList{"logits", "FAILED", "0.5"};
    QTest::newRow("text") << "compare"
                          << R"({"text":"a table"})" << QStringList{"a table\n"};
    QTest::newRow("tokenize") << "tokenize"
                              << R"({"ids":[1,2],"count":2})" << QStringList{"[1,2]"};
    QTest::newRow("decode") << "tokenize"
                            << R"({"text":"hello"})" << QStringList{"hello\n"};
    QTest::newRow("trace") << "trace"
                           << R"({"path":"/x","tokens":4})" << QStringList{"/x", "4"};
}

void TestOutput::results() {
    QFETCH(QString, kind);
    QFETCH(QString, result);
    QFETCH(QStringList, shown);
    Job job;
    job.kind = kind.toStdString();
    const QString text = QString::fromStdString(result_text(job, json::parse(result.toStdString())));
    for (const QString& part : shown)
        QVERIFY2(text.contains(part), qPrintable(text));
    QVERIFY(text.endsWith('\n'));
}

void TestOutput::odd_results() { // a stored result of another version must not end the program
    for (const char* kind :
         {"inspect", "profile", "sample", "quantize", "evaluate", "selftest", "trace", "demo"})
        for (const char* result :
             {"{}", "[]", "null", "3", R"({"layers":[]})", R"({"agreement":null,"perplexity":{}})"}) {
            Job job;
            job.kind = kind;
            QVERIFY(!result_text(job, json::parse(result)).empty() || std::string(result) != "3");
        }
}

QTEST_APPLESS_MAIN(TestOutput)
#include "tst_output.moc"
