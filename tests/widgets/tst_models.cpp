// The table models: what they show row by row, their raw numbers, their text forms.
#include "widgets/tables/balance_model.h"
#include "widgets/tables/beam_model.h"
#include "widgets/tables/data_table.h"
#include "widgets/tables/fact_model.h"
#include "widgets/tables/log_model.h"
#include "widgets/tables/run_model.h"
#include "widgets/tables/table_text.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QFont>
#include <QGuiApplication>
#include <QTableView>
#include <QTest>

using namespace moequant;

namespace {

QStringList printed(const QAbstractItemModel& model) {
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(model.index(row, column).data().toString());
        lines.append(cells.join(" | "));
    }
    return lines;
}

BeamCandidate candidate(const QString& text, double log_p, double sigma, double score, bool kept) {
    return {text, log_p, 10, sigma, score, 0, kept, 7};
}

} // namespace

class TestModels : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void beams_are_sorted_by_score() {
        BeamModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.set_candidates({candidate("the river had been", -13.5, 0.81, 2.025, false),
                              candidate("the river was named", -13.1, 0.84, 2.01, true)},
                             1.2);
        const QStringList expected = {"1 | the river was named | -1.310 | 0.840 | 0.700 | 2.0100 | kept",
                                      "2 | the river had been | -1.350 | 0.810 | 0.675 | 2.0250 | pruned"};
        QCOMPARE(printed(model), expected);
        QCOMPARE(model.index(0, BeamModel::Score).data(raw_role).toDouble(), 2.01);
        QCOMPARE(model.rank(0), 1);
        QCOMPARE(model.row(0), 1);
        model.set_candidates({}, 1.2);
        QCOMPARE(model.rowCount(), 0);
    }

    void another_tau_tells_what_would_change() {
        BeamModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QVector<BeamCandidate> step = {candidate("likely", -10, 2, 2, true),
                                             candidate("even", -15, 1, 2, false)};
        model.set_candidates(step, 2);
        QCOMPARE(model.index(0, BeamModel::Text).data().toString(), QString("likely"));
        QCOMPARE(model.index(0, BeamModel::Kept).data().toString(), QString("kept"));
        model.set_candidates(step, 0.5); // 1 + 4 and 1.5 + 2
        QCOMPARE(model.index(0, BeamModel::Text).data().toString(), QString("even"));
        QCOMPARE(model.index(0, BeamModel::Score).data(raw_role).toDouble(), 3.5);
        QCOMPARE(model.index(0, BeamModel::Kept).data().toString(), QString("kept now"));
        QCOMPARE(model.index(1, BeamModel::Kept).data().toString(), QString("pruned now"));
    }

    void infinite_tau_switches_balance_off() {
        BeamModel model;
        model.set_candidates({candidate("a", -20, 3, 2, true)}, std::numeric_limits<double>::infinity());
        QCOMPARE(model.index(0, BeamModel::SigmaOverTau).data().toString(), QString("0.000"));
    }

    void long_text_shows_its_tail() {
        BeamModel model;
        model.set_candidates({candidate(QString(200, 'x') + "end", -1, 1, 1, true)}, 1);
        const QString shown = model.index(0, BeamModel::Text).data().toString();
        QCOMPARE(shown.size(), 61);
        QVERIFY(shown.startsWith(QChar(0x2026)) && shown.endsWith("end"));
    }

    void balance_rows() {
        BalanceModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.set_rows(
            {{"WikiText-2", QColor(0x0072b2), 0.4567, 0.0285, 2.854, 0.251, 0.012, 0.1234, 3, 7, 65536}});
        const QStringList expected = {"WikiText-2 | 0.457 | 2.854 | 0.251 | 3 | 7 | 65,536 | 1.20 | 12.34"};
        QCOMPARE(printed(model), expected);
        QCOMPARE(model.index(0, 0).data(Qt::DecorationRole).value<QColor>(), QColor(0x0072b2));
        QCOMPARE(model.index(0, BalanceModel::Cv).data(raw_role).toDouble(), 0.4567);
    }

    void best_run_is_bold() {
        RunModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.set_runs(
            {{"Perplexity", 2, RunColumn::Better::Lower}, {"Accuracy", 1, RunColumn::Better::Higher}},
            {{"GPTQ", {12.5, 60.0}, false},
             {"GPTQ+AGQ", {12.1, no_value}, false},
             {"paper", {9.0, 80.0}, true}});
        const QStringList expected = {"GPTQ | 12.50 | 60.0", "GPTQ+AGQ | 12.10 | –", "paper † | 9.00 | 80.0"};
        QCOMPARE(printed(model), expected);
        const auto bold = [&](int row, int column) {
            return model.index(row, column).data(Qt::FontRole).value<QFont>().bold();
        };
        QVERIFY(!bold(0, 1));
        QVERIFY(bold(1, 1));
        QVERIFY(!bold(2, 1)); // published numbers do not compete
        QVERIFY(!bold(0, 2)); // the only measured one has nothing to win
    }

    void facts() {
        FactModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.set_facts({{"Layers", "4"}, {"Experts", "16"}});
        QCOMPARE(printed(model), (QStringList{"Layers | 4", "Experts | 16"}));
    }

    void log_keeps_the_last_lines() {
        LogModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append("first", false);
        QTRY_COMPARE(model.rowCount(), 1);
        for (int i = 0; i < LogModel::most_lines + 10; ++i)
            model.append(QString::number(i), i % 2 == 0);
        QTRY_COMPARE(model.rowCount(), LogModel::most_lines);
        QCOMPARE(model.index(model.rowCount() - 1, LogModel::Text).data().toString(),
                 QString::number(LogModel::most_lines + 9));
        model.append("one more", true);
        QTRY_COMPARE(model.index(model.rowCount() - 1, LogModel::Text).data().toString(),
                     QString("one more"));
        QCOMPARE(model.rowCount(), LogModel::most_lines);
    }

    void csv_quotes_what_needs_it_data() {
        QTest::addColumn<QString>("cell");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << "a b"
                               << "a b";
        QTest::newRow("comma") << "a,b"
                               << "\"a,b\"";
        QTest::newRow("quote") << "a\"b"
                               << "\"a\"\"b\"";
        QTest::newRow("line") << "a\nb"
                              << "\"a\nb\"";
    }
    void csv_quotes_what_needs_it() {
        QFETCH(QString, cell);
        QFETCH(QString, expected);
        QCOMPARE(to_csv({{"x", "y"}, {{cell, "1"}}}), "x,y\n" + expected + ",1\n");
    }

    void csv_has_raw_numbers() {
        BalanceModel model;
        model.set_rows({{"C4", QColor(), 0.123456789, 0, 1, 0, 0, 0, 0, 0, 65536}});
        QCOMPARE(text_of(model).rows.first().mid(0, 2), (QStringList{"C4", "0.123456789"}));
        QCOMPARE(text_of(model).rows.first()[BalanceModel::Tokens], QString("65536"));
    }

    void table_copies_rows_with_tabs_and_sorts_by_number() {
        RunModel model;
        DataTable table("Runs", &model);
        table.set_sortable(true);
        QVERIFY(!table.content_shown());
        model.set_runs({{"Error", 1, RunColumn::Better::Neither}},
                       {{"a", {9.0}, false}, {"b", {10.0}, false}});
        QVERIFY(table.content_shown());
        table.view()->sortByColumn(1, Qt::DescendingOrder);
        table.view()->selectAll();
        table.copy_selection();
        QCOMPARE(QGuiApplication::clipboard()->text(), QString("b\t10.0\na\t9.0"));
        model.set_runs({}, {});
        QVERIFY(!table.content_shown());
    }
};

QTEST_MAIN(TestModels)
#include "tst_models.moc"
