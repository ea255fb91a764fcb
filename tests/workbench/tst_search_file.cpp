// What the window reads of run folders by itself: recorded searches, sets, top tokens; damaged ones are
// refused in one line.
#include "app/workbench/search_file.h"
#include "app/workbench/set_file.h"
#include "app/workbench/tensor_file.h"
#include "app/workbench/top_token_file.h"
#include "core/job/error.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <cmath>
#include <functional>
#include <limits>

using namespace moequant;

namespace {

const QString data = QStringLiteral(MOEQUANT_SOURCE_DIR) + "/tests/data/search/";

QByteArray bytes_of(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The file with its header changed by `text` edits; the data stays.
QByteArray with_header(const QByteArray& file, const QByteArray& before, const QByteArray& after) {
    const auto length = qFromLittleEndian<quint64>(file.constData());
    QByteArray header = file.mid(8, qsizetype(length));
    header.replace(before, after);
    QByteArray size(8, 0);
    qToLittleEndian(quint64(header.size()), size.data());
    return size + header + file.mid(8 + qsizetype(length));
}

/// One byte of a u8 tensor set.
QByteArray with_byte(QByteArray file, const char* tensor, int index, char value) {
    const auto length = qFromLittleEndian<quint64>(file.constData());
    const auto header = nlohmann::json::parse(file.mid(8, qsizetype(length)).toStdString());
    const auto begin = header[tensor]["data_offsets"][0].get<qsizetype>();
    file[8 + qsizetype(length) + begin + index] = value;
    return file;
}

QString fault_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const RequestError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

class TestSearchFile : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void real_searches_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("tau");
        QTest::addColumn<int>("kept");
        QTest::newRow("as in the paper") << "paper.safetensors" << 1.2 << 4;
        QTest::newRow("balanced") << "balanced.safetensors" << 0.05 << 1;
    }
    void real_searches() {
        QFETCH(QString, name);
        QFETCH(double, tau);
        QFETCH(int, kept);
        const RecordedRun run = read_searches(bytes_of(data + name), name);
        QCOMPARE(run.searches.size(), 2);
        for (const auto& search : run.searches) {
            QCOMPARE(search.tau, tau);
            QCOMPARE(search.steps.size(), 23);
            QCOMPARE(first_change(search, tau), -1);
            for (const auto& step : search.steps) {
                // At the recorded τ the choice is the recorded one, in the recorded order.
                QVector<int> recorded;
                for (int rank = 0; rank < step.size(); ++rank) {
                    const auto& candidate = step[rank];
                    if (candidate.kept)
                        recorded.append(rank);
                    const double score = candidate.likelihood() + candidate.sigma / tau;
                    QVERIFY(std::abs(score - candidate.score) < 1e-5 * std::abs(score));
                }
                QCOMPARE(choose(step, tau).kept, recorded);
            }
            QCOMPARE(search.steps.last().first().length, 24.0);
            int most = 0;
            for (const auto& candidate : search.steps[10])
                most += candidate.kept;
            QCOMPARE(most, kept);
            QVERIFY(best_path(search).count(-1) == 0);
        }
        QVERIFY(tokens_of(run.searches).size() > 20);
    }

    void another_tau_changes_a_real_search() {
        const RecordedRun run = read_searches(bytes_of(data + "paper.safetensors"), "paper");
        QVERIFY(first_change(run.searches[0], 0.05) >= 3); // after the warm-up
    }

    void texts_follow_the_branches() {
        RecordedRun run = read_searches(bytes_of(data + "paper.safetensors"), "paper");
        BeamSearch search = run.searches[0];
        write_texts(search, "<", [](int token) { return ' ' + QString::number(token); });
        const auto path = best_path(search);
        QString text = "<";
        for (int step = 0; step < 5; ++step) {
            text += ' ' + QString::number(search.steps[step][path[step]].token);
            QCOMPARE(search.steps[step][path[step]].text, text);
        }
    }

