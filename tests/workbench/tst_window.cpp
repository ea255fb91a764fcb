// The path through the window against a worker that makes its numbers up.
#include "app/workbench/frame/message_bar.h"
#include "app/workbench/frame/run_strip.h"
#include "app/workbench/main_window.h"
#include "app/workbench/pages/calibration_page.h"
#include "app/workbench/pages/ebss_page.h"
#include "app/workbench/pages/source_bar.h"
#include "user_home.h"
#include "widgets/plots/heat_map.h"
#include "widgets/plots/layer_lines.h"
#include "widgets/plots/usage_histogram.h"
#include "widgets/tables/data_table.h"

#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace moequant;

class TestWindow : public QObject {
    Q_OBJECT
  private:
    QTemporaryDir config_;
    std::unique_ptr<MainWindow> window_;

    void open(const QString& mode = "model") {
        window_ = std::make_unique<MainWindow>(WorkerCommand{FAKE_WORKER, {mode}});
        window_->workbench().worker().set_restart_delay(20);
        window_->show();
        window_->open("sample");
        QTRY_VERIFY(window_->workbench().inspection().is_object());
    }
    template <typename T>
    T* in_page(int page, const QString& name = {}) const {
        return window_->page(page)->findChild<T*>(name);
    }
    void press_main(int page) {
        window_->show_page(page);
        QTest::keyClick(window_.get(), Qt::Key_F5);
    }
    void wait_idle() { QTRY_VERIFY(window_->workbench().jobs().empty()); }

  private Q_SLOTS:
    void initTestCase() { use_home(config_.path()); }
    void init() { forget_settings(config_.path()); }
    void cleanup() { window_.reset(); }

    void the_model_is_shown() {
        open();
        QCOMPARE(window_->workbench().model_summary(),
                 QString("4 MoE layers · 16+1 experts · top-2 · 8.5 M"));
        auto* facts = in_page<DataTable>(ModelNumber);
        QVERIFY(facts->content_shown());
        QCOMPARE(window_->workbench().layer(), 0);
        QVERIFY(window_->windowTitle().contains("Sample model"));
    }

    void everything_fits_the_smallest_size() {
        open();
        window_->resize(1280, 800);
        for (int page = 0; page < window_->page_count(); ++page) {
            window_->show_page(page);
            QCoreApplication::processEvents();
            QVERIFY2(window_->minimumSizeHint().width() <= 1280 && window_->minimumSizeHint().height() <= 800,
                     qPrintable(QString("page %1 needs %2 × %3")
                                    .arg(page)
                                    .arg(window_->minimumSizeHint().width())
                                    .arg(window_->minimumSizeHint().height())));
            QCOMPARE(window_->size(), QSize(1280, 800));
        }
    }

