// Figures and the notebook of the Hessian lab through the real program, without a display.
#include "app/workbench/lab_panels.h"
#include "lab_result.h"
#include "run_fixture.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace moequant;
using nlohmann::json;

namespace {

struct Answer {
    int code;
    QString out, err;
};

Answer figure(const QStringList& arguments) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(name);
    process.setProcessEnvironment(environment);
    process.start(WORKBENCH, QStringList{"--figure", "hessian"} + arguments);
    process.waitForFinished(60000);
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QByteArray bytes_of(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestLabFigure : public QObject {
    Q_OBJECT
  private:
    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }

  private Q_SLOTS:
    void initTestCase() {
        RunFolder runs(folder_.path());
        runs.add("lab", "hessian-lab", {{"corpus", {"builtin:prose"}}, {"options", {{"expert", 3}}}},
                 lab_result());
        runs.add("polynomial", "hessian-lab", {{"options", {{"loss", "polynomial"}, {"experts", "none"}}}},
                 lab_result(false));
        json damaged = lab_result();
        damaged["points"][0]["bias"] = "large";
        runs.add("damaged", "hessian-lab", {}, damaged);
        runs.add("other", "evaluate", {}, evaluate_fixture(1, 2));
        json nothing = lab_result(false);
        nothing["points"] = json::array();
        runs.add("nothing", "hessian-lab", {}, nothing);
    }

    void every_panel_in_every_form_is_the_same_twice_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("overview") << QStringList{path("lab")};
        QTest::newRow("overview without experts") << QStringList{path("polynomial")};
        QTest::newRow("one layer") << QStringList{path("lab"), "--metric", "hessian-error", "--layer", "2"};
        for (const LabPanel panel : lab_panels())
            QTest::newRow(panel_name(panel)) << QStringList{path("lab"), "--metric", panel_name(panel)};
    }
    void every_panel_in_every_form_is_the_same_twice() {
        QFETCH(QStringList, arguments);
        for (const QString suffix : {"svg", "pdf", "png"}) {
            QByteArray bytes[2];
            for (QByteArray& one : bytes) {
                const QString file = path("same." + suffix);
                QFile::remove(file);
                const Answer answer = figure(arguments + QStringList{"-o", file, "--dpi", "100"});
                QVERIFY2(answer.code == 0, qPrintable(answer.err));
                QCOMPARE(answer.out.trimmed(), file);
                one = bytes_of(file);
            }
            QVERIFY(bytes[0].size() > 2000);
            QVERIFY2(bytes[0] == bytes[1], qPrintable(suffix));
        }
    }

    void overview_has_six_panels() {
        const QString file = path("overview.svg");
        QCOMPARE(figure({path("lab"), "-o", file}).code, 0);
        const QString svg = QString::fromUtf8(bytes_of(file));
        // Letters of other fonts cut a title into several texts.
        for (const char* title : {"Bias against ", "Variance against ", ">Variance against n: common, ",
                                  "Error: symmetric, independent", "Hessian error against tokens",
                                  "Quantization error: Spearman ", " = 0.83"})
            QVERIFY2(svg.contains(title), title);
        QCOMPARE(figure({path("polynomial"), "-o", file}).code, 0);
        const QString without = QString::fromUtf8(bytes_of(file));
        QVERIFY(without.contains("Error: forward") && without.contains("Bias against n: "));
        QVERIFY(!without.contains("Hessian error"));
    }

    void wrong_requests_exit_2_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        const QString out = path("wrong.png");
        QTest::newRow("panel") << QStringList{path("lab"), "--metric", "pie", "-o", out}
                               << "bias-epsilon, variance-epsilon";
        QTest::newRow("no experts") << QStringList{path("polynomial"), "--metric", "spectrum", "-o", out}
                                    << "spectrum";
        QTest::newRow("field") << QStringList{path("damaged"), "-o", out} << "points[0].bias";
        QTest::newRow("another kind of run") << QStringList{path("other"), "-o", out} << "study";
        QTest::newRow("nothing measured")
            << QStringList{path("nothing"), "-o", out} << "nothing was measured";
        QTest::newRow("two runs") << QStringList{path("lab"), path("lab"), "-o", out} << "one run";
        QTest::newRow("layer") << QStringList{path("lab"), "--layer", "9", "-o", out} << "layer 9";
        QTest::newRow("panel of a notebook")
            << QStringList{path("lab"), "--metric", "surface", "-o", path("wrong.md")} << "--metric";
    }
    void wrong_requests_exit_2() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        const Answer answer = figure(arguments);
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.err.contains(named), qPrintable(answer.err));
        QCOMPARE(answer.err.trimmed().count('\n'), 0);
        QVERIFY(!QFile::exists(path("wrong.png")) && !QFile::exists(path("wrong.md")));
    }

    void the_notebook_has_steps_pictures_and_tables() {
        const QString file = path("my lab.md");
        const Answer answer = figure({path("lab"), "-o", file});
        QVERIFY2(answer.code == 0, qPrintable(answer.err));
        const QString text = QString::fromUtf8(bytes_of(file));
        QVERIFY(text.startsWith("# Hessian lab: sample, layer 1, expert 3, gate\n"));
        QVERIFY(text.contains("```sh\nmoequant hessian-lab sample --corpus builtin:prose --expert 3"));
        for (int step = 1; step <= 5; ++step) {
            const QString picture = QString("my lab_files/step-%1.svg").arg(step);
            QVERIFY(text.contains(QString("## %1. ").arg(step)));
            QVERIFY2(text.contains("](<" + picture + ">)"), qPrintable(picture));
            QVERIFY(bytes_of(path(picture)).contains("<svg"));
        }
        QCOMPARE(text.count("<details>"), 5);
        QCOMPARE(text.count("</details>"), 5);
        QVERIFY(text.contains("| Forward | Exact | bias in ε | 1.002 |"));
        QVERIFY(text.contains("| -0.05 to 0.03 | yes | 2 of 40 |"));
        QVERIFY(text.contains("| Hessian error and quantization error | 0.83 |"));
        const QByteArray first = bytes_of(file), picture = bytes_of(path("my lab_files/step-1.svg"));
        QCOMPARE(figure({path("lab"), "-o", file}).code, 0);
        QCOMPARE(bytes_of(file), first);
        QCOMPARE(bytes_of(path("my lab_files/step-1.svg")), picture);
        // Nothing under a temporary name is left.
        QCOMPARE(QDir(path("my lab_files")).entryList(QDir::Files).size(), 5);
    }

    void a_notebook_without_experts_says_so() {
        const QString file = path("short.md");
        QCOMPARE(figure({path("lab"), "-o", file}).code, 0);
        QCOMPARE(figure({path("polynomial"), "-o", file}).code, 0);
        const QString text = QString::fromUtf8(bytes_of(file));
        QVERIFY(text.contains("No picture: not measured in this run."));
        QVERIFY(!text.contains("step-4.svg") && !QFile::exists(path("short_files/step-4.svg")));
        QVERIFY(text.contains("--loss polynomial") && !text.contains("Correlations"));
    }

    void an_unwritable_notebook_exits_1() {
        const Answer answer = figure({path("lab"), "-o", path("no/such/folder/a.md")});
        QCOMPARE(answer.code, 1);
        QVERIFY(answer.err.contains("no/such/folder"));
    }
};

QTEST_GUILESS_MAIN(TestLabFigure)
#include "tst_lab_figure.moc"
