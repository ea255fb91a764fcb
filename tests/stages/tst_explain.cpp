// Recorded searches as tables.
#include "core/stages/explain.h"
#include "tests/stages/stage_fixture.h"
#include "tests/strict_main.h"

using namespace moequant;

namespace {

SearchRecord example() {
    SearchRecord record(1, 3, 3);
    record.sequence = {7};
    record.options = {{"tau", 0.5}};
    record.set(0, 0, 0, {0, 10, -1, 0, 0.5f, true});
    record.set(0, 1, 0, {0, 11, -3, 0.25f, 1.5f, true}); // 1 + 0.5
    record.set(0, 1, 1, {0, 12, -6, 0.25f, 2.5f, true});
    record.set(0, 1, 2, {0, 13, -9, 0.5f, 4, false});
    record.set_usage(0, 1, 0.25f, 0.125f);
    return record; // the last step stays empty
}

} // namespace

class TestExplain : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void tokens_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        QTest::addRow("word") << QByteArray(" the") << QByteArray("\" the\"");
        QTest::addRow("empty") << QByteArray("") << QByteArray("\"\"");
        QTest::addRow("line") << QByteArray("a\n\tb") << QByteArray("\"a\\n\\tb\"");
        QTest::addRow("quotes") << QByteArray("\"\\") << QByteArray("\"\\\"\\\\\"");
        QTest::addRow("control") << QByteArray("\x1b[0m\x7f") << QByteArray("\"\\x1b[0m\\x7f\"");
        QTest::addRow("second controls") << QByteArray("\xc2\x9b") << QByteArray("\"\\xc2\\x9b\"");
        QTest::addRow("letters") << QByteArray("é漢🙂") << QByteArray("\"é漢🙂\"");
        QTest::addRow("torn") << QByteArray("\xe6\xbc") << QByteArray("\"\\xe6\\xbc\"");
        QTest::addRow("cut") << QByteArray("éééééééééééééééééééééé")
                             << QByteArray("\"éééééééééééééééééééé…\"");
        QTest::addRow("exactly") << QByteArray(20, 'x') << QByteArray("\"xxxxxxxxxxxxxxxxxxxx\"");
    }
    void tokens() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(quoted_token(text.toStdString())), shown);
    }

    void table() {
        const auto text_of = [](std::int32_t id) { return "w" + std::to_string(id); };
        const QStringList lines =
            QString::fromStdString(explain_search(example(), 0, text_of, 0.5)).split('\n');
        QVERIFY(lines[0].contains("sequence 7") && lines[0].contains("τ 0.5"));
        QVERIFY(lines[1].contains("parent") && lines[1].contains("score"));
        QCOMPARE(lines[2], QString("step 0, token 2: 1 candidate"));
        QVERIFY(lines[3].startsWith("*") && lines[3].contains("\"w10\""));
        // −log p/ids: 1, 2, 3; σ/τ: 0.5, 0.5, 1
        QCOMPARE(lines[4],
                 QString("step 1, token 3: 3 candidates, −log p/ids spreads 2, σ/τ 0.5 (25 % of it); best "
                         "beam's σ 0.25, pooled 0.125"));
        QVERIFY(lines[5].startsWith("*") && lines[5].contains("-3.0000") && lines[5].endsWith("1.5000"));
        QVERIFY(lines[6].startsWith("*"));
        QVERIFY(lines[7].startsWith(" ") && lines[7].endsWith("4.0000"));
        QCOMPARE(lines[5].indexOf("0.2500"), lines[6].indexOf("0.2500")); // columns
        QVERIFY(lines[8].contains("every beam had ended"));
        QCOMPARE(int(lines.size()), 10);
    }

    void without_a_tokenizer() {
        const QString text = QString::fromStdString(explain_search(example(), 0, {}, 0.5));
        QVERIFY(!text.contains("text") && !text.contains('"') && text.contains("13"));
    }

    void of_a_run() {
        StageFixture fixture;
        Job job = StageFixture::make(
            "sample", std::string(MOEQUANT_SOURCE_DIR) + "/tests/data/decoder/qwen2_moe",
            {{"sequences", 3}, {"length", 8}, {"width", 2}, {"record", 2}, {"explain", 1}});
        const nlohmann::json result = fixture.run(job, "run");
        // How the set settled ends where the set is.
        QCOMPARE(result["course"]["cv"].size(), std::size_t(3));
        QCOMPARE(result["course"]["cv"][2].get<double>(), result["balance"]["cv"].get<double>());
        QCOMPARE(result["course"]["perplexity"][2].get<double>(), result["perplexity"].get<double>());
        job.run = fixture.path("run");
        resolve_defaults(job);
        const QString text = QString::fromStdString(explain_job(job));
        QVERIFY(text.contains("sequence 1"));
        QCOMPARE(text.count("\nstep "), 7);
        // the recorded scores are what the definition says, and the recorded search goes the recorded way
        const SearchRecord record = read_search(fixture.path("run") + "/search.safetensors");
        QCOMPARE(record.sequences(), std::int64_t(2));
        QCOMPARE(record.steps, std::int64_t(7));
        const double tau = recorded_tau(record);
        const auto lengths = candidate_lengths(record, 1);
        for (std::int64_t t = 0; t < record.steps; ++t)
            for (std::int64_t c = 0; c < record.count(1, t); ++c) {
                const RecordedCandidate one = record.get(1, t, c);
                const double score =
                    -double(one.log_p) / double(lengths[std::size_t(t * record.candidates + c)]) +
                    double(one.sigma) / tau;
                QVERIFY(std::abs(score - double(one.score)) < 1e-5 * std::abs(score));
            }
        for (std::int64_t s : {0, 1})
            QVERIFY(!replay(record, s, tau).first_difference);
        job.options["explain"] = 2;
        QVERIFY_THROWS_EXCEPTION(RequestError, explain_job(job));
        job.options["explain"] = nullptr;
        QCOMPARE(explain_job(job), std::string());
        job.options["explain"] = 0;
        job.run = fixture.path("nowhere");
        QVERIFY_THROWS_EXCEPTION(RequestError, explain_job(job));
    }
};

STRICT_TEST_MAIN(TestExplain)
#include "tst_explain.moc"
