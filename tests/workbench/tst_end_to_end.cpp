// The path a user takes, with mouse and keys and the real worker on the sample model: open, profile two
// sources, preview EBSS, move τ, quantize twice, compare, export, save a figure; and a worker that is killed
// on the way. MOEQUANT_WORKER names another worker's program. Runs under offscreen and under Xvfb (ctest has
// both).
#include "app/workbench/forms/tau_slider.h"
#include "app/workbench/frame/command_palette.h"
#include "app/workbench/frame/message_bar.h"
#include "app/workbench/main_window.h"
#include "app/workbench/pages/page.h"
#include "app/workbench/pages/search_view.h"
#include "app/workbench/run_library.h"
#include "user_home.h"
#include "widgets/plots/figure_dialog.h"
#include "widgets/plots/heat_map.h"
#include "widgets/plots/usage_histogram.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QCryptographicHash>
#include <QDialogButtonBox>
#include <QDir>
#include <QDirIterator>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <csignal>
#include <memory>
#include <numeric>

using namespace moequant;

namespace {

constexpr int minutes = 60000;

/// Processes that this one started and whose command line holds `text`.
QVector<pid_t> child_processes(const QByteArray& text) {
    QVector<pid_t> found;
    for (const QString& entry : QDir("/proc").entryList(QDir::Dirs)) {
        bool number = false;
        const int pid = entry.toInt(&number);
        QFile status("/proc/" + entry + "/status"), line("/proc/" + entry + "/cmdline");
        if (!number || !status.open(QIODevice::ReadOnly) || !line.open(QIODevice::ReadOnly))
            continue;
        if (status.readAll().contains("\nPPid:\t" + QByteArray::number(getpid()) + '\n') &&
            line.readAll().contains(text))
            found.append(pid);
    }
    return found;
}

/// Of all tensors under `folder`, so that two checkpoints can be compared.
QMap<QString, QByteArray> weights(const QString& folder) {
    QMap<QString, QByteArray> sums;
    QDirIterator it(folder, {"*.safetensors"}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            sums[QDir(folder).relativeFilePath(file.fileName())] =
                QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256);
    }
    return sums;
}

} // namespace

class TestEndToEnd : public QObject {
    Q_OBJECT
  private:
    QTemporaryDir folder_;
    std::unique_ptr<MainWindow> window_;

