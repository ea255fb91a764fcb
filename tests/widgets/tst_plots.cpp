// Plots by the facts in their pictures and files: colours at known places, sizes, data, ranges.
#include "picture.h"
#include "widgets/colors.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/heat_map.h"
#include "widgets/plots/layer_lines.h"
#include "widgets/plots/usage_histogram.h"
#include "widgets/tables/table_text.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace moequant;

namespace {

QVector<UsageSeries> two_sources() {
    return {{"WikiText-2", QColor(0x0072b2), 100, 1, {{2, {60, 30, 10, 0}}}},
            {"EBSS", QColor(0xd55e00), 100, 1, {{2, {24, 26, 25, 25}}, {3, {25, 25, 25, 25}}}}};
}

CellMap small_map() {
    CellMap map;
    map.layers = {1, 2};
    map.experts = 3;
    map.values = {0.01, 0.02, 0.03, 0.04, no_value, 0.05};
    map.tokens = {10, 10, 10, 10, 0, 10};
    map.value_title = "error";
    return map;
}

} // namespace

class TestPlots : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void histogram_draws_every_source() {
        UsageHistogram plot;
        QVERIFY(!plot.content_shown());
        plot.set_sources(two_sources());
        plot.set_layer(2);
        QVERIFY(plot.content_shown());
        const QImage image = figure_image({{&plot, {}}}, 1, {120, 60, 150});
        QCOMPARE(image.size(), QSize(709, 354));
        // Bars are as tall as their shares: both sources share out the same total.
        const double blue = pixels_of(image, QColor(0x0072b2)), red = pixels_of(image, QColor(0xd55e00));
        QVERIFY(blue > 5000);
        QVERIFY2(std::abs(blue / red - 1) < 0.05, qPrintable(QString("%1 and %2 pixels").arg(blue).arg(red)));
        QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
    }

    void histogram_order_and_data() {
        UsageHistogram plot;
        auto sources = two_sources();
        sources[0].layers[0].counts = {10, 60, 0, 30};
        plot.set_sources(sources);
        plot.set_layer(2);
        QCOMPARE(plot.order(), (QVector<int>{0, 1, 2, 3}));
        plot.set_order(UsageHistogram::Order::ByUse);
        QCOMPARE(plot.order(), (QVector<int>{1, 3, 0, 2}));
        QCOMPARE(to_csv(plot.data()).section('\n', 0, 1),
                 QString("source,layer,expert,tokens,share\nWikiText-2,2,0,10,0.1"));
        QCOMPARE(plot.data().rows.size(), 8);
        plot.set_layer(3); // only EBSS has it
        QCOMPARE(plot.data().rows.size(), 4);
        plot.set_layer(7);
        QVERIFY(!plot.content_shown());
    }

    void histogram_selects_by_keyboard() {
        UsageHistogram plot;
        plot.set_sources(two_sources());
        plot.set_layer(2);
        plot.select_expert(0);
        QSignalSpy spy(&plot, &UsageHistogram::expert_selected);
        QTest::keyClick(&plot, Qt::Key_Right);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first(), (QVariantList{2, 1}));
    }

    void histogram_click_selects() {
        UsageHistogram plot;
        plot.resize(500, 300);
        plot.set_sources(two_sources());
        plot.set_layer(2);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QSignalSpy spy(&plot, &UsageHistogram::expert_selected);
        auto* canvas = plot.findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
        for (auto* child : plot.findChildren<QWidget*>())
            if (QString(child->metaObject()->className()) == "QCustomPlot")
                canvas = child;
        QTest::mouseClick(canvas, Qt::LeftButton, {}, QPoint(canvas->width() - 30, canvas->height() / 2));
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first(), (QVariantList{2, 3}));
    }

    void map_colours_and_hatching() {
        HeatMap plot("map");
        plot.set_map(small_map());
        QCOMPARE(plot.range().low, 0.01);
        QCOMPARE(plot.range().high, 0.05);
        QVERIFY(!plot.range().logarithmic);
        const QImage image = figure_image({{&plot, {}}}, 1, {120, 60, 150});
        QVERIFY(pixels_of(image, viridis(0)) > 1000);
        QVERIFY(pixels_of(image, viridis(1)) > 1000);
        QVERIFY(pixels_of(image, viridis(0.5)) > 1000);
        QVERIFY(pixels_of(image, print_style().no_token) >
                500); // the cell without a token is grey, not the lowest colour
    }

    void range_is_logarithmic_over_two_decades_data() {
        QTest::addColumn<double>("largest");
        QTest::addColumn<bool>("logarithmic");
        QTest::newRow("spread 100") << 1.0 << false;
        QTest::newRow("spread 101") << 1.01 << true;
    }
    void range_is_logarithmic_over_two_decades() {
        QFETCH(double, largest);
        QFETCH(bool, logarithmic);
        CellMap map = small_map();
        map.values[5] = largest;
        QCOMPARE(common_range({map}).logarithmic, logarithmic);
        QCOMPARE(common_range({map}).high, largest);
    }

    void range_leaves_out_cells_without_tokens() {
        CellMap map = small_map();
        map.values[4] = 99;
        QCOMPARE(common_range({map}).high, 0.05);
    }

    void range_position() {
        const ValueRange linear{2, 4, false}, logarithmic{0.01, 1, true};
        QCOMPARE(linear.position(3), 0.5);
        QCOMPARE(logarithmic.position(0.1), 0.5);
        QCOMPARE(logarithmic.position(0), 0.0);
    }

    void map_fills_live() {
        HeatMap plot("map");
        CellMap map = small_map();
        map.values.fill(no_value);
        map.tokens.fill(no_value);
        plot.set_map(map);
        QVERIFY(plot.content_shown());
        plot.set_value(2, 2, 0.5, 10);
        plot.set_value(1, 0, 0.1, 10);
        QCOMPARE(plot.range().low, 0.1);
        QCOMPARE(plot.range().high, 0.5);
        plot.set_value(9, 0, 7, 1); // no such layer
        plot.set_value(1, 9, 7, 1);
        QCOMPARE(plot.range().high, 0.5);
        QCOMPARE(plot.data().rows[5], (QStringList{"2", "2", "0.5", "10"}));
    }

    void lines_data() {
        LayerLines plot("Balance");
        QVERIFY(!plot.content_shown());
        plot.set_lines({{"C4", QColor(0xe69f00), {1, 2}, {0.5, 0.25}}}, "CV");
        QVERIFY(plot.content_shown());
        QCOMPARE(to_csv(plot.data()), QString("source,layer,CV\nC4,1,0.5\nC4,2,0.25\n"));
        QVERIFY(pixels_of(figure_image({{&plot, {}}}, 1, {100, 60, 150}), QColor(0xe69f00)) > 100);
    }

    void files_have_the_asked_size() {
        QTemporaryDir folder;
        HeatMap plot("map");
        plot.set_map(small_map());
        const FigureSize size{85, 60, 200};
        QCOMPARE(save_figure({{&plot, {}}}, 1, folder.filePath("a.png"), size), QString());
        const QImage image(folder.filePath("a.png"));
        QCOMPARE(image.size(), QSize(669, 472));
        QCOMPARE(image.dotsPerMeterX(), 7874);
        QCOMPARE(save_figure({{&plot, {}}}, 1, folder.filePath("a.pdf"), size), QString());
        QFile pdf(folder.filePath("a.pdf"));
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        const QByteArray bytes = pdf.readAll();
        QVERIFY(bytes.startsWith("%PDF-") && bytes.trimmed().endsWith("%%EOF"));
        const auto box =
            QRegularExpression("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]").match(QString::fromLatin1(bytes));
        QVERIFY(box.hasMatch());
        QVERIFY(std::abs(box.captured(1).toDouble() - 85 / 25.4 * 72) < 1);
        QVERIFY(std::abs(box.captured(2).toDouble() - 60 / 25.4 * 72) < 1);
        QCOMPARE(save_figure({{&plot, {}}}, 1, folder.filePath("a.svg"), size), QString());
        QFile svg(folder.filePath("a.svg"));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("<svg width=\"85.0"));
    }

    void figures_refuse() {
        QTemporaryDir folder;
        HeatMap plot("map");
        plot.set_map(small_map());
        QVERIFY(save_figure({{&plot, {}}}, 1, folder.filePath("a.bmp"), {}).contains("a.bmp"));
        QVERIFY(save_figure({{&plot, {}}}, 1, folder.filePath("none/a.png"), {}).contains("none/a.png"));
        QVERIFY(!save_figure({{&plot, {}}}, 1, folder.filePath("a.png"), {5, 60, 300}).isEmpty());
        QVERIFY(!save_figure({{&plot, {}}}, 1, folder.filePath("a.png"), {100, 60, 3000}).isEmpty());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 0);
    }

    void copies_data_and_picture() {
        HeatMap plot("map");
        plot.resize(400, 300);
        plot.set_map(small_map());
        QSignalSpy said(&plot, &PlotView::message);
        plot.copy_picture();
        QCOMPARE(QGuiApplication::clipboard()->image().size(),
                 QSize(1339, 1004)); // 170 mm at 200 dpi, same shape
        plot.copy_data();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith("layer,expert,error,tokens\n1,0,0.01,10\n"));
        QCOMPARE(said.size(), 2);
        QVERIFY(!said[0][1].toBool() && !said[1][1].toBool());
    }

    void saving_keeps_the_screen_style() {
        HeatMap plot("map");
        plot.resize(400, 300);
        plot.set_map(small_map());
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QTest::qWait(50);
        const QImage before = plot.grab().toImage();
        figure_image({{&plot, {}}}, 1, {120, 60, 150});
        QTest::qWait(50);
        const QImage after = plot.grab().toImage();
        int different = 0;
        QRect where;
        for (int y = 0; y < before.height(); ++y)
            for (int x = 0; x < before.width(); ++x)
                if (before.pixel(x, y) != after.pixel(x, y)) {
                    ++different;
                    where |= QRect(x, y, 1, 1);
                }
        QVERIFY2(different == 0, qPrintable(QString("%1 pixels differ in %2,%3 %4x%5")
                                                .arg(different)
                                                .arg(where.x())
                                                .arg(where.y())
                                                .arg(where.width())
                                                .arg(where.height())));
    }
};

QTEST_MAIN(TestPlots)
#include "tst_plots.moc"
