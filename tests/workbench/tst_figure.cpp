// moequant-workbench --figure through the real program, without a display.
#include "app/workbench/figures/figure.h"
#include "core/job/option_table.h"

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

using namespace moequant;
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

json job_of(const char* kind, const json& options = json::object()) {
    return {{"schema", 1},
            {"kind", kind},
            {"model", "sample"},
            {"options", options},
            {"corpus", json::array()},
            {"output", nullptr},
            {"run", nullptr},
            {"stages", json::array()}};
}

json evaluate_result(double value) {
    return {{"perplexity", {{"builtin:prose", {{"value", value}}}}},
            {"agreement", json::object()},
            {"tasks", json::object()},
            {"average", nullptr}};
}

json sweep_result() {
    json cells = json::array();
    for (const int width : {2, 4})
        for (const double tau : {0.3, 0.6, 1.2})
            cells.push_back({{"tau", tau},
                             {"width", width},
                             {"branching", 0},
                             {"balance", {{"cv", tau / width}}},
                             {"perplexity", 9 - tau},
                             {"evaluation", nullptr}});
    return {{"cells", cells}};
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
    void write_run(const QString& name, const json& result, const json& job = {}) {
        QDir(folder_.path()).mkpath(name);
        if (!job.is_null()) {
            QFile record(path(name + "/job.json"));
            QVERIFY(record.open(QIODevice::WriteOnly));
            record.write(QByteArray::fromStdString(job.dump()));
        }
        QFile file(path(name + "/result.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(result.dump()));
    }

  private Q_SLOTS:
    void initTestCase() {
        write_run("profile", profile_result());
        write_run("quantize", quantize_result());
        write_run("sweep", sweep_result(), job_of("sweep"));
        write_run("first", evaluate_result(8.5), job_of("evaluate"));
        json other = job_of("evaluate");
        other["model"] = "/made/up";
        write_run("second", evaluate_result(8.25), other);
        json damaged = profile_result();
        damaged["layers"][0].erase("counts");
        write_run("damaged", damaged);
        QDir(folder_.path()).mkpath("unfinished");
        QDir(folder_.path()).mkpath("sample");
        QVERIFY(QFile::copy(QStringLiteral(MOEQUANT_SOURCE_DIR) + "/tests/data/search/paper.safetensors",
                            path("sample/search.safetensors")));
    }

    void the_command_knows_the_same_kinds() {
        const Option* option = find_kind("figure").find("kind");
        QVERIFY(option);
        QStringList command, window;
        for (const std::string& name : option->choices)
            command.append(QString::fromStdString(name));
        for (const FigureKind& kind : figure_kinds())
            window.append(kind.name);
        command.sort();
        window.sort();
        QCOMPARE(window, command);
    }

    void help_and_version_answer_at_once() {
        QCOMPARE(figure({"--version"}).out, QString("moequant-workbench %1\n").arg(MOEQUANT_VERSION));
        QVERIFY(figure({"--help"}).out.contains("--figure KIND RUN"));
        QCOMPARE(figure({"--help"}).code, 0);
    }

    void the_kind_may_come_first() {
        const QString a = path("first.svg"), b = path("named.svg");
        QCOMPARE(figure({"--figure", "usage", path("profile"), "-o", a}).code, 0);
        QCOMPARE(figure({"--figure", path("profile"), "--kind", "usage", "-o", b}).code, 0);
        QFile one(a), two(b);
        QVERIFY(one.open(QIODevice::ReadOnly) && two.open(QIODevice::ReadOnly));
        QCOMPARE(one.readAll(), two.readAll());
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
        for (const char* kind : {"usage-map", "balance", "lorenz"})
            QTest::newRow(kind) << "profile" << QString(kind);
        QTest::newRow("beams") << "sample"
                               << "beams";
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
            for (const int y : {image.height() / 4, image.height() / 2}) // a figure of panels has a gap there
                colors.insert(image.pixel(x, y));
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

    void every_form_of_every_kind_is_the_same_twice_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("text");
        QTest::newRow("usage") << QStringList{path("profile"), "--kind", "usage"} << "Expert";
        QTest::newRow("error-map") << QStringList{path("quantize"), "--kind", "error-map"} << "Expert";
        QTest::newRow("compare") << QStringList{path("first"), path("second"), "--kind", "compare"}
                                 << "Built-in prose";
        QTest::newRow("compare a chosen metric")
            << QStringList{path("first"), path("second"), "--kind",
                           "compare",     "--metric",     "perplexity/builtin:prose",
                           "--setting",   "run"}
            << "Built-in prose";
        for (const char* kind : {"usage-map", "balance", "lorenz"})
            QTest::newRow(kind) << QStringList{path("profile"), "--kind", kind} << "<svg";
        for (const char* kind : {"error-tokens", "error-layers"})
            QTest::newRow(kind) << QStringList{path("quantize"), "--kind", kind} << "<svg";
        QTest::newRow("error-pairs") << QStringList{path("quantize"), path("quantize"), "--kind",
                                                    "error-pairs"}
                                     << "<svg";
        QTest::newRow("beams") << QStringList{path("sample"), "--kind", "beams"} << "<svg";
        QTest::newRow("sweep") << QStringList{path("sweep"), "--kind", "sweep"} << "CV";
        QTest::newRow("sweep by width")
            << QStringList{path("sweep"), "--kind", "sweep", "--metric", "perplexity", "--setting", "width"}
            << "Perplexity";
    }
    void every_form_of_every_kind_is_the_same_twice() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, text);
        for (const QString suffix : {"svg", "png", "pdf"}) {
            QByteArray bytes[2];
            for (QByteArray& one : bytes) {
                const QString file = path("same." + suffix);
                QFile::remove(file);
                const Answer answer = figure(QStringList{"--figure"} + arguments + QStringList{"-o", file});
                QVERIFY2(answer.code == 0, qPrintable(answer.err));
                QFile written(file);
                QVERIFY(written.open(QIODevice::ReadOnly));
                one = written.readAll();
            }
            QVERIFY(bytes[0].size() > 500);
            QVERIFY2(bytes[0] == bytes[1], qPrintable(suffix));
            if (suffix == "svg")
                QVERIFY(bytes[0].contains(text.toUtf8()));
        }
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
        QTest::newRow("a notebook of another kind")
            << QStringList{path("profile"), "--kind", "usage", "-o", path("a.md")} << "hessian";
        for (const char* kind : {"usage", "usage-map", "balance", "lorenz", "error-map", "error-tokens",
                                 "error-layers", "hessian"})
            QTest::addRow("%s of an evaluation", kind)
                << QStringList{path("first"), "--kind", kind, "-o", out} << path("first");
        QTest::newRow("no sweep") << QStringList{path("first"), "--kind", "sweep", "-o", out}
                                  << "not a sweep";
        QTest::newRow("no job") << QStringList{path("profile"), "--kind", "compare", "-o", out} << "job.json";
        QTest::newRow("no such metric")
            << QStringList{path("first"), "--kind", "compare", "--metric", "beauty", "-o", out} << "beauty";
        QTest::newRow("no such setting")
            << QStringList{path("sweep"), "--kind", "sweep", "--setting", "colour", "-o", out} << "colour";
        QTest::newRow("compare an unfinished run")
            << QStringList{path("unfinished"), "--kind", "compare", "-o", out} << "did not finish";
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
        QTest::newRow("metric") << QStringList{path("profile"), "--kind", "balance", "-o", out,
                                               "--metric",      "pie"}
                                << "std_share";
        QTest::newRow("no recorded search")
            << QStringList{path("profile"), "--kind", "beams", "-o", out} << "search.safetensors";
        QTest::newRow("sequence") << QStringList{path("sample"), "--kind", "beams", "-o", out,
                                                 "--sequence",   "9"}
                                  << "sequence 9";
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
