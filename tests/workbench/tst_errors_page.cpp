// The Errors page with runs of the library: comparison, distributions, one expert through all runs.
#include "app/workbench/main_window.h"
#include "app/workbench/pages/errors_page.h"
#include "app/workbench/pages/run_chooser.h"
#include "tests/workbench/run_fixture.h"
#include "user_home.h"
#include "widgets/plots/distribution_plot.h"
#include "widgets/plots/error_scatter.h"
#include "widgets/plots/heat_map.h"
#include "widgets/plots/paired_plot.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QComboBox>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QMimeData>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace moequant;
using nlohmann::json;

class TestErrorsPage : public QObject {
    Q_OBJECT
  private:
    std::unique_ptr<QTemporaryDir> home_;
    std::unique_ptr<MainWindow> window_;
    QString plain_, agq_;

    void open() {
        window_ = std::make_unique<MainWindow>(WorkerCommand{FAKE_WORKER, {"model"}});
        window_->show();
        window_->open("sample");
        window_->show_page(ErrorsNumber);
        QTRY_VERIFY(window_->workbench().inspection().is_object());
        auto& runs = window_->workbench().runs();
        QTRY_COMPARE(runs.runs_of("quantize", RunState::Finished).size(), 2u);
        QTRY_VERIFY(runs.errors_of(plain_) && runs.errors_of(agq_));
    }
    ErrorsPage& page() { return *static_cast<ErrorsPage*>(window_->page(ErrorsNumber)); }
    template <typename T>
    T* find(const QString& name = {}) {
        return page().findChild<T*>(name);
    }
    RunChooser* chooser(const QString& name) {
        for (auto* box : page().findChildren<RunChooser*>())
            if (box->accessibleName() == name)
                return box;
        return nullptr;
    }
    void choose(const QString& name, const QString& folder) {
        auto* box = chooser(name);
        QTRY_VERIFY(box->findData(folder) > 0); // lists change at most ten times a second
        const int at = box->findData(folder);
        box->setCurrentIndex(at);
        Q_EMIT box->activated(at);
    }
    QAbstractItemModel* table(const char* name) { return find<DataTable>(name)->view()->model(); }

  private Q_SLOTS:
    void init() {
        home_ = std::make_unique<QTemporaryDir>();
        use_home(home_->path());
        RunFolder runs(home_->filePath("data/moequant/runs"));
        plain_ = runs.add("20260101-000000-quantize-sample-0001", "quantize",
                          {{"options", {{"method", "gptq"}, {"bits", 4}, {"agq", false}}}},
                          quantize_fixture(4, 16, 0.04));
        agq_ = runs.add("20260101-000000-quantize-sample-0002", "quantize",
                        {{"options", {{"method", "gptq"}, {"bits", 4}, {"agq", true}}}},
                        quantize_fixture(4, 16, 0.02));
    }
    void cleanup() { window_.reset(); }

    void a_run_of_the_library_is_shown() {
        open();
        QVERIFY(!find<HeatMap>()->content_shown());
        choose("Run", plain_);
        QTRY_VERIFY(find<HeatMap>()->content_shown());
        QCOMPARE(find<HeatMap>()->data().rows.size(), 4 * 16);
        QVERIFY(find<ErrorScatter>()->content_shown());
        QCOMPARE(find<ErrorScatter>()->trend().points, 64);
        QCOMPARE(table("Linears, worst first")->rowCount(), 4 * 16 * 3 + 4);
        QCOMPARE(find<DistributionPlot>()->data().rows.size(), 4); // a box a layer
        QVERIFY(!find<PairedPlot>()->content_shown());
    }

