// The Compare page over run folders made here.
#include "app/workbench/pages/compare_page.h"
#include "app/workbench/pages/evaluate_form.h"
#include "app/workbench/pages/metric_card.h"
#include "tests/workbench/run_fixture.h"
#include "widgets/tables/data_table.h"
#include "widgets/tables/table_text.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <cmath>
#include <memory>

using namespace moequant;
using nlohmann::json;

namespace {

json quantized(const char* method, bool agq, int bits, const std::string& output) {
    return {{"options", {{"method", method}, {"bits", bits}, {"agq", agq}, {"group_size", 128}}},
            {"corpus", {"builtin:prose"}},
            {"output", output}};
}

json evaluation(const std::string& model, bool against) {
    json changes = {{"model", model}, {"options", {{"perplexity", {"builtin:prose", "builtin:code"}}}}};
    if (against)
        changes["options"]["against"] = "sample";
    return changes;
}

} // namespace

class TestComparePage : public QObject {
    Q_OBJECT
  private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<RunFolder> runs_;
    std::unique_ptr<Workbench> workbench_;
    std::unique_ptr<ComparePage> page_;
    std::unique_ptr<QAction> quantize_;

    void open() {
        workbench_ = std::make_unique<Workbench>(WorkerCommand{FAKE_WORKER, {"model"}});
        workbench_->runs().set_folder(folder_->filePath("runs"));
        workbench_->worker().start();
        quantize_ = std::make_unique<QAction>("Quantize");
        page_ = std::make_unique<ComparePage>(*workbench_, quantize_.get());
        page_->resize(960, 690);
        page_->show();
    }
    void open_models() {
        runs_->add("float", "evaluate", evaluation("sample", false), evaluate_fixture(8.0, 4.0));
        runs_->add("gptq", "quantize", quantized("gptq", false, 4, "/made/up/gptq"),
                   quantize_fixture(2, 4, 0.02));
        runs_->add("gptq-e", "evaluate", evaluation("/made/up/gptq", true), evaluate_fixture(8.8, 4.4));
        runs_->add("agq", "quantize", quantized("gptq", true, 3, "/made/up/agq"),
                   quantize_fixture(2, 4, 0.01));
        runs_->add("agq-e", "evaluate", evaluation("/made/up/agq/", true), evaluate_fixture(8.4, 4.8));
        open();
        QTRY_COMPARE(page_->model().rowCount(), 3);
        QTRY_VERIFY(!workbench_->runs().loading());
        QTRY_VERIFY(column("PPL Built-in prose") > 0);
    }
    int column(const QString& title) const {
        for (int i = 0; i < page_->model().columnCount(); ++i)
            if (page_->model().headerData(i, Qt::Horizontal).toString() == title)
                return i;
        return -1;
    }
    int row(const QString& name) const {
        for (int i = 0; i < page_->model().rowCount(); ++i)
            if (page_->model().index(i, 0).data(raw_role).toString().startsWith(name))
                return i;
        return -1;
    }
    QModelIndex cell(const QString& name, const QString& title) const {
        return page_->model().index(row(name), column(title));
    }
    DataTable* table() const { return page_->findChild<DataTable*>("Runs"); }

