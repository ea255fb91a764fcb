// The Export page against a worker that makes its numbers up: formats, refusals, the outcome, the commands.
#include "app/workbench/pages/export_page.h"
#include "app/workbench/pages/run_chooser.h"
#include "tests/workbench/run_fixture.h"
#include "user_home.h"
#include "widgets/action_rows.h"
#include "widgets/choice_cards.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace moequant;
using nlohmann::json;

class TestExportPage : public QObject {
    Q_OBJECT
  private:
    std::unique_ptr<QTemporaryDir> home_;
    std::unique_ptr<Workbench> workbench_;
    std::unique_ptr<ExportPage> page_;
    QString run_;

    void open(const json& options = {{"method", "gptq"}, {"bits", 4}}) {
        RunFolder runs(home_->filePath("data/moequant/runs"));
        run_ = runs.add("20260101-000000-quantize-sample-0001", "quantize", {{"options", options}},
                        quantize_fixture(4, 16, 0.04));
        workbench_ = std::make_unique<Workbench>(WorkerCommand{FAKE_WORKER, {"model"}});
        page_ = std::make_unique<ExportPage>(*workbench_);
        page_->resize(900, 700);
        page_->show();
        workbench_->worker().start();
        workbench_->open_model("sample");
        QTRY_VERIFY(workbench_->inspection().is_object());
        workbench_->runs().refresh();
        QTRY_VERIFY(workbench_->runs().run(run_) && workbench_->runs().run(run_)->read);
        page_->choose_run(run_);
    }
    const Choice& choice(const QString& key) {
        for (const Choice& each : page_->findChild<ChoiceCards*>()->choices())
            if (each.key == key)
                return each;
        qFatal("no card %s", qPrintable(key));
    }
    QLineEdit* output() {
        for (auto* line : page_->findChildren<QLineEdit*>())
            if (line->accessibleName() == "Destination folder")
                return line;
        return nullptr;
    }

  private Q_SLOTS:
    void init() {
        home_ = std::make_unique<QTemporaryDir>();
        use_home(home_->path());
    }
    void cleanup() {
        page_.reset();
        workbench_.reset();
    }

    void formats_say_what_loads_them() {
        open();
        QCOMPARE(page_->findChild<ChoiceCards*>()->choices().size(), 4);
        QVERIFY2(choice("gptq").lines.join('|').contains("vLLM loads this at TP 1"),
                 qPrintable(choice("gptq").lines.join('|')));
        QVERIFY(choice("gptq").lines.join('|').contains("The run's own checkpoint"));
        QVERIFY(choice("compressed-tensors").obstacle.isEmpty());
        QCOMPARE(choice("float").fact, QString("≈ 16.2 MB"));
        QCOMPARE(choice("awq").fact, QString("≈ 4.1 MB"));
    }

    void what_is_impossible_cannot_be_chosen() {
        open({{"method", "rtn"}, {"bits", 3}, {"format", "gptq"}});
        QCOMPARE(choice("compressed-tensors").obstacle, QString("compressed-tensors cannot hold 3 bits"));
        auto* cards = page_->findChild<ChoiceCards*>();
        cards->choose("awq");
        QCOMPARE(cards->chosen(), QString("gptq"));
        QVERIFY(!cards->findChild<QRadioButton*>("awq")->isEnabled());
        cards->findChild<QRadioButton*>("float")->click();
        QCOMPARE(cards->chosen(), QString("float"));
    }

    void an_export_is_told_with_its_commands() {
        open();
        QVERIFY(!page_->main_action()->isEnabled()); // no destination yet
        page_->findChild<ChoiceCards*>()->choose("compressed-tensors");
        const QString target = home_->filePath("out");
        output()->setText(target);
        QVERIFY(page_->main_action()->isEnabled());
        QCOMPARE(QString::fromStdString(to_command_line(page_->jobs().front())),
                 QString("moequant export %1 --format compressed-tensors --output %2").arg(run_, target));
        page_->main_action()->trigger();
        QTRY_VERIFY(!page_->outcome().isEmpty());
        QVERIFY(page_->outcome()[0].text.contains(target));
        QVERIFY2(page_->outcome()[1].text.contains("220 linears"), qPrintable(page_->outcome()[1].text));
        auto* commands = page_->findChild<ActionRows*>();
        QCOMPARE(commands->rows().size(), 2);
        QVERIFY(commands->isVisible());
        for (auto* button : commands->findChildren<QPushButton*>())
            if (button->accessibleName() == "Copy: vLLM" && button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QString("vllm serve %1 --tensor-parallel-size 1").arg(target));
    }

    void the_finished_quantization_is_chosen() {
        open();
        page_->choose_run({});
        QVERIFY(!page_->main_action()->isEnabled());
        workbench_->open_quantization(run_);
        QTRY_COMPARE(page_->findChild<RunChooser*>()->folder(), run_);
    }
};

QTEST_MAIN(TestExportPage)
#include "tst_export_page.moc"
