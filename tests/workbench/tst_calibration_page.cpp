// The Calibration page against a worker that makes its numbers up.
#include "app/workbench/pages/calibration_page.h"
#include "app/workbench/pages/source_bar.h"
#include "app/workbench/pages/top_token_card.h"
#include "user_home.h"
#include "widgets/plots/heat_map.h"
#include "widgets/plots/layer_lines.h"
#include "widgets/plots/lorenz_curve.h"
#include "widgets/plots/usage_histogram.h"
#include "widgets/tables/data_table.h"
#include "widgets/usage_measures.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace moequant;

class TestCalibrationPage : public QObject {
    Q_OBJECT
    QTemporaryDir home_;
    std::unique_ptr<Workbench> workbench_;
    std::unique_ptr<CalibrationPage> page_;

    void open() {
        workbench_ = std::make_unique<Workbench>(WorkerCommand{FAKE_WORKER, {"model"}});
        page_ = std::make_unique<CalibrationPage>(*workbench_);
        page_->resize(960, 690);
        page_->show();
        workbench_->worker().start();
        workbench_->open_model("sample");
        QTRY_VERIFY(workbench_->inspection().is_object());
    }
    void profile(const QStringList& sources) {
        page_->sources().tick_only(sources);
        page_->main_action()->trigger();
        QTRY_VERIFY(workbench_->jobs().empty());
    }
    template <typename T>
    T* find(const QString& name = {}) const {
        return page_->findChild<T*>(name);
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

    void any_number_of_sources() {
        open();
        profile({"wikitext2", "c4", "gsm8k", "humaneval", "builtin:prose", "tokens:/sets/published.jsonl",
                 "balanced:wikitext2"});
        QCOMPARE(workbench_->profiles().size(), 7);
        QCOMPARE(find<UsageHistogram>()->data().rows.size(), 7 * 16);
        QCOMPARE(find<LayerLines>()->data().rows.size(), 7 * 4);
        QCOMPARE(find<LorenzCurve>()->data().rows.size(), 7 * 16);
        QCOMPARE(find<DataTable>("Summary")->view()->model()->rowCount(), 7);
        auto* alike = find<DataTable>("Similarity")->view()->model();
        QCOMPARE(alike->rowCount(), 7);
        QCOMPARE(alike->columnCount(), 8);
        const auto& profiles = workbench_->profiles();
        QCOMPARE(alike->index(0, 2).data(Qt::UserRole).toDouble(),
                 usage_similarity(profiles[0].usage, profiles[1].usage));
        QVERIFY(page_->minimumSizeHint().width() <= 960);
        QSet<QRgb> colors; // every source has its own
        for (const auto& entry : find<LayerLines>()->key_entries())
            colors.insert(entry.color.rgb());
        QCOMPARE(colors.size(), 7);
    }

    void measures_of_balance_data() {
        QTest::addColumn<int>("measure");
        QTest::addColumn<QString>("title");
        QTest::newRow("CV") << 0 << "Coefficient of variation";
        QTest::newRow("percent") << 1 << "STD of shares (percentage points)";
        QTest::newRow("share") << 2 << "STD of shares (fraction)";
    }
    void measures_of_balance() {
        QFETCH(int, measure);
        QFETCH(QString, title);
        open();
        profile({"builtin:prose"});
        find<QComboBox>("measure")->setCurrentIndex(measure);
        const auto table = find<LayerLines>()->data();
        QCOMPARE(table.columns[2], title);
        const auto& report = workbench_->profiles()[0];
        const auto& values = measure == 0 ? report.cv : measure == 1 ? report.std_percent : report.std_share;
        QCOMPARE(table.rows[3][2], QString::number(values[3], 'g', 9));
    }

    void the_histogram_is_arranged() {
        open();
        profile({"builtin:prose", "builtin:code"});
        auto* histogram = find<UsageHistogram>();
        QCOMPARE(histogram->key_entries().size(), 3);
        find<QSpinBox>("min_tokens")->setValue(200);
        QVERIFY(histogram->key_entries().last().text.contains("200"));
        find<QComboBox>("order")->setCurrentIndex(1);
        const auto& counts = workbench_->profiles()[0].usage.at(0)->counts;
        QVERIFY(counts[histogram->order().first()] == *std::max_element(counts.begin(), counts.end()));
        find<QComboBox>("arrangement")->setCurrentIndex(1);
        QCOMPARE(histogram->data().rows.size(), 32);
    }

    void maps_share_a_range() {
        open();
        profile({"builtin:prose", "builtin:code"});
        auto* map = find<HeatMap>();
        const auto range = map->range();
        auto* source = find<QComboBox>("map_source");
        QCOMPARE(source->count(), 2);
        const auto first = map->data().rows;
        source->setCurrentIndex(1);
        QVERIFY(map->data().rows != first);
        QCOMPARE(map->range().low, range.low);
        QCOMPARE(map->range().high, range.high);
    }

    void the_selection_is_linked() {
        open();
        profile({"builtin:prose"});
        Q_EMIT find<HeatMap>()->cell_selected(3, 11);
        QCOMPARE(workbench_->layer(), 3);
        QCOMPARE(workbench_->expert(), 11);
        QCOMPARE(find<LorenzCurve>()->data().rows[0][1], QString("3"));
        QCOMPARE(find<UsageHistogram>()->layer(), 3);
        Q_EMIT find<LorenzCurve>()->expert_selected(1, 4);
        QCOMPARE(find<UsageHistogram>()->layer(), 1);
        QCOMPARE(workbench_->expert(), 4);
    }

    void an_experts_tokens() {
        const QString run = home_.filePath("data/moequant/runs/one");
        QVERIFY(QDir().mkpath(run));
        QVERIFY(QFile::copy(QStringLiteral(MOEQUANT_SOURCE_DIR) + "/tests/data/search/top_tokens.safetensors",
                            run + "/top_tokens.safetensors"));
        QFile job(run + "/job.json");
        QVERIFY(job.open(QIODevice::WriteOnly));
        job.write("{}");
        job.close();
        qputenv("FAKE_RUN", run.toUtf8());
        open();
        profile({"builtin:prose"});
        QVERIFY(page_->jobs()[0].options["top_tokens"] == nlohmann::json(TopTokenCard::kept_tokens));
        auto* card = find<TopTokenCard>();
        QVERIFY(!card->content_shown()); // no expert is selected
        workbench_->select(2, 7);
        QTRY_VERIFY(card->content_shown());
        auto* table = card->view()->model();
        QCOMPARE(table->columnCount(), 2);
        QVERIFY(table->rowCount() > 0 && table->rowCount() <= 4);
        QTRY_VERIFY(table->index(0, 0).data().toString().startsWith("·t")); // through the tokenizer
    }

    void empty_states_teach() {
        open();
        for (const char* name : {"Summary", "Similarity", "Top tokens"})
            QVERIFY(!find<DataTable>(name)->content_shown());
        QVERIFY(!find<LorenzCurve>()->content_shown());
    }
};

QTEST_MAIN(TestCalibrationPage)
#include "tst_calibration_page.moc"