  private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        runs_ = std::make_unique<RunFolder>(folder_->filePath("runs"));
        qputenv("XDG_CONFIG_HOME", folder_->filePath("config").toUtf8());
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_->filePath("config"));
        runs_->write("none/note", "");
    }
    void cleanup() {
        page_.reset();
        workbench_.reset();
    }

    void without_runs_it_says_what_it_will_show() {
        open();
        QVERIFY(!table()->content_shown());
        QVERIFY(!page_->chart().content_shown());
        QVERIFY(page_->jobs().empty());
    }

    void a_quantization_and_its_evaluation_are_one_row() {
        open_models();
        QVERIFY(row("Sample model, float") >= 0);
        QCOMPARE(cell("GPTQ+AGQ 3-bit", "PPL Built-in prose").data().toString(), QString("8.400"));
        QCOMPARE(cell("GPTQ+AGQ 3-bit", "Expert error, %").data().toString(), QString("1.500"));
        QCOMPARE(cell("GPTQ 4-bit", "Bits").data().toString(), QString("4"));
        QCOMPARE(cell("Sample model", "Bits").data().toString(), QString("–"));
        QCOMPARE(column("boolq, %") > 0, true); // a task of the data is a column
        QVERIFY(cell("GPTQ 4-bit", "boolq, %").data().toString().contains("±"));
    }

    void the_best_is_bold_and_the_float_model_out_of_contest() {
        open_models();
        const auto bold = [&](const QString& name, const QString& title) {
            return cell(name, title).data(Qt::FontRole).value<QFont>().bold();
        };
        QVERIFY(bold("GPTQ+AGQ 3-bit", "PPL Built-in prose"));
        QVERIFY(!bold("GPTQ 4-bit", "PPL Built-in prose"));
        QVERIFY(bold("GPTQ 4-bit", "PPL Built-in code"));
        QVERIFY(!bold("Sample model", "PPL Built-in code"));
    }

    void differences_are_taken_from_the_baseline() {
        open_models();
        page_->set_differences(Differences::Beside);
        QVERIFY(page_->baseline().endsWith("float")); // the float model unless chosen
        QCOMPARE(cell("GPTQ 4-bit", "PPL Built-in prose").data().toString(), QString("8.800  (+10.00 %)"));
        page_->set_baseline(runs_->path("gptq"));
        QCOMPARE(cell("GPTQ+AGQ 3-bit", "PPL Built-in prose").data().toString(), QString("8.400  (−4.55 %)"));
        QCOMPARE(cell("GPTQ+AGQ 3-bit", "Expert error, %").data().toString(), QString("1.500  (−1.500 pt)"));
        page_->set_differences(Differences::Instead);
        QCOMPARE(cell("GPTQ+AGQ 3-bit", "PPL Built-in prose").data().toString(), QString("−4.55 %"));
        // Whatever the order, the baseline stays on top.
        for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            table()->view()->sortByColumn(column("PPL Built-in prose"), order);
            QCOMPARE(table()->shown().index(0, 0).data().toString(), QString("GPTQ 4-bit (baseline)"));
        }
    }

    void intervals_come_from_a_comparison() {
        open_models();
        page_->set_baseline(runs_->path("gptq"));
        // The fake worker answers a compare job with one difference.
        QTRY_VERIFY(cell("GPTQ+AGQ 3-bit", "PPL Built-in prose")
                        .data(Qt::ToolTipRole)
                        .toString()
                        .contains("interval"));
        QVERIFY(cell("GPTQ+AGQ 3-bit", "PPL Built-in prose").data().toString().endsWith("≈)"));
    }

    void the_filter_is_instant() {
        open_models();
        page_->set_filter("agq");
        QCOMPARE(table()->shown().rowCount(), 1);
        page_->set_filter("");
        QCOMPARE(table()->shown().rowCount(), 3);
    }

    void columns_are_chosen_and_remembered() {
        open_models();
        auto* menu = page_->findChild<QToolButton*>("columns")->menu();
        QCOMPARE(column("Seconds"), -1);
        for (QAction* action : menu->actions())
            if (action->text() == "Seconds")
                action->trigger();
        QVERIFY(column("Seconds") > 0);
        page_ = std::make_unique<ComparePage>(*workbench_, quantize_.get());
        QVERIFY(column("Seconds") > 0);
    }

    void published_rows_stand_apart() {
        runs_->add("e", "evaluate",
                   {{"model", "/models/DeepSeek-MoE-16B-base"}, {"options", {{"perplexity", {"wikitext2"}}}}},
                   {{"perplexity", {{"wikitext2", {{"value", 6.5}}}}},
                    {"agreement", json::object()},
                    {"tasks", json::object()}});
        open();
        QTRY_COMPARE(page_->model().rowCount(), 1);
        QTRY_VERIFY(column("PPL WikiText-2") > 0);
        page_->findChild<QCheckBox*>("published")->click();
        QVERIFY(page_->model().rowCount() > 10);
        const int at = row("MoEQuant++, 4 bits");
        QVERIFY(at > 0);
        QCOMPARE(page_->model().index(at, 0).data().toString(), QString("MoEQuant++, 4 bits †"));
        QVERIFY(page_->model().index(at, 0).data(Qt::FontRole).value<QFont>().italic());
        QVERIFY(page_->model().index(at, 0).data(Qt::ToolTipRole).toString().contains("arXiv:2505.03804"));
        QCOMPARE(page_->model().index(at, column("PPL WikiText-2")).data().toString(), QString("6.780"));
        QVERIFY(row("QuaRot+GPTQ, 4 bits") > 0);
        for (int i = 0; i < page_->model().rowCount(); ++i) // rows of other models stay away
            QVERIFY(!page_->model().index(i, 0).data(Qt::ToolTipRole).toString().contains("Mixtral"));
        table()->view()->sortByColumn(column("PPL WikiText-2"), Qt::DescendingOrder);
        QVERIFY(!table()->shown().index(0, 0).data().toString().contains("†"));
    }

    void the_table_is_copied_as_latex_and_markdown() {
        open_models();
        table()->copy_latex();
        QString text = QGuiApplication::clipboard()->text();
        QVERIFY(text.contains("\\toprule"));
        QVERIFY(text.contains("\\textbf{8.400}"));
        QVERIFY(text.contains("Expert error, \\%"));
        table()->copy_markdown();
        text = QGuiApplication::clipboard()->text();
        QVERIFY(text.startsWith("| Run |"));
        QVERIFY(text.contains("---: |"));
    }

    void the_form_of_the_chart_stays_as_chosen() {
        open_models();
        auto* form = page_->findChild<QComboBox*>("form");
        QVERIFY(form);
        page_->chart().choose("perplexity/builtin:code", "bits");
        QCOMPARE(form->currentData().toInt(), int(MetricForm::Lines));
        page_->chart().choose("perplexity/builtin:code", "run");
        QCOMPARE(form->currentData().toInt(), int(MetricForm::Points));
        form->setFocus();
        QTest::keyClick(form, Qt::Key_Down);
        QCOMPARE(form->currentData().toInt(), int(MetricForm::Bars));
        page_->chart().choose("perplexity/builtin:code", "method");
        QCOMPARE(form->currentData().toInt(), int(MetricForm::Bars));
    }

    void the_chart_follows_its_axes() {
        open_models();
        page_->chart().choose("perplexity/builtin:code", "bits");
        TextTable data = page_->chart().data();
        QCOMPARE(data.columns.mid(2, 2), (QStringList{"Bits", "PPL Built-in code"}));
        QCOMPARE(data.rows.size(), 2); // the float model has no bits
        page_->chart().choose("expert_error", "run");
        data = page_->chart().data();
        QCOMPARE(data.rows.size(), 2);
        QVERIFY(std::abs(data.rows[0][3].toDouble() - 1.5) < 1e-6); // in percent
    }

    void a_sweep_is_curves() {
        json cells = json::array();
        for (const int width : {2, 4})
            for (const double tau : {0.3, 0.6, 1.2})
                cells.push_back({{"tau", tau},
                                 {"width", width},
                                 {"branching", 0},
                                 {"balance", {{"cv", tau / width}}},
                                 {"perplexity", 9.0 - tau},
                                 {"evaluation", nullptr}});
        runs_->add("s", "sweep", {}, {{"cells", cells}});
        open();
        QTRY_COMPARE(page_->model().rowCount(), 6);
        QCOMPARE(page_->chart().setting(), QString("tau"));
        QCOMPARE(page_->chart().metric(), QString("cv"));
        QSet<QString> series;
        for (const auto& line : page_->chart().data().rows)
            series.insert(line[1]);
        QCOMPARE(series, (QSet<QString>{"w 2", "w 4"}));
    }

    void chosen_runs_are_evaluated_against_the_float_model() {
        open_models();
        page_->main_action()->trigger();
        auto* form = page_->findChild<EvaluateForm*>();
        QVERIFY(form->isVisible());
        table()->select_row(row("GPTQ 4-bit"));
        table()->select_row(row("GPTQ+AGQ"), true);
        const auto jobs = page_->jobs();
        QCOMPARE(jobs.size(), 2u);
        QCOMPARE(jobs[0].kind, std::string("evaluate"));
        QCOMPARE(jobs[0].options["against"].get<std::string>(), std::string("sample"));
        QCOMPARE(jobs[0].options["perplexity"].size(), 2u);
        QSet<QString> models;
        for (const Job& job : jobs)
            models.insert(QString::fromStdString(job.model));
        QCOMPARE(models, (QSet<QString>{"/made/up/gptq", "/made/up/agq"}));
        QSignalSpy done(workbench_.get(), &Workbench::job_finished);
        Q_EMIT form->asked();
        QTRY_COMPARE(done.size(), 2);
        QVERIFY(!form->isVisible());
    }
};

QTEST_MAIN(TestComparePage)
#include "tst_compare_page.moc"
