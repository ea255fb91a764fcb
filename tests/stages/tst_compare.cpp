// `compare` as a job: forms, output file, refusals.
#include "tests/stages/stage_fixture.h"
#include "tests/strict_main.h"

using namespace moequant;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Runs : StageFixture {
    Runs() {
        for (const int length : {40, 60})
            run(make("profile", "sample", {}, {"builtin:prose?samples=2&length=" + std::to_string(length)}),
                "profile-" + std::to_string(length));
    }
    json compare(const std::string& form, const std::string& output = "") {
        Job job = make("compare", "", {{"runs", {path("profile-40"), path("profile-60")}}, {"as", form}});
        if (!output.empty())
            job.output = output;
        resolve_defaults(job);
        check_job(job);
        prepare_job(job);
        StageContext context{session, nullptr, {}, {}};
        return run_job(job, context);
    }
};

} // namespace

class TestCompare : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void forms_data() {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("begin");
        QTest::newRow("table") << "table"
                               << "run";
        QTest::newRow("csv") << "csv"
                             << "run,corpus,tokens,cv,";
        QTest::newRow("latex") << "latex"
                               << "\\begin{tabular}";
        QTest::newRow("json") << "json"
                              << "{";
    }

    void forms() {
        QFETCH(QString, form);
        QFETCH(QString, begin);
        Runs runs;
        const std::string file = runs.path("comparison.txt");
        const json result = runs.compare(form.toStdString(), file);
        QCOMPARE(result["rows"].size(), std::size_t(2));
        QCOMPARE(result["rows"][1]["values"]["tokens"], json(120));
        QCOMPARE(result["path"], json(file));
        QFile written(QString::fromStdString(file));
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray text = written.readAll();
        QVERIFY2(text.startsWith(begin.toUtf8()), text.constData());
        QVERIFY(text.contains("profile-40") && text.contains("profile-60"));
        QCOMPARE(QByteArray::fromStdString(result["text"].get<std::string>()), text);
        QCOMPARE(runs.compare(form.toStdString()), [&] {
            json without = result;
            without.erase("path");
            return without;
        }());
    }

    void refusals() {
        Runs runs;
        const auto refusal = [&](const std::string& folder) {
            return runs.refusal(
                StageFixture::make("compare", "", {{"runs", {runs.path("profile-40"), folder}}}));
        };
        QVERIFY(QString::fromStdString(refusal(runs.path("nothing"))).contains("nothing"));
        fs::remove(runs.path("profile-60/result.json"));
        QVERIFY(QString::fromStdString(refusal(runs.path("profile-60"))).contains("not finished"));
    }
};

STRICT_TEST_MAIN(TestCompare)
#include "tst_compare.moc"
