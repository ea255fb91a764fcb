// The EBSS page against a worker that makes its numbers up and a run folder with a real recorded search.
#include "app/workbench/pages/ebss_page.h"
#include "app/workbench/pages/search_view.h"
#include "app/workbench/pages/set_view.h"
#include "user_home.h"
#include "widgets/plots/candidate_plane.h"
#include "widgets/plots/layer_lines.h"
#include "widgets/plots/search_tree.h"
#include "widgets/plots/set_course.h"
#include "widgets/tables/beam_model.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSlider>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace moequant;

class TestEbssPage : public QObject {
    Q_OBJECT
    QTemporaryDir home_;
    std::unique_ptr<Workbench> workbench_;
    std::unique_ptr<EbssPage> page_;

    QString run_folder() const { return home_.filePath("data/moequant/runs/one"); }
    void fill_run(const QString& search) {
        const QString data = QStringLiteral(MOEQUANT_SOURCE_DIR) + "/tests/data/search/";
        QVERIFY(QDir().mkpath(run_folder()));
        QFile::remove(run_folder() + "/search.safetensors");
        QVERIFY(QFile::copy(data + search, run_folder() + "/search.safetensors"));
        QFile::remove(run_folder() + "/set.jsonl");
        QVERIFY(QFile::copy(data + "set.jsonl", run_folder() + "/set.jsonl"));
        QFile job(run_folder() + "/job.json");
        QVERIFY(job.open(QIODevice::WriteOnly));
        job.write("{}");
        qputenv("FAKE_RUN", run_folder().toUtf8());
    }
    void open() {
        workbench_ = std::make_unique<Workbench>(WorkerCommand{FAKE_WORKER, {"model"}});
        page_ = std::make_unique<EbssPage>(*workbench_);
        page_->resize(960, 690);
        page_->show();
        workbench_->worker().start();
        workbench_->open_model("sample");
        QTRY_VERIFY(workbench_->inspection().is_object());
    }
    template <typename T>
    T* find(const QString& name = {}) const {
        return page_->findChild<T*>(name);
    }
    void preview() {
        for (auto* action : page_->findChildren<QAction*>())
            if (action->text().startsWith("Preview")) {
                action->trigger();
                break;
            }
        QTRY_VERIFY(workbench_->jobs().empty());
    }
    QToolButton* button(const QString& text) const {
        for (auto* button : page_->findChildren<QToolButton*>())
            if (button->text() == text)
                return button;
        return nullptr;
    }

  private Q_SLOTS:
    void initTestCase() { use_home(home_.path()); }
    void init() {
        forget_settings(home_.path());
        qunsetenv("FAKE_RUN");
    }
    void cleanup() {
        page_.reset();
        workbench_.reset();
    }

    void it_begins_with_the_papers_values() {
        open();
        QCOMPARE(find<QDoubleSpinBox>("tau")->value(), 1.2);
        QCOMPARE(find<QComboBox>("preset")->currentData().toString(), QString("paper"));
        const auto options = page_->jobs()[0].options;
        QVERIFY(options["width"] == nlohmann::json(4));
        QVERIFY(options["length"] == nlohmann::json(512));
        QVERIFY(options["sequences"] == nlohmann::json(128));
        QVERIFY(QString::fromStdString(to_command_line(page_->jobs()[0])).contains("--preset paper"));
        find<QComboBox>("preset")->setCurrentIndex(1);
        Q_EMIT find<QComboBox>("preset")->activated(1);
        QVERIFY(page_->jobs()[0].options["width"] == nlohmann::json(1));
        find<QDoubleSpinBox>("tau")->setValue(0.3);
        QCOMPARE(find<QComboBox>("preset")->currentIndex(), -1); // own values
    }

    void the_slider_is_logarithmic() {
        open();
        auto* box = find<QDoubleSpinBox>("tau");
        QSlider* slider = nullptr;
        for (auto* candidate : page_->findChildren<QSlider*>())
            if (candidate->accessibleName().startsWith("τ"))
                slider = candidate;
        QVERIFY(slider);
        const int at_one = slider->value();
        box->setValue(10);
        const int at_ten = slider->value();
        box->setValue(0.1);
        box->setValue(1);
        const int one = slider->value();
        box->setValue(0.1);
        QCOMPARE(at_ten - one, one - slider->value());
        QVERIFY(at_one > one);
        slider->setValue(one);
        QCOMPARE(box->value(), 1.0);
        slider->setValue(slider->maximum());
        QVERIFY(page_->jobs()[0].options["tau"] == nlohmann::json("inf"));
    }

    void every_option_has_a_word() {
        open();
        for (const char* name :
             {"tau", "width", "branching", "balance_scope", "length", "sequences", "seed"}) {
            auto* control = find<QWidget>(name);
            QVERIFY2(control && !control->toolTip().isEmpty(), name);
            QEvent enter(QEvent::FocusIn);
            QFocusEvent focus(QEvent::FocusIn);
            QCoreApplication::sendEvent(control, &focus);
            bool said = false;
            for (auto* label : page_->findChildren<QLabel*>())
                said = said || label->text() == control->toolTip();
            QVERIFY2(said, name);
        }
    }

    void beams_come_live() {
        open();
        preview();
        auto* view = find<SearchView>();
        QTRY_COMPARE(view->step(), 19);
        QCOMPARE(find<DataTable>("Candidates")->view()->model()->rowCount(), 8);
        QCOMPARE(find<SearchTree>()->data().rows.size(), 20 * 8);
        QCOMPARE(find<LayerLines>()->data().rows.size(), 2 * 20);
        QCOMPARE(find<CandidatePlane>()->data().rows.size(), 8);
        QCOMPARE(find<SetCourse>()->data().rows.size(), 3);
        QVERIFY(find<DataTable>("Sets so far")->content_shown());
    }