    void open_window() {
        const QString program = qEnvironmentVariable("MOEQUANT_WORKER", MOEQUANT_BINARY_DIR "/moequant");
        window_ = std::make_unique<MainWindow>(WorkerCommand{program, {"worker"}});
        window_->workbench().worker().set_restart_delay(50);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        QApplication::setActiveWindow(window_.get());
    }
    /// By Ctrl+K, as somebody does who knows what it is called.
    void find_and_run(const QString& words) {
        QTest::keyClick(window_.get(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window_->findChild<CommandPalette*>();
        QTRY_VERIFY(palette->isVisible());
        auto* line = palette->findChild<QLineEdit*>();
        QTest::keyClicks(line, words);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(!palette->isVisible());
    }
    void go_to(PageNumber page) {
        QApplication::setActiveWindow(window_.get());
        QTest::keyClick(window_.get(), Qt::Key(Qt::Key_1 + int(page)), Qt::ControlModifier);
        QVERIFY(window_->page(page)->isVisible());
    }
    template <typename T>
    T* control(PageNumber page, const QString& name) {
        auto* found = window_->page(page)->findChild<T*>(name);
        if (!found)
            qFatal("no control %s", qPrintable(name));
        return found;
    }
    void type_number(QSpinBox* box, int value) {
        box->setFocus();
        QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(box, QString::number(value));
        QTest::keyClick(box, Qt::Key_Tab);
        QCOMPARE(box->value(), value);
    }
    void tick(QCheckBox* box, bool on) {
        if (box->isChecked() != on)
            QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        QCOMPARE(box->isChecked(), on);
    }
    void click(PageNumber page, const QString& text) {
        for (auto* button : window_->page(page)->findChildren<QPushButton*>())
            if (button->isVisible() && button->text().startsWith(text))
                return QTest::mouseClick(button, Qt::LeftButton);
        QFAIL(qPrintable("no button " + text));
    }
    bool idle() const { return window_->workbench().jobs().empty(); }
    QString said(PageNumber page) const { return window_->page(page)->messages().text(); }
    void small_quantization() {
        go_to(QuantizeNumber);
        type_number(control<QSpinBox>(QuantizeNumber, "samples"), 8);
        type_number(control<QSpinBox>(QuantizeNumber, "length"), 128);
    }
    std::vector<const LibraryRun*> finished(const QString& kind) {
        return window_->workbench().runs().runs_of(kind, RunState::Finished);
    }

  private Q_SLOTS:
    void initTestCase() {
        use_home(folder_.path());
        qputenv("OMP_WAIT_POLICY", "passive");
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    }
    void cleanup() { window_.reset(); }

    void from_the_model_to_a_figure() {
        open_window();
        find_and_run("open the sample model");
        QTRY_VERIFY_WITH_TIMEOUT(window_->workbench().inspection().is_object(), minutes);

        // Who gets the tokens?
        go_to(CalibrationNumber);
        for (auto* box : window_->page(CalibrationNumber)->findChildren<QCheckBox*>())
            if (box->isVisible() && box->accessibleName().startsWith("Source"))
                tick(box, box->objectName() == "builtin:prose" || box->objectName() == "builtin:code");
        type_number(control<QSpinBox>(CalibrationNumber, "samples"), 4);
        type_number(control<QSpinBox>(CalibrationNumber, "length"), 128);
        QTest::keyClick(window_.get(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(!idle(), 5000);
        QTRY_VERIFY_WITH_TIMEOUT(idle(), 2 * minutes);
        QCOMPARE(window_->workbench().profiles().size(), 2);
        const int layer = window_->workbench().moe_layers().first();
        const auto& counts = window_->workbench().profiles().first().usage.at(layer)->counts;
        QCOMPARE(std::accumulate(counts.begin(), counts.end(), 0.0), 4.0 * 128 * 2); // top-2 of 512 tokens
        auto* histogram = window_->page(CalibrationNumber)->findChild<UsageHistogram*>();
        QVERIFY(histogram->content_shown());

        // How is balance bought?
        go_to(EbssNumber);
        type_number(control<QSpinBox>(EbssNumber, "length"), 32);
        click(EbssNumber, "Preview");
        QTRY_VERIFY_WITH_TIMEOUT(!idle(), 5000);
        QTRY_VERIFY_WITH_TIMEOUT(idle(), 3 * minutes);
        auto* search = window_->page(EbssNumber)->findChild<SearchView*>();
        QTRY_VERIFY(search->step() > 10);
        QCOMPARE(search->changed_at(), -1);
        auto* slider = window_->page(EbssNumber)->findChild<TauSlider*>();
        slider->setFocus();
        for (int i = 0; i < 40 && search->changed_at() < 0; ++i) {
            QTest::keyClick(slider, Qt::Key_PageDown);
            QTest::qWait(20);
        }
        QVERIFY2(search->changed_at() >= 0, "a small τ chooses other candidates, at once");
        for (const ActiveJob& job : window_->workbench().jobs())
            QVERIFY2(job.job.kind != "sample", "moving τ asks nothing of the model");

        // What is lost? Two runs, the second waits for the first.
        small_quantization();
        QTest::keyClick(window_.get(), Qt::Key_F5);
        type_number(control<QSpinBox>(QuantizeNumber, "bits"), 8);
        QTest::keyClick(window_.get(), Qt::Key_F5);
        const auto& jobs = window_->workbench().jobs();
        QCOMPARE(std::count_if(jobs.begin(), jobs.end(),
                               [](const ActiveJob& job) { return job.job.kind == "quantize"; }),
                 2);
        QTRY_VERIFY_WITH_TIMEOUT(idle(), 8 * minutes);
        go_to(ErrorsNumber);
        QVERIFY(window_->page(ErrorsNumber)->findChild<HeatMap*>()->content_shown());

        // Which one is better?
        QTRY_COMPARE_WITH_TIMEOUT(finished("quantize").size(), 2u, minutes);
        go_to(CompareNumber);
        auto* table = window_->page(CompareNumber)->findChild<DataTable*>();
        QTRY_VERIFY(table->view()->model()->rowCount() >= 2);

        // Out of the workbench.
        go_to(ExportNumber);
        const QString exported = folder_.filePath("exported");
        for (auto* line : window_->page(ExportNumber)->findChildren<QLineEdit*>())
            if (line->accessibleName() == "Destination folder") {
                line->setFocus();
                QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
                QTest::keyClicks(line, exported);
            }
        QTest::keyClick(window_.get(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(!idle(), 5000);
        QTRY_VERIFY_WITH_TIMEOUT(idle(), 3 * minutes);
        QVERIFY2(QFile::exists(exported + "/config.json"), qPrintable(said(ExportNumber)));
        QVERIFY(!weights(exported).isEmpty());

        // For the paper.
        go_to(CalibrationNumber);
        histogram->save_picture();
        auto* dialog = histogram->findChild<FigureDialog*>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        const QString figure = folder_.filePath("usage.svg");
        QTimer choose; // the chooser of files runs an event loop of its own
        choose.setInterval(100);
        connect(&choose, &QTimer::timeout, this, [&] {
            auto* chooser = window_->findChild<QFileDialog*>();
            if (!chooser || !chooser->isVisible())
                return;
            choose.stop();
            auto* line = chooser->findChild<QLineEdit*>("fileNameEdit");
            line->setText(figure);
            QTest::keyClick(line, Qt::Key_Return);
        });
        choose.start();
        for (auto* button : dialog->findChildren<QPushButton*>())
            if (button->isDefault())
                QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(QFile::exists(figure));
        QVERIFY(QFile(figure).size() > 5000);
    }

    void a_killed_worker_loses_nothing() {
        open_window();
        find_and_run("open the sample model");
        QTRY_VERIFY_WITH_TIMEOUT(window_->workbench().inspection().is_object(), minutes);
        small_quantization();
        const int bits = control<QSpinBox>(QuantizeNumber, "bits")->value();
        QTest::keyClick(window_.get(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(!idle() && window_->workbench().jobs().front().accepted, minutes);
        // In the middle: the first layer is done, the second has begun.
        QTRY_VERIFY_WITH_TIMEOUT(window_->workbench().quantization() &&
                                     window_->workbench().quantization()->rows.size() > 70,
                                 3 * minutes);
        const auto workers = child_processes("worker");
        QCOMPARE(workers.size(), 1);
        QCOMPARE(::kill(workers.first(), SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(window_->banner().isVisible(), minutes);
        QVERIFY2(window_->banner().text().contains("killed"), qPrintable(window_->banner().text()));
        QVERIFY(window_->workbench().can_resume());
        QTRY_COMPARE_WITH_TIMEOUT(window_->workbench().worker().state(), WorkerClient::State::Ready, minutes);
        for (auto* button : window_->banner().findChildren<QPushButton*>())
            if (button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!idle(), 5000);
        QTRY_VERIFY_WITH_TIMEOUT(idle(), 5 * minutes);
        QTRY_VERIFY2(window_->workbench().quantization()->finished, qPrintable(said(QuantizeNumber)));
        const QString resumed = window_->workbench().quantization()->folder;

        // The same job in one go.
        type_number(control<QSpinBox>(QuantizeNumber, "bits"), bits);
        QTest::keyClick(window_.get(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(!idle(), 5000);
        QTRY_VERIFY_WITH_TIMEOUT(idle(), 5 * minutes);
        const QString whole = window_->workbench().quantization()->folder;
        QVERIFY(whole != resumed);
        const auto a = weights(resumed), b = weights(whole);
        QVERIFY(!a.isEmpty());
        QCOMPARE(a, b);
    }
};

QTEST_MAIN(TestEndToEnd)
#include "tst_end_to_end.moc"
