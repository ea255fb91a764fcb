// The comparison's table and chart: what is best, what differs, what is published, and their text forms.
#include "widgets/plots/metric_chart.h"
#include "widgets/tables/comparison_model.h"
#include "widgets/tables/data_table.h"
#include "widgets/tables/table_text.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QFont>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace moequant;

namespace {

using Better = ComparisonColumn::Better;

ComparisonCell number(double value) {
    ComparisonCell cell;
    cell.value = value;
    return cell;
}

ComparisonCell words(const QString& text) {
    ComparisonCell cell;
    cell.text = text;
    return cell;
}

const QVector<ComparisonColumn> columns = {{"method", "Method", "", 3, false, Better::Neither},
                                           {"ppl", "PPL", "Perplexity", 3, false, Better::Lower},
                                           {"top1", "Top-1, %", "", 2, true, Better::Higher}};

QVector<ComparisonRow> rows() {
    QVector<ComparisonRow> all = {
        {"a", "plain", "", {words("GPTQ"), number(8.8), number(0.95)}},
        {"b", "weighted", "", {words("GPTQ+AGQ"), number(8.4), number(0.97)}},
        {"c", "float", "", {words(""), number(8.0), number(no_value)}},
        {"d", "paper_1", "its source", {words("GPTQ"), number(1.0), number(0.99)}},
    };
    all[2].contender = false;
    all[3].published = true;
    return all;
}

QStringList column_texts(const QAbstractItemModel& model, int column) {
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts.append(model.index(row, column).data().toString());
    return texts;
}

MetricData chart(bool categories) {
    MetricData data;
    data.metric_title = "PPL";
    data.setting_title = "Bits";
    if (categories)
        data.categories = {"GPTQ", "RTN"};
    data.series = {{"ours", Qt::blue, false, {}}, {"paper", QColor(), true, {}}};
    for (int i = 0; i < 2; ++i) {
        MetricPoint point;
        point.x = categories ? i : 3 + i;
        point.value = 9.0 - i;
        point.margin = 0.25;
        point.id = QString("run%1").arg(i);
        point.name = QString("Run %1").arg(i);
        data.series[0].points.append(point);
        point.id.clear();
        point.margin = no_value;
        data.series[1].points.append(point);
    }
    return data;
}

} // namespace

