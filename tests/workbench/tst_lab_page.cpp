// The Lab page against a worker that makes its numbers up.
#include "app/workbench/compared_runs.h"
#include "app/workbench/pages/lab_experts_view.h"
#include "app/workbench/pages/lab_form.h"
#include "app/workbench/pages/lab_page.h"
#include "app/workbench/pages/lab_study_view.h"
#include "app/workbench/pages/lab_tables.h"
#include "app/workbench/pages/lab_tour_view.h"
#include "lab_result.h"
#include "run_fixture.h"
#include "user_home.h"
#include "widgets/plots/heat_map.h"
#include "widgets/tables/data_table.h"
#include "widgets/tables/table_text.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTimer>
#include <QToolButton>

#include <memory>

using namespace moequant;
using nlohmann::json;

class TestLabPage : public QObject {
    Q_OBJECT
  private:
    QTemporaryDir home_;
    std::unique_ptr<Workbench> workbench_;
    std::unique_ptr<LabPage> page_;

    void open(const QString& mode = QStringLiteral("model")) {
        page_.reset();
        workbench_ = std::make_unique<Workbench>(WorkerCommand{FAKE_WORKER, {mode}});
        page_ = std::make_unique<LabPage>(*workbench_);
        page_->resize(960, 690);
        page_->show();
        QVERIFY(QTest::qWaitForWindowExposed(page_.get()));
        workbench_->worker().start();
        workbench_->open_model("sample");
        QTRY_VERIFY(workbench_->inspection().is_object());
    }
    void measure() {
        page_->main_action()->trigger();
        QTRY_VERIFY(workbench_->jobs().empty());
        QTRY_VERIFY(find<CurvePlot>("Bias")->content_shown());
    }
    template <typename T>
    T* find(const QString& name = {}) const {
        auto* found = page_->findChild<T*>(name);
        if (!found)
            qFatal("no %s %s", T::staticMetaObject.className(), qPrintable(name));
        return found;
    }
    QString note() const { return find<QLabel>("note")->text(); }
    void choose(const QString& box, const QString& text) {
        auto* found = find<QComboBox>(box);
        QVERIFY2(found->findText(text) >= 0, qPrintable(text));
        found->setCurrentText(text);
    }
    void show_tour() {
        find<QTabWidget>()->setCurrentWidget(find<LabTourView>());
        find<QTextBrowser>()->setFocus();
    }

  private Q_SLOTS:
    void initTestCase() {
        use_home(home_.path());
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    }
    void init() { forget_settings(home_.path()); }
    void cleanup() {
        page_.reset();
        workbench_.reset();
    }

    void every_empty_picture_offers_to_measure() {
        open();
        int cards = 0;
        for (auto* card : page_->findChildren<Card*>()) {
            if (card->title() == "Step")
                continue; // stands behind the tour's own
            ++cards;
            QVERIFY2(!card->content_shown(), qPrintable(card->title()));
            auto* button = card->findChild<QPushButton*>();
            QVERIFY2(button && button->text() == "Measure", qPrintable(card->title()));
            QVERIFY2(!card->whatsThis().isEmpty(), qPrintable(card->title()));
        }
        QCOMPARE(cards, 11);
    }

    void the_job_says_what_the_controls_say() {
        open();
        const Job job = page_->jobs()[0];
        QCOMPARE(job.corpus.size(), 1u);
        QCOMPARE(QString::fromStdString(job.corpus[0]), QString("builtin:prose?samples=max:32&length=256"));
        QVERIFY(job.options["layer"] == json(0)); // the window's
        QVERIFY(job.options["row"].is_null());
        QVERIFY(job.options["n"] == json({16, 64, 256, 1024, 4096}));
        QVERIFY(job.options["entry"].empty());
        find<QLineEdit>("n")->setText("8, 32 64");
        find<QLineEdit>("epsilon")->setText("1e-3,0.1");
        find<QLineEdit>("entry")->setText("3:17 4:4");
        find<QSpinBox>("row")->setValue(7);
        const Job other = page_->jobs()[0];
        QVERIFY(other.options["n"] == json({8, 32, 64}));
        QVERIFY(other.options["epsilon"] == json({0.001, 0.1}));
        QVERIFY(other.options["entry"] == json({"3:17", "4:4"}));
        QVERIFY(other.options["row"] == json(7));
        const QString line = QString::fromStdString(to_command_line(other));
        QVERIFY2(line.contains("hessian-lab sample") && line.contains("--row 7"), qPrintable(line));
        find<QLineEdit>("n")->setText("8, x");
        page_->main_action()->trigger();
        QVERIFY2(page_->messages().text().contains("'x'"), qPrintable(page_->messages().text()));
        QVERIFY(workbench_->jobs().empty());
        find<QLineEdit>("n")->setText("8");
        choose("loss", "polynomial");
        choose("experts", "none");
        QVERIFY(page_->jobs()[0].corpus.empty());
        QVERIFY(!find<QComboBox>("source")->isEnabled());
    }