    void a_recorded_search_is_ranked_anew_without_the_model() {
        fill_run("paper.safetensors");
        open();
        preview();
        auto* view = find<SearchView>();
        QTRY_COMPARE(view->step(), 22);
        QCOMPARE(view->changed_at(), -1); // the recorded τ is the form's
        auto* plane = find<CandidatePlane>();
        view->show_step(8);
        QCOMPARE(plane->data().rows.size(), 16);
        const auto jobs_before = workbench_->jobs().size();
        Q_EMIT plane->tau_changed(0.05); // as the dragged line says
        QCOMPARE(find<QDoubleSpinBox>("tau")->value(), 0.05);
        QCOMPARE(plane->tau(), 0.05);
        QVERIFY(view->changed_at() >= 3);
        QCOMPARE(workbench_->jobs().size(), jobs_before); // nothing is computed
        bool told = false;
        for (auto* label : view->findChildren<QLabel*>())
            told =
                told || label->text().contains(QString("step %1 would keep others").arg(view->changed_at()));
        QVERIFY(told);
        QVERIFY(page_->jobs()[0].options["tau"] == nlohmann::json(0.05)); // what a preview would search at
        find<QDoubleSpinBox>("tau")->setValue(1.2);
        QCOMPARE(view->changed_at(), -1);
    }

    void texts_come_from_the_tokenizer() {
        fill_run("paper.safetensors");
        open();
        preview();
        auto* table = find<DataTable>("Candidates")->view()->model();
        QTRY_VERIFY(
            table->rowCount() == 16 &&
            table->index(0, BeamModel::Text).data().toString().contains(QRegularExpression("t\\d+ t\\d+")));
    }

    void a_search_is_replayed() {
        fill_run("paper.safetensors");
        open();
        preview();
        auto* view = find<SearchView>();
        QTRY_COMPARE(view->step(), 22);
        QTest::mouseClick(button("◀"), Qt::LeftButton);
        QCOMPARE(view->step(), 21);
        QTest::mouseClick(button("▷"), Qt::LeftButton); // to the end from here
        QTRY_COMPARE(view->step(), 22);
        QTRY_VERIFY(button("▷"));
        QTest::mouseClick(button("▷"), Qt::LeftButton); // from the start
        QVERIFY(view->step() < 5);
        QTest::mouseClick(button("▮▮"), Qt::LeftButton);
        const int stopped = view->step();
        QTest::qWait(300);
        QCOMPARE(view->step(), stopped);
        auto* sequence = view->findChild<QComboBox*>();
        QCOMPARE(sequence->count(), 2);
        sequence->setCurrentIndex(1);
        QCOMPARE(view->step(), 22);
    }

    void tree_and_table_are_linked() {
        fill_run("paper.safetensors");
        open();
        preview();
        auto* view = find<SearchView>();
        QTRY_COMPARE(view->step(), 22);
        Q_EMIT find<SearchTree>()->step_selected(7, 3);
        QCOMPARE(view->step(), 7);
        auto* table = find<DataTable>("Candidates");
        QCOMPARE(table->title(), QString("Candidates, step 7"));
        QCOMPARE(table->view()->currentIndex().row(), 3);
    }

    void a_set_is_sorted_out_and_accepted() {
        fill_run("balanced.safetensors");
        open();
        QSignalSpy written(page_.get(), &EbssPage::set_written);
        preview();
        auto* set = find<SetView>();
        QTRY_COMPARE(set->sequences().rowCount(), 3);
        QVERIFY(written.isEmpty()); // nothing is offered unasked
        find<QTabWidget>()->setCurrentWidget(set);
        auto* table = set->findChild<DataTable*>("Sequences");
        table->view()->selectRow(1);
        QCOMPARE(set->findChild<QPlainTextEdit*>()->toPlainText(), set->sequences().sequences()[1].text);
        QTest::mouseClick(button("Reject"), Qt::LeftButton);
        QCOMPARE(table->title(), QString("Sequences, 2 of 3"));
        table->view()->selectRow(2);
        QTest::mouseClick(button("Pin"), Qt::LeftButton);
        set->accept_action()->trigger();
        QCOMPARE(written.size(), 1);
        const QString spec = written[0][0].toString();
        QVERIFY2(spec.startsWith("tokens:" + run_folder() + "/ebss-tau1.2-w4"), qPrintable(spec));
        QFile file(spec.mid(7));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 2);
        preview(); // the pinned one stays, in front
        QTRY_COMPARE(set->sequences().sequences()[0].state, SequenceState::Pinned);
        QCOMPARE(set->sequences().rowCount(), 3);
    }

    void a_damaged_recording_is_told() {
        fill_run("balanced.safetensors");
        QVERIFY(QFile::resize(run_folder() + "/search.safetensors", 200));
        open();
        preview();
        QTRY_VERIFY(page_->messages().text().contains("search.safetensors"));
        QTRY_COMPARE(find<SetView>()->sequences().rowCount(), 3); // the set is good all the same
    }

    void it_fits() {
        open();
        preview();
        QVERIFY2(page_->minimumSizeHint().width() <= 960 && page_->minimumSizeHint().height() <= 690,
                 qPrintable(QString("%1 × %2")
                                .arg(page_->minimumSizeHint().width())
                                .arg(page_->minimumSizeHint().height())));
    }
};

QTEST_MAIN(TestEbssPage)
#include "tst_ebss_page.moc"
