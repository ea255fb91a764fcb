// Lists of options: ranges in words and documents, presets where an option takes a list.
#include "core/job/error.h"
#include "core/job/job.h"
#include "core/job/option_table.h"

#include <QTest>

using namespace moequant;
using nlohmann::json;

class TestOptionLists : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void ranges_data();
    void ranges();
    void refused_ranges_data();
    void refused_ranges();
    void preset_of_lists();
};

void TestOptionLists::ranges_data() {
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("list");
    const auto row = [](const char* option, const char* text, const char* list) {
        QTest::newRow(text) << QString(option) << QString(text) << QString(list);
    };
    row("tau", "1.0:1.5:0.1", "[1.0,1.1,1.2,1.3,1.4,1.5]"); // 1.2, not 1.2000000000000002
    row("tau", "0.3,1:1.2:0.1", "[0.3,1.0,1.1,1.2]");
    row("tau", "0.1:1:0.3,inf", R"([0.1,0.4,0.7,1.0,"inf"])");
    row("tau", "1:2:0.4", "[1.0,1.4,1.8]"); // the steps miss the stop
    row("tau", "2:1:-0.5", "[2.0,1.5,1.0]");
    row("tau", "1.2:1.2:0.1", "[1.2]");
    row("tau", "1.2", "[1.2]");
    row("width", "2,3,4,5,6,10,20", "[2,3,4,5,6,10,20]");
    row("width", "2:6:2,16", "[2,4,6,16]");
    row("width", "4:1:-1", "[4,3,2,1]");
}

// The same from the command line's words and from a job document.
void TestOptionLists::ranges() {
    QFETCH(QString, option);
    QFETCH(QString, text);
    QFETCH(QString, list);
    const json expected = json::parse(list.toStdString());
    const Option& axis = *find_kind("sweep").find(option.toStdString());
    QCOMPARE(QByteArray::fromStdString(list_from_text(axis, text.toStdString()).dump()),
             QByteArray::fromStdString(expected.dump()));
    if (!text.contains(':'))
        return;
    const Job job = parse_job(
        {{"kind", "sweep"}, {"model", "m"}, {"options", {{option.toStdString(), {text.toStdString()}}}}});
    QCOMPARE(QByteArray::fromStdString(job.options[option.toStdString()].dump()),
             QByteArray::fromStdString(expected.dump()));
}

void TestOptionLists::refused_ranges_data() {
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* option, const char* text, const char* named) {
        QTest::newRow(text) << QString(option) << QString(text) << QString(named);
    };
    row("tau", "1:2:0", "step of 0");
    row("tau", "2:1:0.1", "away");
    row("tau", "1:2:-0.1", "away");
    row("tau", "1:2", "start:stop:step");
    row("tau", "1:2:3:4", "start:stop:step");
    row("tau", "1::1", "number");
    row("tau", "1:inf:1", "number");
    row("tau", "", "number");
    row("tau", "1,,2", "number");
    row("tau", "1,", "number");
    row("tau", "0:1:0.5", "below");
    row("tau", "1:2:1e-9", "10000");
    row("tau", "1:2:nan", "finite");
    row("width", "1:4:0.5", "whole number");
    row("width", "250:260:1", "above");
}

void TestOptionLists::refused_ranges() {
    QFETCH(QString, option);
    QFETCH(QString, text);
    QFETCH(QString, named);
    const Option& axis = *find_kind("sweep").find(option.toStdString());
    try {
        list_from_text(axis, text.toStdString());
        QFAIL("accepted");
    } catch (const RequestError& error) {
        const QString said = error.what();
        QVERIFY2(said.contains(named) && said.contains(option), qPrintable("refusal: '" + said + "'"));
        QVERIFY(!said.contains('\n'));
    }
}

void TestOptionLists::preset_of_lists() {
    Job job = parse_job({{"kind", "sweep"}, {"model", "m"}, {"options", {{"preset", "paper"}}}});
    resolve_defaults(job);
    QCOMPARE(QByteArray::fromStdString(job.options["tau"].dump()), QByteArray("[1.2]"));
    QCOMPARE(QByteArray::fromStdString(job.options["width"].dump()), QByteArray("[4]"));
    QCOMPARE(QByteArray::fromStdString(job.options["branching"].dump()), QByteArray("[0]"));
    QVERIFY(job.options["sigma_unit"] == "percent");
    check_job(job);
}

QTEST_APPLESS_MAIN(TestOptionLists)
#include "tst_option_lists.moc"