    void every_focusable_control_has_a_name() {
        open();
        QStringList unnamed;
        for (auto* widget : window_->findChildren<QWidget*>()) {
            const QString name = widget->objectName(), type = widget->metaObject()->className();
            // Parts of Qt's own controls, and buttons that are not there.
            if (widget->focusPolicy() == Qt::NoFocus || name.startsWith("qt_") || type.startsWith("QTab") ||
                type == "QMenu" || type == "QComboBoxListView" ||
                (type == "QPushButton" && widget->isHidden()))
                continue;
            auto* interface = QAccessible::queryAccessibleInterface(widget);
            if (interface && interface->text(QAccessible::Name).isEmpty())
                unnamed.append(type + ' ' + name + " in " +
                               widget->parentWidget()->metaObject()->className());
        }
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(", ")));
    }

    void profiling_fills_the_pictures() {
        open();
        auto* histogram = in_page<UsageHistogram>(CalibrationNumber);
        QVERIFY(!histogram->content_shown());
        press_main(CalibrationNumber);
        QCOMPARE(window_->workbench().jobs().size(), 2u); // prose and code are ticked
        wait_idle();
        QCOMPARE(window_->workbench().profiles().size(), 2);
        QVERIFY(histogram->content_shown());
        QVERIFY(in_page<LayerLines>(CalibrationNumber)->content_shown());
        QVERIFY(in_page<HeatMap>(CalibrationNumber)->content_shown());
        QCOMPARE(in_page<DataTable>(CalibrationNumber, "Summary")->view()->model()->rowCount(), 2);
        QCOMPARE(histogram->data().rows.size(), 2 * 16);
        auto* box = window_->page(CalibrationNumber)->findChild<QCheckBox*>("builtin:code");
        box->setChecked(false);
        QCOMPARE(histogram->data().rows.size(), 16);
    }

    void profiles_fill_layer_by_layer() {
        open();
        QVector<qsizetype> layers;
        connect(&window_->workbench(), &Workbench::profiles_changed, this,
                [&] { layers.append(window_->workbench().profiles().last().usage.layers.size()); });
        window_->page(CalibrationNumber)->findChild<QCheckBox*>("builtin:code")->setChecked(false);
        press_main(CalibrationNumber);
        wait_idle();
        QCOMPARE(layers, (QVector<qsizetype>{1, 2, 3, 4, 4})); // the layers, then the result
    }

    void half_a_profile_is_none() {
        open("die-in-profile");
        press_main(CalibrationNumber);
        wait_idle();
        QVERIFY(window_->workbench().profiles().isEmpty());
        QVERIFY(!in_page<UsageHistogram>(CalibrationNumber)->content_shown());
    }

    void the_selection_is_the_same_everywhere() {
        open();
        press_main(CalibrationNumber);
        wait_idle();
        auto* map = in_page<HeatMap>(CalibrationNumber);
        Q_EMIT map->cell_selected(2, 5);
        QCOMPARE(window_->workbench().layer(), 2);
        QCOMPARE(in_page<UsageHistogram>(CalibrationNumber)->layer(), 2);
        QStringList texts;
        for (auto* label : window_->findChild<QDockWidget*>("inspector")->findChildren<QLabel*>())
            texts.append(label->text());
        const auto* usage = window_->workbench().profiles().first().usage.at(2);
        QVERIFY2(texts.contains(QLocale(QLocale::English).toString(qint64(usage->counts[5]))),
                 qPrintable(texts.join(',')));
    }

    void beams_come_live() {
        open();
        window_->show_page(EbssNumber);
        window_->page(EbssNumber)->findChildren<QAction*>().first();
        for (auto* action : window_->page(EbssNumber)->findChildren<QAction*>())
            if (action->text().startsWith("Preview"))
                action->trigger();
        wait_idle();
        auto* beams = in_page<DataTable>(EbssNumber, "Candidates");
        QTRY_COMPARE(beams->view()->model()->rowCount(), 8);
        QCOMPARE(beams->title(), QString("Candidates, step 19"));
        QCOMPARE(in_page<LayerLines>(EbssNumber)->data().rows.size(), 2 * 20);
        QVERIFY2(in_page<DataTable>(EbssNumber, "Sets so far")->content_shown(),
                 "the finished set is listed");
    }

    void quantizing_fills_the_error_map() {
        open();
        press_main(QuantizeNumber);
        QVERIFY(window_->run_strip().text().startsWith("Quantizing GPTQ"));
        wait_idle();
        auto* map = in_page<HeatMap>(QuantizeNumber);
        const auto rows = map->data().rows;
        QCOMPARE(rows.size(), 4 * 16);
        QCOMPARE(rows[1 * 16 + 3], (QStringList{"1", "3", "", "0"})); // the expert without a token
        QCOMPARE(rows[0], (QStringList{"0", "0", "0.004", "200"}));
        QCOMPARE(in_page<DataTable>(QuantizeNumber, "Finished layers")->view()->model()->rowCount(),
                 4); // a line a layer
        QVERIFY(in_page<HeatMap>(ErrorsNumber)->content_shown());
        auto* linears = in_page<DataTable>(ErrorsNumber, "Linears, worst first")->view()->model();
        QCOMPARE(linears->rowCount(), 4 * 16 * 3);
        QCOMPARE(linears->index(0, 4).data().toString(), QString("8.000")); // the worst first
    }

    void a_refusal_is_read_in_the_page() {
        window_ = std::make_unique<MainWindow>(WorkerCommand{FAKE_WORKER, {"refuse"}});
        window_->show();
        window_->open("sample");
        QTRY_VERIFY(window_->page(ModelNumber)->messages().text().contains("config.json: no such file"));
    }

    void stop_ends_what_runs_and_what_waits() {
        open("hold");
        press_main(CalibrationNumber);
        QTRY_VERIFY(window_->workbench().jobs().front().accepted);
        QTest::keyClick(window_.get(), Qt::Key_Escape);
        wait_idle();
        QVERIFY(window_->page(CalibrationNumber)->messages().text().contains("stopped"));
        QCOMPARE(window_->run_strip().text(), QString("Ready"));
    }

    void a_lost_worker_leaves_the_window_and_its_data() {
        open("die-in-quantize");
        press_main(CalibrationNumber);
        wait_idle();
        press_main(QuantizeNumber);
        QTRY_VERIFY(window_->banner().text().contains("out of memory"));
        QCOMPARE(window_->workbench().profiles().size(), 2);
        QVERIFY(window_->workbench().can_resume());
        QTRY_COMPARE(window_->workbench().worker().state(), WorkerClient::State::Ready);
    }

    void copy_as_command_data() {
        QTest::addColumn<int>("page");
        QTest::addColumn<QString>("expected");
        QTest::newRow("profile")
            << int(CalibrationNumber)
            << "moequant profile sample --corpus 'builtin:prose?samples=max:32&length=256' --top-tokens 20\n"
               "moequant profile sample --corpus 'builtin:code?samples=max:32&length=256' --top-tokens 20";
        QTest::newRow("sample") << int(EbssNumber) << "moequant sample sample --preset paper --record 4";
        QTest::newRow("lab") << int(LabNumber)
                             << "moequant hessian-lab sample --corpus "
                                "'builtin:prose?samples=max:32&length=256' --layer 0";
        QTest::newRow("quantize")
            << int(QuantizeNumber)
            << "moequant quantize sample --corpus 'builtin:prose?samples=max:32&length=256' --agq";
    }
    void copy_as_command() {
        QFETCH(int, page);
        QFETCH(QString, expected);
        open();
        window_->show_page(page);
        QTest::keyClick(window_.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), expected);
    }

    void an_earlier_run_is_opened() {
        open();
        QTemporaryDir folder;
        QFile file(folder.filePath("result.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            R"({"linears": [{"name": "up", "layer": 2, "expert": 1, "tokens": 5, "relative_output_error": 0.25}]})");
        file.close();
        window_->open(folder.path());
        QVERIFY(window_->page(ErrorsNumber)->isVisible());
        QTRY_VERIFY(in_page<HeatMap>(ErrorsNumber)->content_shown());
        QCOMPARE(in_page<HeatMap>(ErrorsNumber)->data().rows[1], (QStringList{"2", "1", "0.25", "5"}));
        QVERIFY(QFile::resize(file.fileName(), 20));
        window_->open(folder.path());
        QTRY_VERIFY(window_->page(ErrorsNumber)->messages().text().contains("not a JSON document"));
        QVERIFY(in_page<HeatMap>(ErrorsNumber)->content_shown()); // what was there stays
    }

    void keys_show_pages() {
        open();
        QTest::keyClick(window_.get(), Qt::Key_4, Qt::ControlModifier);
        QVERIFY(window_->page(QuantizeNumber)->isVisible());
        QTest::keyClick(window_.get(), Qt::Key_0, Qt::ControlModifier);
        QVERIFY(window_->page(LabNumber)->isVisible());
        QTest::keyClick(window_.get(), Qt::Key_9, Qt::ControlModifier);
        QVERIFY(window_->page(LogNumber)->isVisible());
        QTest::keyClick(window_.get(), Qt::Key_1, Qt::ControlModifier);
        QVERIFY(window_->page(ModelNumber)->isVisible());
    }

    void a_dropped_folder_is_opened() {
        open();
        QTemporaryDir folder;
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(folder.path())});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window_.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window_.get(), &drop);
        QCOMPARE(window_->workbench().model(), folder.path());
        wait_idle();
        QCOMPARE(Settings().recent_models(), QStringList{folder.path()});
    }

    void settings_are_remembered() {
        open();
        window_->page(CalibrationNumber)->findChild<QCheckBox*>("gsm8k")->setChecked(true);
        window_->close();
        window_.reset();
        open();
        QVERIFY(window_->page(CalibrationNumber)->findChild<QCheckBox*>("gsm8k")->isChecked());
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