    void settings_are_remembered() {
        open();
        choose("linear", "down");
        choose("source", "GSM8K");
        find<QSpinBox>("resamples")->setValue(50);
        open();
        QCOMPARE(find<QComboBox>("linear")->currentText(), QString("down"));
        QCOMPARE(find<QComboBox>("source")->currentData().toString(), QString("gsm8k"));
        QCOMPARE(find<QSpinBox>("resamples")->value(), 50);
    }

    void a_quadratic_loss_is_told_before_it_is_measured_data() {
        QTest::addColumn<QString>("loss");
        QTest::addColumn<QString>("linear");
        QTest::addColumn<bool>("exact");
        QTest::newRow("gate") << "expert"
                              << "gate" << false;
        QTest::newRow("up") << "expert"
                            << "up" << true;
        QTest::newRow("down, of the layer") << "layer"
                                            << "down" << true;
        QTest::newRow("up, of the model") << "model"
                                          << "up" << false;
        QTest::newRow("polynomial") << "polynomial"
                                    << "up" << false;
    }
    void a_quadratic_loss_is_told_before_it_is_measured() {
        QFETCH(QString, loss);
        QFETCH(QString, linear);
        QFETCH(bool, exact);
        open();
        choose("loss", loss);
        choose("linear", linear);
        QVERIFY(!note().isEmpty());
        QCOMPARE(note().contains("exactly quadratic"), exact);
        QCOMPARE(find<QComboBox>("linear")->isEnabled(), loss != "polynomial");
    }

    void measuring_fills_the_pictures() {
        open();
        measure();
        for (const char* name : {"Bias", "Variance", "Spectrum", "2 · Hessian error against n"})
            QVERIFY2(find<CurvePlot>(name)->content_shown(), name);
        QVERIFY(find<SurfaceMap>("Error over ε and n")->content_shown());
        QVERIFY(find<ErrorScatter>("quantization")->content_shown());
        QVERIFY(find<HeatMap>("1 · Tokens of every expert")->content_shown());
        QCOMPARE(find<DataTable>("Experts")->view()->model()->rowCount(), 64);
        auto* orders = find<DataTable>("Measured orders")->view()->model();
        QCOMPARE(orders->rowCount(), 8);
        QCOMPARE(orders->index(0, 1).data().toString(), QString("1.002"));
        QCOMPARE(find<DataTable>("Bias term")->view()->model()->rowCount(), 2);
        QVERIFY(find<QLabel>("study_note")->text().startsWith("No sign of a bias"));
        QVERIFY(find<QLabel>("experts_note")->text().contains("0.83"));
        QVERIFY(page_->messages().text().contains("rounding is the largest error"));
    }

    void a_bias_that_shows_is_told() {
        LabReport report;
        report.source_terms = {{"forward", "independent", 1.1, 0.9, 1.3, false, 40, 30}};
        QVERIFY(source_term_text(report).startsWith("There is a sign"));
        QVERIFY(source_term_text({}).isEmpty());
        QVERIFY(correlation_text({}).isEmpty());
    }

