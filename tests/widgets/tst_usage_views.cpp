// Measures of expert usage and the views that show them.
#include "widgets/card.h"
#include "widgets/card_stack.h"
#include "widgets/flow_layout.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/lorenz_curve.h"
#include "widgets/plots/usage_histogram.h"
#include "widgets/tables/similarity_model.h"
#include "widgets/tables/table_text.h"
#include "widgets/tables/top_token_model.h"
#include "widgets/usage_measures.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace moequant;

namespace {

UsageSeries source(const QString& name, const QVector<double>& counts, const QVector<double>& other) {
    return {name, QColor(0x0072b2), 100, 2, {{0, counts}, {1, other}}};
}

} // namespace

class TestUsageViews : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void measures() { // the worked example of docs/balance.md
        const QVector<double> layer = {12, 8, 6, 4, 4, 3, 2, 1};
        QCOMPARE(gini(layer), 0.3625);
        QCOMPARE(gini(QVector<double>(8, 5)), 0.0);
        QCOMPARE(gini({0, 0, 0}), 0.0);
        QCOMPARE(gini({0, 0, 0, 1}), 0.75);
        QCOMPARE(lorenz_curve(layer).size(), 9);
        QCOMPARE(lorenz_curve(layer)[2], 3.0 / 40);
        QCOMPARE(lorenz_curve(layer)[8], 1.0);
        // Twice the area between the diagonal and the curve is the Gini coefficient.
        const auto curve = lorenz_curve(layer);
        double area = 0;
        for (int i = 1; i < curve.size(); ++i)
            area += (curve[i] + curve[i - 1]) / 2 / 8;
        QVERIFY(std::abs(1 - 2 * area - gini(layer)) < 1e-12);
    }

    void similarity() {
        QCOMPARE(usage_similarity(QVector<double>{1, 3}, {10, 30}), 1.0);
        QCOMPARE(usage_similarity(QVector<double>{1, 0}, {0, 1}), 0.0);
        QVERIFY(std::isnan(usage_similarity(QVector<double>{1}, {1, 2})));
        // p = (1, 0), q = (½, ½): m = (¾, ¼), JSD = ½ log2(4/3) + ½ (½ log2(2/3) + ½ log2 2)
        const double expected = 1 - (0.5 * std::log2(4.0 / 3) + 0.25 * std::log2(2.0 / 3) + 0.25);
        QVERIFY(std::abs(usage_similarity(QVector<double>{4, 0}, {7, 7}) - expected) < 1e-12);
        const auto a = source("a", {1, 0}, {1, 1}), b = source("b", {0, 1}, {2, 2});
        QCOMPARE(usage_similarity(a, b), 0.5); // the mean over the layers
    }

    void similarity_model() {
        SimilarityModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto a = source("a", {1, 0}, {1, 1}), b = source("b", {0, 1}, {2, 2});
        model.set_sources({a});
        QCOMPARE(model.rowCount(), 0); // alone it is like nothing
        model.set_sources({a, b});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.value(0, 1), 0.5);
        QCOMPARE(model.value(1, 0), 0.5);
        QCOMPARE(model.index(0, 1).data().toString(), QString("1.000"));
        QCOMPARE(model.index(0, 2).data(raw_role).toDouble(), 0.5);
        QVERIFY(!model.index(0, 1).data(Qt::BackgroundRole).isValid()); // itself
        QVERIFY(model.index(0, 2).data(Qt::BackgroundRole).isValid());
    }

    void top_tokens() {
        TopTokenModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.set_sources({{"WikiText-2", QColor(0x0072b2), {5, 9}, {3.25, 1}, {" the", "\n"}},
                           {"EBSS", QColor(0xd55e00), {7}, {2}, {QString()}}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.columnCount(), 4);
        QCOMPARE(model.index(0, 0).data().toString(), QString("·the"));
        QCOMPARE(model.index(1, 0).data().toString(), QString("↵"));
        QCOMPARE(model.index(0, 1).data().toString(), QString("3.25"));
        QCOMPARE(model.index(0, 2).data().toString(), QString("token 7")); // its text is not known
        QVERIFY(!model.index(1, 2).data().isValid());
        QCOMPARE(model.headerData(2, Qt::Horizontal).toString(), QString("EBSS"));
        QCOMPARE(model.index(0, 0).data(Qt::ToolTipRole).toString(), QString("token 5"));
    }

    void lorenz_data_and_clicks() {
        LorenzCurve plot;
        QVERIFY(!plot.content_shown());
        plot.set_sources({source("a", {12, 8, 6, 4, 4, 3, 2, 1}, QVector<double>(8, 5))});
        plot.set_layer(0);
        QVERIFY(plot.content_shown());
        const auto rows = plot.data().rows;
        QCOMPARE(rows.size(), 8);
        QCOMPARE(rows[0], (QStringList{"a", "0", "7", "12.5", "2.5", "0.3625"}));
        QCOMPARE(rows[7][4], QString("100"));
        QCOMPARE(plot.key_entries()[0].text, QString("a, Gini 0.362"));
        plot.set_layer(1);
        QCOMPARE(plot.key_entries()[0].text, QString("a, Gini 0.000"));
        plot.set_layer(0);
        plot.resize(500, 400);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QSignalSpy spy(&plot, &LorenzCurve::expert_selected);
        for (auto* child : plot.findChildren<QWidget*>())
            if (QString(child->metaObject()->className()) == "QCustomPlot")
                for (int x = child->width() - 40; x < child->width(); x += 3) // the end of the curve
                    for (int y = 20; y < 80; y += 4)
                        QTest::mouseClick(child, Qt::LeftButton, {}, QPoint(x, y));
        QVERIFY(!spy.isEmpty());
        QCOMPARE(spy.last(), (QVariantList{0, 0})); // the most used one
        plot.set_layer(5);
        QVERIFY(!plot.content_shown());
    }

    void histogram_overlays() {
        UsageHistogram plot;
        plot.set_sources({source("a", {60, 40}, {1, 1}), {"b", QColor(0xd55e00), 100, 1, {{0, {10, 90}}}}});
        plot.set_layer(0);
        const double top = plot.top();
        const auto coloured = [&plot] { // columns low in the picture that hold the first source's blue
            const QImage image = figure_image({{&plot, {}}}, 1, {120, 60, 150});
            int columns = 0;
            for (int x = 0; x < image.width(); ++x) {
                const QColor color = image.pixelColor(x, image.height() / 2);
                columns += color.blue() > color.red() + 20;
            }
            return columns;
        };
        const int beside = coloured();
        plot.set_overlaid(true);
        QCOMPARE(plot.top(), top);
        QVERIFY2(coloured() > beside * 3 / 2, "overlaid bars take the whole width");
        QCOMPARE(plot.data().rows.size(), 4);
    }

    void cards_take_turns() {
        CardStack stack;
        auto* first = new Card("First");
        auto* second = new Card("Second");
        stack.set_cards({{"One", first}, {"Two", second}});
        stack.show();
        QVERIFY(first->isVisible() && !second->isVisible());
        for (auto* button : first->findChildren<QToolButton*>())
            if (button->text() == "Two")
                QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(second->isVisible());
        for (auto* button : second->findChildren<QToolButton*>())
            if (button->text() == "Two" || button->text() == "One")
                QCOMPARE(button->isChecked(), button->text() == "Two");
    }

    void rows_break() {
        QWidget box;
        auto* flow = new FlowLayout(&box);
        flow->setContentsMargins(0, 0, 0, 0);
        flow->setSpacing(10);
        for (int i = 0; i < 4; ++i) {
            auto* item = new QWidget;
            item->setFixedSize(100, 20);
            flow->insert_widget(i == 3 ? 0 : i, item);
        }
        QCOMPARE(flow->heightForWidth(430), 20);
        QCOMPARE(flow->heightForWidth(429), 45);
        QCOMPARE(flow->heightForWidth(100), 4 * 20 + 3 * 5);
        box.resize(220, 100);
        box.show();
        QCOMPARE(flow->itemAt(2)->geometry(), QRect(0, 25, 100, 20));
    }
};

QTEST_MAIN(TestUsageViews)
#include "tst_usage_views.moc"