    void two_runs_are_compared() {
        open();
        choose("Run", agq_);
        QTRY_VERIFY(find<HeatMap>()->content_shown());
        choose("Compare with", plain_);
        auto* paired = find<PairedPlot>();
        QTRY_VERIFY(paired->content_shown());
        QVERIFY(paired->isVisible()); // its card comes to the front
        QCOMPARE(paired->data().rows.size(), 64);
        QVERIFY(qAbs(paired->mean_ratio().mean - 0.5) < 1e-6);
        QCOMPARE(find<DistributionPlot>()->data().rows.size(), 2 * 4);
        auto* drawn = [this] {
            for (auto* box : page().findChildren<QComboBox*>())
                if (box->accessibleName() == "What the map shows")
                    return box;
            return static_cast<QComboBox*>(nullptr);
        }();
        QVERIFY(drawn->isEnabled());
        drawn->setCurrentIndex(1);
        QVERIFY(find<HeatMap>()->range().diverging);
        QCOMPARE(find<HeatMap>()->range().low, -find<HeatMap>()->range().high);
        QVERIFY(qAbs(find<HeatMap>()->data().rows[5][2].toDouble() + 1) < 1e-6); // log2 of a half
        choose("Compare with", plain_);
        auto* other = chooser("Compare with");
        other->setCurrentIndex(0);
        Q_EMIT other->activated(0);
        QVERIFY(!paired->content_shown());
        QVERIFY(!drawn->isEnabled());
        QVERIFY(!find<HeatMap>()->range().diverging);
    }

    void by_method() {
        open();
        for (auto* box : page().findChildren<QComboBox*>())
            if (box->accessibleName() == "Errors grouped")
                box->setCurrentIndex(1);
        const auto rows = find<DistributionPlot>()->data().rows;
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0][1], QString("GPTQ+AGQ 4-bit")); // newest first
        QCOMPARE(rows[0][2], QString("64"));
    }

    void one_expert_through_all_runs() {
        open();
        QVERIFY(!find<DataTable>("This expert in every run")->content_shown());
        window_->workbench().select(2, 5);
        auto* history = table("This expert in every run");
        QCOMPARE(history->rowCount(), 2);
        QVERIFY(history->index(0, 0).data().toString().startsWith("GPTQ+AGQ"));
        QCOMPARE(history->index(0, 1).data().toString(), QString("15"));
        QCOMPARE(history->index(0, 2).data().toString(), QString("6.000"));
        QCOMPARE(history->index(1, 2).data().toString(), QString("12.000"));
    }

    void a_dropped_run_is_shown_and_the_next_compared() {
        open();
        const auto drop = [this](const QString& folder) {
            QMimeData data;
            data.setUrls({QUrl::fromLocalFile(folder)});
            QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&page(), &enter);
            QVERIFY(enter.isAccepted());
            QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&page(), &event);
        };
        drop(agq_);
        QTRY_VERIFY(find<HeatMap>()->content_shown());
        drop(plain_);
        QTRY_VERIFY(find<PairedPlot>()->content_shown());
    }

    void errors_stay_while_another_run_goes_on() {
        open();
        choose("Run", plain_);
        QTRY_VERIFY(find<HeatMap>()->content_shown());
        window_->workbench().start_quantization("next", "some/run");
        QVERIFY(find<HeatMap>()->content_shown());
    }

    // 94 layers of 256 experts: nothing on the window's thread takes over 50 ms but drawing.
    void a_large_run_does_not_stall() {
        RunFolder runs(home_->filePath("elsewhere"));
        const QString folder = runs.add("large", "quantize", {}, quantize_fixture(94, 256, 0.01));
        open();
        qint64 longest = 0;
        QElapsedTimer clock;
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, [&] { longest = qMax(longest, clock.restart()); });
        clock.start();
        beat.start(0);
        page().open_run(folder);
        QTRY_VERIFY_WITH_TIMEOUT(find<HeatMap>()->content_shown(), 60000);
        QCOMPARE(table("Linears, worst first")->rowCount(), 1000);
        QTest::qWait(100);
        QVERIFY2(longest < 1000, qPrintable(QString("%1 ms").arg(longest)));
    }
};

QTEST_MAIN(TestErrorsPage)
#include "tst_errors_page.moc"
