// The Quantize page against a worker that makes its numbers up: verdict, queue, lines, resume.
#include "app/workbench/main_window.h"
#include "app/workbench/pages/quantize_page.h"
#include "app/workbench/pages/run_view.h"
#include "tests/workbench/run_fixture.h"
#include "user_home.h"
#include "widgets/action_rows.h"
#include "widgets/plots/heat_map.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace moequant;
using nlohmann::json;

class TestQuantizePage : public QObject {
    Q_OBJECT
  private:
    std::unique_ptr<QTemporaryDir> home_;
    std::unique_ptr<MainWindow> window_;

    void open(const QString& mode = "model") {
        window_ = std::make_unique<MainWindow>(WorkerCommand{FAKE_WORKER, {mode}});
        window_->show();
        window_->open("sample");
        window_->show_page(QuantizeNumber);
        QTRY_VERIFY(window_->workbench().inspection().is_object());
    }
    QuantizePage& page() { return *static_cast<QuantizePage*>(window_->page(QuantizeNumber)); }
    template <typename T>
    T* find(const char* name) {
        return page().findChild<T*>(name);
    }
    void start() { page().main_action()->trigger(); }
    QString line(const QString& subject) {
        for (const auto& line : page().verdict())
            if (line.subject == subject)
                return line.text;
        return {};
    }

  private Q_SLOTS:
    void init() {
        home_ = std::make_unique<QTemporaryDir>();
        use_home(home_->path());
    }
    void cleanup() { window_.reset(); }

    void the_verdict_follows_the_form() {
        open();
        QTRY_VERIFY(line("vLLM").contains("TP 1"));
        find<QSpinBox>("bits")->setValue(3);
        QTRY_VERIFY(line("vLLM").contains("4 or 8 bits only"));
        find<QSpinBox>("bits")->setValue(5);
        QTRY_VERIFY(line("Format").contains("cannot hold 5 bits"));
    }

    void the_time_is_that_of_the_last_run() {
        open();
        QTRY_VERIFY(line("Time").contains("unknown"));
        start();
        QTRY_VERIFY(window_->workbench().jobs().empty());
        QTRY_VERIFY2(line("Time").contains("8.5 M weights at 4,250 k a second"), qPrintable(line("Time")));
    }

    void advanced_settings_are_in_the_job() {
        open();
        auto* expander = find<QToolButton>("advanced");
        auto* rules = find<QPlainTextEdit>("override");
        QVERIFY(!rules->isVisible());
        expander->setChecked(true);
        QVERIFY(rules->isVisible());
        rules->setPlainText("*.self_attn.*=bits:8\n\n  *.shared_expert.*=skip ");
        find<QDoubleSpinBox>("average_bits")->setValue(3.5);
        const Job job = page().form().job();
        QVERIFY(job.options["override"] == json::array({"*.self_attn.*=bits:8", "*.shared_expert.*=skip"}));
        QVERIFY(job.options["average_bits"] == json(3.5));
        QVERIFY(!job.options.contains("min_tokens"));
        check_job([&] {
            Job whole = job;
            resolve_defaults(whole);
            return whole;
        }());
    }

    void presets_are_whole_recipes_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < 7; ++i)
            QTest::addRow("%d", i) << i;
    }
    void presets_are_whole_recipes() {
        QFETCH(int, index);
        open();
        auto* preset = find<QComboBox>("preset");
        QCOMPARE(preset->count(), 7);
        preset->setCurrentIndex(index);
        Q_EMIT preset->activated(index);
        Job job = page().form().job();
        QCOMPARE(job.options.contains("preset"), index > 0 && job.options["method"] != "rtn");
        if (index > 0)
            QVERIFY(job.options["starved"] == json("rtn"));
        resolve_defaults(job);
        check_job(job); // throws when it contradicts itself
        QVERIFY(job.options["method"] == "rtn" || job.corpus.size() == 1);
    }

    void what_does_not_go_with_a_method_is_not_asked_for() {
        open();
        find<QCheckBox>("agq")->setChecked(true);
        find<QCheckBox>("act_order")->setChecked(true);
        find<QComboBox>("method")->setCurrentText("rtn");
        QVERIFY(page().form().job().options["agq"] == json(false));
        QVERIFY(page().form().job().options["act_order"] == json(false));
        QVERIFY(!find<QCheckBox>("agq")->isEnabled());
    }

    void several_runs_wait_in_line() {
        open("hold");
        start();
        QTRY_VERIFY(window_->workbench().jobs().front().accepted);
        QCOMPARE(page().main_action()->text(), QString("Add to the queue"));
        find<QSpinBox>("bits")->setValue(3);
        start();
        start();
        auto* queue = page().findChild<ActionRows*>("Running and waiting");
        QCOMPARE(queue->rows().size(), 3);
        QVERIFY(queue->rows()[0].text.contains("running"));
        QCOMPARE(queue->rows()[1].text, QString("GPTQ+AGQ 3-bit, waiting"));
        QVERIFY(queue->isVisible());
        const auto buttons = queue->findChildren<QPushButton*>();
        QTest::mouseClick(buttons.last(), Qt::LeftButton);
        QTRY_COMPARE(queue->rows().size(), 2);
        window_->workbench().stop(false);
        QTRY_VERIFY(queue->rows().isEmpty());
        QVERIFY(!queue->isVisible());
    }

    void queued_runs_are_each_shown() {
        open();
        start();
        find<QSpinBox>("bits")->setValue(3);
        start();
        QTRY_VERIFY(window_->workbench().jobs().empty());
        QCOMPARE(window_->workbench().quantization()->name, QString("GPTQ+AGQ 3-bit"));
        QCOMPARE(window_->workbench().quantization()->rows.size(), 4 * 16 * 3); // of the second alone
        auto* lines = find<DataTable>("Finished layers")->view()->model();
        QCOMPARE(lines->rowCount(), 4);
        QVERIFY2(lines->index(1, 1).data().toString().contains("1 expert fell back (rtn)"),
                 qPrintable(lines->index(1, 1).data().toString()));
        QVERIFY(page().run_view().status().startsWith("Finished"));
        QVERIFY(page().run_view().isVisible());
    }

    void an_interrupted_run_is_offered_and_resumed() {
        RunFolder runs(home_->filePath("data/moequant/runs"));
        const QString folder = runs.add(
            "20260101-120000-quantize-sample-0001", "quantize",
            {{"options", {{"method", "gptq"}, {"bits", 3}, {"agq", false}}}, {"corpus", {"builtin:prose"}}});
        open();
        auto* interrupted = page().findChild<ActionRows*>("Interrupted quantizations");
        QTRY_COMPARE(interrupted->rows().size(), 1);
        QVERIFY2(interrupted->rows()[0].text.startsWith("GPTQ 3-bit"),
                 qPrintable(interrupted->rows()[0].text));
        QVERIFY(interrupted->isVisible());
        QTest::mouseClick(interrupted->findChildren<QPushButton*>().last(), Qt::LeftButton);
        const auto& jobs = window_->workbench().jobs();
        QCOMPARE(jobs.size(), 1u);
        QCOMPARE(QString::fromStdString(jobs.front().job.run.value_or("")), folder);
        QVERIFY(interrupted->rows().isEmpty()); // it is worked on
        QTRY_VERIFY(window_->workbench().jobs().empty());
    }
};

QTEST_MAIN(TestQuantizePage)
#include "tst_quantize_page.moc"