    void choosers_change_the_curves() {
        open();
        measure();
        auto* bias = find<CurvePlot>("Bias");
        const auto rows = [bias] { return bias->data().rows; };
        const auto common = rows();
        choose("shown_sampling", find<QComboBox>("shown_sampling")->itemText(1));
        QVERIFY(rows() != common);
        const auto other = rows();
        find<QComboBox>("shown_n")->setCurrentIndex(0);
        QVERIFY(rows() != other);
        QCOMPARE(bias->title(), QString("Bias against ε"));
        QVERIFY(!find<QComboBox>("shown_epsilon")->isVisible());
        find<QComboBox>("along")->setCurrentIndex(1);
        QCOMPARE(bias->title(), QString("Bias against n"));
        QVERIFY(find<QComboBox>("shown_epsilon")->isVisible());
        QVERIFY(!find<QComboBox>("shown_n")->isVisible());
        const auto at_one = rows();
        find<QComboBox>("shown_epsilon")->setCurrentIndex(2);
        QVERIFY(rows() != at_one);
        auto* sampling = find<QComboBox>("shown_sampling");
        sampling->setCurrentIndex(sampling->findData("exact")); // of all samples, there is one n
        QCOMPARE(bias->title(), QString("Bias against ε"));
        QVERIFY(!find<QComboBox>("shown_n")->isVisible() && !find<QComboBox>("along")->isEnabled());
        QVERIFY(!find<CurvePlot>("Variance")->content_shown());
        sampling->setCurrentIndex(sampling->findData("common"));
        auto* surface = find<SurfaceMap>("Error over ε and n");
        const auto before = surface->data().rows;
        auto* estimator = find<QComboBox>("surface_estimator");
        estimator->setCurrentIndex(1 - estimator->currentIndex());
        QVERIFY(surface->data().rows != before);
        Q_EMIT surface->cell_selected(1, 4); // the curves through that cell
        QCOMPARE(find<QComboBox>("shown_n")->currentIndex(), 1);
        QCOMPARE(find<QComboBox>("shown_epsilon")->currentIndex(), 4);
    }

    void the_selection_goes_both_ways() {
        open();
        workbench_->select(2, 5);
        QCOMPARE(find<QSpinBox>("layer")->value(), 2);
        QCOMPARE(find<QSpinBox>("expert")->value(), 5);
        find<QSpinBox>("expert")->setValue(9);
        QCOMPARE(workbench_->expert(), 9);
        QCOMPARE(workbench_->layer(), 2);
        find<QSpinBox>("layer")->setValue(3);
        QCOMPARE(workbench_->layer(), 3);
        QCOMPARE(workbench_->expert(), 9);
        measure();
        auto* table = find<DataTable>("Experts");
        QCOMPARE(table->selected_rows(), (QVector<int>{2 * 16 + 9}));
        QVERIFY(to_csv(find<CurvePlot>("Spectrum")->data()).contains("ayer 3, expert 9"));
        table->view()->setCurrentIndex(table->view()->model()->index(4, 0)); // layer 1, expert 4
        QCOMPARE(workbench_->layer(), 1);
        QCOMPARE(workbench_->expert(), 4);
        Q_EMIT find<CurvePlot>("2 · Hessian error against n")->point_selected(16 + 7);
        QCOMPARE(workbench_->layer(), 2);
        QCOMPARE(workbench_->expert(), 7);
        Q_EMIT find<ErrorScatter>("quantization")->cell_selected(3, 1);
        QCOMPARE(find<QSpinBox>("expert")->value(), 1);
        QCOMPARE(table->selected_rows(), (QVector<int>{2 * 16 + 1}));
    }

    void the_tour_is_walked_with_keys() {
        open();
        measure();
        auto* tour = find<LabTourView>();
        auto* text = find<QTextBrowser>();
        show_tour();
        QCOMPARE(tour->step(), 0);
        QVERIFY(tour->findChild<PlotView*>());
        const QString first = text->toPlainText();
        QVERIFY(first.size() > 80);
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(tour->answer_shown());
        QVERIFY(text->toPlainText().size() > first.size());
        for (int step = 1; step < 5; ++step) {
            QTest::keyClick(text, Qt::Key_Right);
            QCOMPARE(tour->step(), step);
            QVERIFY2(!tour->answer_shown(), "every answer is hidden at first");
            QCOMPARE(tour->findChildren<PlotView*>().size(), 1);
        }
        QTest::keyClick(text, Qt::Key_Right);
        QCOMPARE(tour->step(), 4);
        QCOMPARE(find<QLabel>("where")->text(), QString("5 of 5"));
        QTest::keyClick(text, Qt::Key_Left);
        QCOMPARE(tour->step(), 3);
    }

