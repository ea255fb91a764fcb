// Results of runs as structs, good and damaged.
#include "app/workbench/error_map.h"
#include "app/workbench/run_report.h"
#include "core/job/error.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace moequant;
using nlohmann::json;

namespace {

json good_profile() {
    return json::parse(
        R"({"corpus": "wikitext2?samples=4", "tokens": 100, "layers": [{"layer": 1, "experts": 3, "top_k": 2,
        "counts": [50, 100, 50], "affinity": [1, 2, 1], "balance": {"cv": 0.35, "std_percent": 11.8}}],
        "balance": {"cv": 0.35, "std_percent": 11.8, "unused": 1}})");
}

LinearRow row(int layer, int expert, double error, double tokens) {
    LinearRow linear;
    linear.layer = layer;
    linear.expert = expert;
    linear.relative_error = error;
    linear.tokens = tokens;
    return linear;
}

} // namespace

class TestRunReport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void profile_is_read() {
        const ProfileReport report = read_profile(good_profile(), "run");
        QCOMPARE(report.usage.name, QString("WikiText-2"));
        QCOMPARE(report.usage.at(1)->counts, (QVector<double>{50, 100, 50}));
        QCOMPARE(report.usage.top_k, 2);
        QVERIFY(report.usage.at(0) == nullptr);
        QCOMPARE(report.cv, (QVector<double>{0.35}));
        QCOMPARE(report.balance.unused, 1);
        QVERIFY(std::isnan(report.std_share.first())); // not in this result
    }

    void usage_events_give_the_same_balance() {
        ProfileReport report = empty_profile("c4?samples=2");
        QCOMPARE(report.usage.name, QString("C4"));
        add_usage(report, json::parse(R"({"layer": 1, "counts": [50, 100, 50, 0]})"), "event");
        add_usage(report, json::parse(R"({"layer": 2, "counts": [50, 50, 50, 50]})"), "event");
        QCOMPARE(report.layers, (QVector<double>{1, 2}));
        QCOMPARE(report.cv[0], std::sqrt(0.5)); // deviations 0, 50, 0, -50 of the mean 50
        QCOMPARE(report.std_percent[0], 25 * std::sqrt(0.5));
        QCOMPARE(report.cv[1], 0.0);
        QCOMPARE(report.balance.cv, std::sqrt(0.5) / 2);
        QCOMPARE(report.balance.unused, 1);
        QCOMPARE(report.balance.max_share, 0.5);
        QVERIFY_THROWS_EXCEPTION(RequestError,
                                 add_usage(report, json::parse(R"({"layer": 1, "counts": ["x"]})"), "event"));
    }

    void damaged_profiles_are_refused_data() {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("named");
        QTest::newRow("corpus is a number") << "/corpus"
                                            << "5"
                                            << "corpus";
        QTest::newRow("layers is text") << "/layers"
                                        << "\"no\""
                                        << "layers";
        QTest::newRow("layer is negative") << "/layers/0/layer"
                                           << "-1"
                                           << "layer";
        QTest::newRow("layer is huge") << "/layers/0/layer"
                                       << "1e300"
                                       << "layer";
        QTest::newRow("counts hold text") << "/layers/0/counts/1"
                                          << "\"x\""
                                          << "count";
        QTest::newRow("a count is negative") << "/layers/0/counts/1"
                                             << "-3"
                                             << "count";
        QTest::newRow("tokens is a list") << "/tokens"
                                          << "[]"
                                          << "tokens";
        QTest::newRow("a layer is null") << "/layers/0"
                                         << "null"
                                         << "layer";
    }
    void damaged_profiles_are_refused() {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, named);
        json result = good_profile();
        result[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        try {
            read_profile(result, "some run");
            QFAIL("accepted");
        } catch (const RequestError& error) {
            QVERIFY2(QString(error.what()).contains(named) && QString(error.what()).contains("some run"),
                     error.what());
        }
    }

    void linears_are_read() {
        const json result = json::parse(R"({"linears": [
            {"name": "a.up_proj", "layer": 2, "expert": 1, "tokens": 7, "relative_output_error": 0.5, "fallback": null},
            {"name": "b.up_proj", "layer": 2, "expert": "shared", "tokens": 9, "relative_output_error": null, "fallback": "rtn"},
            {"name": "q_proj", "layer": 0, "expert": null, "tokens": 9, "relative_output_error": 0.1}]})");
        const auto rows = read_linears(result, "run");
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[0].expert, 1);
        QVERIFY(rows[1].shared && rows[1].expert == -1 && std::isnan(rows[1].relative_error));
        QCOMPARE(rows[1].fallback, QString("rtn"));
        QVERIFY(!rows[2].shared && rows[2].expert == -1);
    }

    void an_experts_error_is_the_mean_of_its_linears() {
        const CellMap map = expert_errors({row(3, 0, 0.1, 5), row(3, 0, 0.2, 5), row(3, 0, 0.6, 5),
                                           row(5, 1, 0.4, 8), row(5, 0, no_value, 0), row(5, -1, 9, 1)},
                                          "run");
        QCOMPARE(map.layers, (QVector<int>{3, 5}));
        QCOMPARE(map.experts, 2);
        QVERIFY(std::abs(map.values[map.index(0, 0)] - 0.3) < 1e-12);
        QVERIFY(std::isnan(map.values[map.index(0, 1)]));
        QVERIFY(map.without_token(1, 0));
        QCOMPARE(map.values[map.index(1, 1)], 0.4);
    }

    void an_unknown_layer_is_ignored() {
        ErrorMap errors({0, 1}, 2, "run");
        QVERIFY(!errors.add(row(7, 0, 0.1, 5)));
        QVERIFY(!errors.add(row(0, 2, 0.1, 5)));
        QVERIFY(errors.add(row(0, 1, 0.1, 5)));
        QCOMPARE(errors.value(0, 1), 0.1);
        QVERIFY(std::isnan(errors.value(0, 0)));
    }

    void result_files_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("missing") << QByteArray();
        QTest::newRow("torn") << QByteArray("{\"linears\": [");
        QTest::newRow("binary") << QByteArray("\xff\x00\x01", 3);
    }
    void result_files() {
        QFETCH(QByteArray, content);
        QTemporaryDir folder;
        if (!content.isEmpty()) {
            QFile file(folder.filePath("result.json"));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) > 0);
        }
        QVERIFY_THROWS_EXCEPTION(RequestError, read_result(folder.path().toStdString()));
    }
};

QTEST_APPLESS_MAIN(TestRunReport)
#include "tst_run_report.moc"
