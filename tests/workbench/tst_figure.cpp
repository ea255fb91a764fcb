// moequant-workbench --figure through the real program, without a display.
#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using nlohmann::json;

namespace {

json profile_result() {
    json layers = json::array();
    for (int layer = 1; layer < 4; ++layer)
        layers.push_back({{"layer", layer},
                          {"experts", 4},
                          {"top_k", 2},
                          {"counts", {10 * layer, 20, 30, 40}},
                          {"affinity", {1, 2, 3, 4}},
                          {"balance", {{"cv", 0.1 * layer}}}});
    return {{"corpus", "wikitext2"}, {"tokens", 50}, {"layers", layers}, {"balance", {{"cv", 0.2}}}};
}

json quantize_result() {
    json rows = json::array();
    for (int expert = 0; expert < 4; ++expert)
        rows.push_back({{"name", "up"},
                        {"layer", 1},
                        {"expert", expert},
                        {"tokens", 10 * expert},
                        {"relative_output_error", expert == 0 ? json() : json(0.01 * expert)}});
    return {{"linears", rows}};
}

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
    process.start(WORKBENCH, arguments);
    process.waitForFinished(20000);
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

class TestFigure : public QObject {
    Q_OBJECT
  private:
    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }
    void write_run(const QString& name, const json& result) {
        QDir(folder_.path()).mkpath(name);
        QFile file(path(name + "/result.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(result.dump()));
    }

  private Q_SLOTS:
    void initTestCase() {
        write_run("profile", profile_result());
        write_run("quantize", quantize_result());
        json damaged = profile_result();
        damaged["layers"][0].erase("counts");
        write_run("damaged", damaged);
        QDir(folder_.path()).mkpath("unfinished");
    }

    void help_and_version_answer_at_once() {
        QCOMPARE(figure({"--version"}).out, QString("moequant-workbench %1\n").arg(MOEQUANT_VERSION));
        QVERIFY(figure({"--help"}).out.contains("--figure RUN"));
        QCOMPARE(figure({"--help"}).code, 0);
    }

    void png_has_the_asked_size_data() {
        QTest::addColumn<QString>("run");
        QTest::addColumn<QString>("kind");
        QTest::newRow("usage") << "profile"
                               << "usage";
        QTest::newRow("error-map") << "quantize"
                                   << "error-map";
        QTest::newRow("error-tokens") << "quantize"
                                      << "error-tokens";
        QTest::newRow("error-layers") << "quantize"
                                      << "error-layers";
    }
    void png_has_the_asked_size() {
        QFETCH(QString, run);
        QFETCH(QString, kind);
        const QString file = path("a.png");
        const Answer answer = figure({"--figure", path(run), "--kind", kind, "-o", file, "--width", "100",
                                      "--height", "50", "--dpi", "254"});
        QCOMPARE(answer.err, QString());
        QCOMPARE(answer.code, 0);
        QCOMPARE(answer.out.trimmed(), file);
        const QImage image(file);
        QCOMPARE(image.size(), QSize(1000, 500));
        QSet<QRgb> colors;
        for (int x = 0; x < image.width(); ++x)
            colors.insert(image.pixel(x, image.height() / 2));
        QVERIFY(colors.size() > 3);
    }

    void pdf_has_the_asked_size() {
        const QString file = path("a.pdf");
        QCOMPARE(figure({"--figure", path("profile"), path("profile"), "--kind=usage", "-o", file,
                         "--width=120", "--height=90"})
                     .code,
                 0);
        QFile pdf(file);
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        const QString text = QString::fromLatin1(pdf.readAll());
        QVERIFY(text.startsWith("%PDF-") && text.trimmed().endsWith("%%EOF"));
        const auto box = QRegularExpression("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]").match(text);
        QVERIFY(std::abs(box.captured(1).toDouble() - 120 / 25.4 * 72) < 1);
        QVERIFY(std::abs(box.captured(2).toDouble() - 90 / 25.4 * 72) < 1);
    }

    void pairs_are_drawn_against_the_first_run() {
        const QString file = path("pairs.svg");
        QCOMPARE(figure({"--figure", path("quantize"), path("quantize"), "--kind", "error-pairs", "-o", file})
                     .code,
                 0);
        QFile svg(file);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("Error ratio"));
        const Answer alone = figure({"--figure", path("quantize"), "--kind", "error-pairs", "-o", file});
        QCOMPARE(alone.code, 2);
        QVERIFY(alone.err.contains("two runs"));
    }

    void svg_is_written() {
        const QString file = path("a.svg");
        QCOMPARE(figure({"--figure", path("quantize"), "--kind", "error-map", "-o", file}).code, 0);
        QFile svg(file);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("Relative output error"));
    }

    void wrong_requests_exit_2_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        const QString out = path("wrong.png");
        QTest::newRow("no such run") << QStringList{path("none"), "--kind", "usage", "-o", out}
                                     << path("none");
        QTest::newRow("unfinished run")
            << QStringList{path("unfinished"), "--kind", "usage", "-o", out} << "did not finish";
        QTest::newRow("a field is missing")
            << QStringList{path("damaged"), "--kind", "usage", "-o", out} << "counts";
        QTest::newRow("another kind of run")
            << QStringList{path("quantize"), "--kind", "usage", "-o", out} << "corpus";
        QTest::newRow("unknown kind") << QStringList{path("profile"), "--kind", "pie", "-o", out} << "pie";
        QTest::newRow("kind of later")
            << QStringList{path("profile"), "--kind", "hessian", "-o", out} << "not built yet";
        QTest::newRow("no output") << QStringList{path("profile"), "--kind", "usage"} << "-o";
        QTest::newRow("no run") << QStringList{"--kind", "usage", "-o", out} << "run";
        QTest::newRow("suffix") << QStringList{path("profile"), "--kind", "usage", "-o", path("a.bmp")}
                                << "a.bmp";
        QTest::newRow("width") << QStringList{path("profile"), "--kind", "usage", "-o", out,
                                              "--width",       "wide"}
                               << "wide";
        QTest::newRow("too large") << QStringList{path("profile"), "--kind", "usage", "-o", out,
                                                  "--width",       "99999"}
                                   << "99999";
        QTest::newRow("layer") << QStringList{path("profile"), "--kind", "usage", "-o", out, "--layer", "9"}
                               << "layer 9";
        QTest::newRow("option") << QStringList{path("profile"), "--kind", "usage", "-o", out, "--shiny", "1"}
                                << "--shiny";
    }
    void wrong_requests_exit_2() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        const Answer answer = figure(QStringList{"--figure"} + arguments);
        QCOMPARE(answer.code, 2);
        QVERIFY2(answer.err.contains(named), qPrintable(answer.err));
        QCOMPARE(answer.err.trimmed().count('\n'), 0);
        QVERIFY(!QFile::exists(path("wrong.png")));
    }

    void an_unwritable_place_exits_1() {
        const Answer answer =
            figure({"--figure", path("profile"), "--kind", "usage", "-o", path("no/such/folder/a.png")});
        QCOMPARE(answer.code, 1);
        QVERIFY(answer.err.contains("no/such/folder/a.png"));
    }
};

QTEST_GUILESS_MAIN(TestFigure)
#include "tst_figure.moc"