class TestComparisonViews : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void the_model_keeps_its_promises() {
        ComparisonModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.set_rows(columns, rows());
        model.set_baseline("a", Differences::Beside);
        model.set_rows({columns[1]}, {});
        model.set_rows(columns, {{"x", "short", "", {}}}); // fewer cells than columns
        QCOMPARE(model.index(0, 2).data().toString(), QString("–"));
    }

    void the_best_of_ours_is_bold() {
        ComparisonModel model;
        model.set_rows(columns, rows());
        QStringList bold;
        for (int row = 0; row < 4; ++row)
            for (int column = 0; column < 4; ++column)
                if (model.index(row, column).data(Qt::FontRole).value<QFont>().bold())
                    bold.append(QString("%1.%2").arg(row).arg(column));
        QCOMPARE(bold, (QStringList{"1.2", "1.3"}));
        QVERIFY(model.index(3, 1).data(Qt::FontRole).value<QFont>().italic());
        QCOMPARE(model.index(3, 0).data().toString(), QString("paper_1 †"));
        QVERIFY(model.index(3, 2).data(Qt::ToolTipRole).toString().contains("its source"));
    }

    void differences_data() {
        QTest::addColumn<int>("form");
        QTest::addColumn<QStringList>("ppl");
        QTest::addColumn<QStringList>("top1");
        QTest::newRow("none") << int(Differences::None) << QStringList{"8.800", "8.400", "8.000", "1.000"}
                              << QStringList{"95.00", "97.00", "–", "99.00"};
        QTest::newRow("beside") << int(Differences::Beside)
                                << QStringList{"8.800", "8.400  (−4.55 %)", "8.000  (−9.09 %)",
                                               "1.000  (−88.64 %)"}
                                << QStringList{"95.00", "97.00  (+2.00 pt)", "–", "99.00  (+4.00 pt)"};
        QTest::newRow("instead") << int(Differences::Instead)
                                 << QStringList{"8.800", "−4.55 %", "−9.09 %", "−88.64 %"}
                                 << QStringList{"95.00", "+2.00 pt", "–", "+4.00 pt"};
    }
    void differences() {
        QFETCH(int, form);
        QFETCH(QStringList, ppl);
        QFETCH(QStringList, top1);
        ComparisonModel model;
        model.set_rows(columns, rows());
        model.set_baseline("a", Differences(form));
        QCOMPARE(column_texts(model, 2), ppl);
        QCOMPARE(column_texts(model, 3), top1);
        QCOMPARE(model.index(0, 0).data().toString(), QString("plain (baseline)"));
    }

    void an_interval_that_holds_zero_is_marked() {
        auto all = rows();
        all[1].cells[1].low = -0.06, all[1].cells[1].high = 0.01;
        all[2].cells[1].low = -0.12, all[2].cells[1].high = -0.05;
        ComparisonModel model;
        model.set_rows(columns, all);
        model.set_baseline("a", Differences::Instead);
        QCOMPARE(model.index(1, 2).data().toString(), QString("−4.55 % ≈"));
        QCOMPARE(model.index(2, 2).data().toString(), QString("−9.09 %"));
        QVERIFY(model.index(1, 2).data(Qt::ToolTipRole).toString().contains("−6.00 % to +1.00 %"));
    }

    void sorting_keeps_the_baseline_above_and_papers_below() {
        ComparisonModel model;
        model.set_rows(columns, rows());
        model.set_baseline("a", Differences::None);
        DataTable table("Runs", &model);
        table.set_sortable(true);
        table.view()->sortByColumn(2, Qt::AscendingOrder);
        QCOMPARE(column_texts(table.shown(), 0),
                 (QStringList{"plain (baseline)", "float", "weighted", "paper_1 †"}));
        table.view()->sortByColumn(2, Qt::DescendingOrder);
        QCOMPARE(column_texts(table.shown(), 0),
                 (QStringList{"plain (baseline)", "weighted", "float", "paper_1 †"}));
        table.view()->sortByColumn(3, Qt::DescendingOrder); // without a value: last
        QCOMPARE(column_texts(table.shown(), 0),
                 (QStringList{"plain (baseline)", "weighted", "float", "paper_1 †"}));
        table.set_filter("AGQ");
        QCOMPARE(table.shown().rowCount(), 1);
        table.select_row(1);
        QCOMPARE(table.selected_rows(), QVector<int>{1});
    }

    void text_forms() {
        ComparisonModel model;
        model.set_rows(columns, rows());
        DataTable table("Runs", &model);
        table.copy_latex();
        const QString latex = QGuiApplication::clipboard()->text();
        QVERIFY(latex.startsWith(
            "\\begin{tabular}{llrr}\n\\toprule\nRun & Method & PPL & Top-1, \\% \\\\\n\\midrule\n"));
        QVERIFY(latex.contains("weighted & GPTQ+AGQ & \\textbf{8.400} & \\textbf{97.00} \\\\"));
        QVERIFY(latex.contains("paper\\_1 $^\\dagger$ & GPTQ"));
        QVERIFY(latex.endsWith("\\bottomrule\n\\end{tabular}\n"));
        table.copy_markdown();
        QCOMPARE(QGuiApplication::clipboard()->text().section('\n', 0, 2),
                 QString("| Run | Method | PPL | Top-1, % |\n| --- | --- | ---: | ---: |\n| plain | GPTQ | "
                         "8.800 | 95.00 |"));
        table.copy_csv();
        QCOMPARE(QGuiApplication::clipboard()->text().section('\n', 1, 1), QString("plain,GPTQ,8.8,0.95"));
    }

    void the_chart_shows_its_numbers_data() {
        QTest::addColumn<bool>("categories");
        QTest::addColumn<int>("form");
        for (const auto& [name, form] : {std::pair{"bars", MetricForm::Bars},
                                         {"lines", MetricForm::Lines},
                                         {"points", MetricForm::Points}})
            for (const bool categories : {false, true})
                QTest::addRow("%s%s", name, categories ? " of categories" : "") << categories << int(form);
    }
    void the_chart_shows_its_numbers() {
        QFETCH(bool, categories);
        QFETCH(int, form);
        MetricChart view("Chart");
        QVERIFY(!view.content_shown());
        view.resize(500, 300);
        view.set_data(chart(categories), MetricForm(form));
        QVERIFY(view.content_shown());
        const TextTable data = view.data();
        QCOMPARE(data.rows.size(), 4);
        QCOMPARE(data.rows[1], (QStringList{"Run 1", "ours", categories ? "RTN" : "4", "8", "0.25"}));
        QCOMPARE(view.key_entries().size(), 2);
        QCOMPARE(view.key_entries()[1].text, QString("paper †"));
        view.show();
        QSignalSpy chosen(&view, &MetricChart::run_selected);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), QString("run0"));
        view.select_run("run0");
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(chosen[1][0].toString(), QString("run1"));
        view.set_data({}, MetricForm(form));
        QVERIFY(!view.content_shown());
    }
};

QTEST_MAIN(TestComparisonViews)
#include "tst_comparison_views.moc"