    void damaged_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("named");
        const QByteArray good = bytes_of(data + "paper.safetensors");
        QVERIFY(!good.isEmpty());
        QTest::newRow("empty") << QByteArray() << "no safetensors";
        QTest::newRow("text") << QByteArray("this is no tensor file at all") << "header";
        QTest::newRow("cut in the header") << good.left(100) << "cut short";
        QTest::newRow("cut in the data") << good.left(good.size() - 1000) << "outside the file";
        QTest::newRow("no token") << with_header(good, "\"token\"", "\"other\"") << "no recorded search";
        QTest::newRow("no sigma") << with_header(good, "\"sigma\":", "\"sigme\":") << "'sigma'";
        QTest::newRow("another type") << with_header(good, "\"F32\"", "\"F16\"") << "another type";
        QTest::newRow("another shape") << with_header(good, "[2,23,16]", "[2,23,15]") << "'";
        QTest::newRow("huge shape") << with_header(good, "[2,23,16]", "[2,4000000000,4000000000]")
                                    << "no recorded search";
        QTest::newRow("no options") << with_header(good, "\"options\"", "\"optiens\"") << "tau";
        QTest::newRow("no such parent") << with_byte(good, "parent", 3 * 16, 77) << "step 3, candidate 0";
        QTest::newRow("kept is neither") << with_byte(good, "kept", 3 * 16 + 1, 9) << "out of range";
    }
    void damaged() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, named);
        const QString fault = fault_of([&] { read_searches(bytes, "bad.safetensors"); });
        QVERIFY2(fault.contains("bad.safetensors") && fault.contains(named), qPrintable(fault));
        QVERIFY(!fault.contains('\n'));
    }

    void tau_of_options() {
        QCOMPARE(tau_of({{"tau", 1.5}}), 1.5);
        QVERIFY(std::isinf(tau_of({{"tau", "inf"}})));
        QVERIFY(std::isnan(tau_of({{"tau", -1}})));
        QVERIFY(std::isnan(tau_of(nlohmann::json())));
    }

    void top_tokens() {
        const auto file = read_top_tokens(bytes_of(data + "top_tokens.safetensors"), "top");
        QCOMPARE(file.layers, qint64(4));
        QCOMPARE(file.experts, qint64(16));
        QCOMPARE(file.count, qint64(4));
        QVector<int> ids;
        QVector<double> affinity;
        file.expert(2, 7, ids, affinity);
        QVERIFY(!ids.isEmpty() && ids.size() == affinity.size());
        QVERIFY(std::is_sorted(affinity.rbegin(), affinity.rend()));
        file.expert(4, 0, ids, affinity);
        QVERIFY(ids.isEmpty());
        QVERIFY(fault_of([&] {
                    read_top_tokens(bytes_of(data + "paper.safetensors"), "other");
                }).contains("no top tokens"));
    }

    void sets_round_trip() {
        auto set = read_set(bytes_of(data + "set.jsonl"), "set.jsonl");
        QCOMPARE(set.size(), 3);
        QCOMPARE(set[0].ids.size(), 24);
        QVERIFY(set[0].log_prob < 0 && !set[0].text.isEmpty() && !set[0].degenerate);
        const auto again = read_set(set_lines(set), "again");
        QCOMPARE(again.size(), 3);
        QCOMPARE(again[2].ids, set[2].ids);
        QCOMPARE(again[2].text, set[2].text);
        QCOMPARE(again[2].score, set[2].score);
        QTemporaryDir folder;
        const QString first = save_set(folder.path(), "ebss-tau1.2-w4", set);
        QCOMPARE(first, folder.filePath("ebss-tau1.2-w4.jsonl"));
        QCOMPARE(save_set(folder.path(), "ebss-tau1.2-w4", set), folder.filePath("ebss-tau1.2-w4-2.jsonl"));
        QCOMPARE(bytes_of(first), set_lines(set));
        QVERIFY(fault_of([&] { save_set(folder.filePath("none"), "x", set); }).contains("none/x.jsonl"));
    }

    void damaged_sets() {
        QVERIFY(fault_of([] {
                    read_set("{\"ids\": [1]}\n{\"ids\": 5}\n", "set.jsonl");
                }).contains("set.jsonl:2"));
        QVERIFY(fault_of([] { read_set("{\"ids\": [1, 2", "set.jsonl"); }).contains("set.jsonl:1"));
        QVERIFY(fault_of([] { read_set("{\"ids\": [1, \"2\"]}", "s"); }).contains("whole number"));
        QCOMPARE(read_set("\n\n", "s").size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSearchFile)
#include "tst_search_file.moc"