    void the_tour_is_saved_as_a_notebook() {
        open();
        measure();
        show_tour();
        const QString path = home_.filePath("lesson/lab.md");
        QVERIFY(QDir().mkpath(home_.filePath("lesson")));
        QTimer choose_file; // the chooser runs an event loop of its own
        choose_file.setInterval(50);
        connect(&choose_file, &QTimer::timeout, this, [&] {
            auto* chooser = page_->findChild<QFileDialog*>();
            if (!chooser || !chooser->isVisible())
                return;
            choose_file.stop();
            auto* line = chooser->findChild<QLineEdit*>("fileNameEdit");
            line->setText(path);
            QTest::keyClick(line, Qt::Key_Return);
        });
        choose_file.start();
        for (auto* button : find<LabTourView>()->findChildren<QPushButton*>())
            if (button->text().startsWith("Save"))
                QTest::mouseClick(button, Qt::LeftButton);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("moequant hessian-lab"));
        QVERIFY(page_->messages().text().contains("lab.md"));
        QCOMPARE(Settings().last_folder("notebooks"), home_.filePath("lesson"));
        find<LabTourView>()->save_notebook(home_.filePath("nowhere/lab.md"));
        QVERIFY(page_->messages().text().contains("nowhere"));
    }

    void an_earlier_run_is_opened() {
        RunFolder runs(home_.filePath("data/moequant/runs"));
        const QString folder = runs.add("lab", "hessian-lab", {}, lab_result());
        const QString other = runs.add("polynomial", "hessian-lab", {}, lab_result(false));
        open();
        workbench_->runs().refresh(); // files of known runs are read
        QTRY_VERIFY(workbench_->runs().run(folder) && workbench_->runs().run(folder)->read);
        QCOMPARE(workbench_->runs().run(folder)->title(), QString("Hessian lab, sample model"));
        QVERIFY(workbench_->runs().run(folder)->fault.isEmpty());
        QVERIFY(compared_runs({*workbench_->runs().run(folder)}).empty()); // it has no metric to compare
        page_->open_run(folder);
        QTRY_VERIFY(find<CurvePlot>("Bias")->content_shown());
        QVERIFY(find<HeatMap>("1 · Tokens of every expert")->content_shown());
        page_->open_run(other); // without experts: their pictures say what they would show
        QTRY_VERIFY(!find<HeatMap>("1 · Tokens of every expert")->content_shown());
        QVERIFY(find<CurvePlot>("Bias")->content_shown());
        QVERIFY(QFile::resize(folder + "/result.json", 40));
        page_->open_run(folder);
        QTRY_VERIFY2(page_->messages().text().contains("not a JSON document"),
                     qPrintable(page_->messages().text()));
        QVERIFY(find<CurvePlot>("Bias")->content_shown()); // what was there stays
    }

    void a_failure_is_read_in_the_page() {
        open("refuse-jobs");
        page_->main_action()->trigger();
        QTRY_VERIFY(workbench_->jobs().empty());
        QVERIFY(page_->messages().text().contains("config.json: no such file"));
        QVERIFY(!find<CurvePlot>("Bias")->content_shown());
    }

    void it_fits() {
        open();
        for (auto* button : page_->findChildren<QToolButton*>())
            if (button->text() == "More")
                button->toggle();
        measure();
        QVERIFY2(page_->minimumSizeHint().width() <= 960 && page_->minimumSizeHint().height() <= 690,
                 qPrintable(QString("%1 × %2")
                                .arg(page_->minimumSizeHint().width())
                                .arg(page_->minimumSizeHint().height())));
    }
};

QTEST_MAIN(TestLabPage)
#include "tst_lab_page.moc"
