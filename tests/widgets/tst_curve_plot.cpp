// Curves, the map over two settings and the scatter of free points, by the facts in their pictures and data.
#include "picture.h"
#include "widgets/colors.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/plots/error_scatter.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/surface_map.h"
#include "widgets/tables/table_text.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace moequant;

namespace {

const QColor blue(0x0072b2), red(0xd55e00);

CurveSet two_curves() {
    CurveSet set;
    set.x_title = "Step";
    set.y_title = "Error";
    CurveSeries measured{"measured", blue, {}, CurveSeries::Line::None};
    for (int k = 0; k < 5; ++k)
        measured.points.append(
            {std::pow(10.0, k - 4), std::pow(10.0, -k), no_value, no_value, false, false, k});
    CurveSeries reference{"slope", red, {{1e-4, 1e-3}, {1, 1e-3}}, CurveSeries::Line::Dashed, false};
    set.series = {measured, reference};
    return set;
}

QImage picture_of(PlotView& plot) {
    return figure_image({{&plot, {}}}, 1, {120, 80, 150});
}

QWidget* canvas_of(PlotView& plot) {
    for (auto* child : plot.findChildren<QWidget*>())
        if (QString(child->metaObject()->className()) == "QCustomPlot")
            return child;
    return nullptr;
}

// Makes the readout and the clicks visible to a test.
class OpenCurvePlot : public CurvePlot {
  public:
    using CurvePlot::CurvePlot;
    using CurvePlot::readout;
    /// Where some point is read out; (-1, -1) where none is.
    QPoint find(const QString& text) const {
        for (int y = 0; y < height(); y += 3)
            for (int x = 0; x < width(); x += 3)
                if (readout({x, y}).contains(text))
                    return {x, y};
        return {-1, -1};
    }
};

Surface small_surface() {
    Surface surface;
    surface.columns = {1e-3, 1e-2, 1e-1};
    surface.rows = {16, 64};
    surface.values = {1, 0.1, 0.01, 0.5, no_value, 0};
    surface.doubtful = {true, false, false, false, false, false};
    surface.column_title = "Step";
    surface.row_title = "n";
    surface.value_title = "Error";
    return surface;
}

} // namespace

class TestCurvePlot : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void curves_and_key_are_drawn() {
        CurvePlot plot("curves");
        QVERIFY(!plot.content_shown());
        plot.set_curves(two_curves());
        QVERIFY(plot.content_shown());
        QCOMPARE(plot.left_out(), 0);
        const auto key = plot.key_entries();
        QCOMPARE(key.size(), 2);
        QCOMPARE(key[0].text, QString("measured"));
        QVERIFY(key[0].mark == KeyEntry::Mark::Point && key[1].mark == KeyEntry::Mark::Dashes);
        const QImage image = picture_of(plot);
        QVERIFY(pixels_of(image, blue) > 100);
        QVERIFY(pixels_of(image, red) > 100);
    }

    void warnings_are_seen() {
        CurvePlot plot("curves");
        plot.set_curves(two_curves());
        const QImage plain = picture_of(plot);
        CurveSet set = two_curves();
        set.series[0].points[0].doubtful = set.series[0].points[1].doubtful = true;
        set.series[0].points[4].flipped = true;
        plot.set_curves(set);
        QStringList texts;
        for (const auto& entry : plot.key_entries())
            texts.append(entry.text);
        QCOMPARE(texts, (QStringList{"measured", "slope", "rounding dominates", "routing changed"}));
        const QImage marked = picture_of(plot);
        // The band is at the left alone.
        const QColor left = marked.pixelColor(marked.width() / 4, marked.height() / 2),
                     right = marked.pixelColor(marked.width() * 9 / 10, marked.height() / 2);
        QVERIFY2(left != QColor(Qt::white) && left.red() > left.blue(), qPrintable(left.name()));
        QCOMPARE(right, QColor(Qt::white));
        QCOMPARE(plain.pixelColor(plain.width() / 4, plain.height() / 2), QColor(Qt::white));
        QVERIFY(plot.accessibleDescription().contains("rounding dominates"));
    }

    void a_doubtful_point_of_a_bare_line_is_marked_too() {
        CurveSet set = two_curves();
        set.series[1].points[0].doubtful = true;
        CurvePlot plot("curves");
        plot.set_curves(set);
        QCOMPARE(plot.key_entries().last().text, QString("rounding dominates"));
    }

    void logarithmic_axes_leave_out_what_they_cannot_show_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<bool>("logarithmic");
        QTest::addColumn<int>("left_out");
        QTest::newRow("zero") << 0.0 << true << 1;
        QTest::newRow("negative") << -1.0 << true << 1;
        QTest::newRow("zero on a linear axis") << 0.0 << false << 0;
        QTest::newRow("not a number") << no_value << true << 0; // nothing was measured
    }
    void logarithmic_axes_leave_out_what_they_cannot_show() {
        QFETCH(double, value);
        QFETCH(bool, logarithmic);
        QFETCH(int, left_out);
        CurveSet set = two_curves();
        set.y_logarithmic = logarithmic;
        set.series[0].points[2].y = value;
        CurvePlot plot("curves");
        plot.set_curves(set);
        QVERIFY(plot.content_shown());
        QCOMPARE(plot.left_out(), left_out);
        QCOMPARE(plot.data().rows.size(), 7); // the data has them
        picture_of(plot);
    }

    void nothing_to_show_is_an_empty_card() {
        CurveSet set = two_curves();
        for (auto& series : set.series)
            for (auto& point : series.points)
                point.y = 0;
        CurvePlot plot("curves");
        plot.set_curves(set);
        QVERIFY(!plot.content_shown());
        QCOMPARE(plot.left_out(), 5);
        plot.set_curves({});
        QVERIFY(!plot.content_shown());
        plot.set_curves(two_curves());
        QVERIFY(plot.content_shown());
    }

    void data_has_every_point() {
        CurveSet set = two_curves();
        set.series[0].points[1].low = 0.05;
        set.series[0].points[1].high = 0.2;
        set.series[0].points[1].doubtful = true;
        CurvePlot plot("curves");
        plot.set_curves(set);
        QCOMPARE(to_csv(plot.data()).section('\n', 0, 2),
                 QString("series,Step,Error,low,high,doubtful,flipped\nmeasured,0.0001,1,,,0,0\n"
                         "measured,0.001,0.1,0.05,0.2,1,0"));
    }

    void readout_names_the_point_under_the_pointer() {
        OpenCurvePlot plot("curves");
        plot.resize(500, 360);
        CurveSet set = two_curves();
        set.series[0].points[2].flipped = true;
        set.series[0].points[2].note = "from a test";
        plot.set_curves(set);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        const QPoint at = plot.find("from a test");
        QVERIFY(at.x() > 0);
        QCOMPARE(plot.readout(at),
                 QString("measured\nStep: 0.01\nError: 0.01\nfrom a test\nrouting changed"));
        QCOMPARE(plot.readout({1, 1}), QString());
    }

    void a_click_selects_a_point_that_has_an_id() {
        OpenCurvePlot plot("curves");
        plot.resize(500, 360);
        CurveSet set = two_curves();
        set.series[0].points[1].note = "the second";
        set.series[0].points[3].id = -1;
        set.series[0].points[3].note = "without an id";
        plot.set_curves(set);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        QSignalSpy spy(&plot, &CurvePlot::point_selected);
        QTest::mouseClick(canvas_of(plot), Qt::LeftButton, {}, plot.find("the second"));
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first(), (QVariantList{1}));
        QTest::mouseClick(canvas_of(plot), Qt::LeftButton, {}, plot.find("without an id"));
        QCOMPARE(spy.size(), 1);
        plot.select_point(1);
        QTest::keyClick(&plot, Qt::Key_Right);
        QCOMPARE(spy.last(), (QVariantList{2}));
    }

    void ranges_are_kept_or_reset() {
        OpenCurvePlot plot("curves");
        plot.resize(500, 360);
        CurveSet set = two_curves();
        set.series[0].points[2].note = "third";
        plot.set_curves(set);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        const QPoint at = plot.find("third");
        for (auto& point : set.series[0].points)
            point.y *= 1e-6;
        plot.set_curves(set, true); // out of the view that is kept
        QVERIFY(plot.find("third") != at);
        plot.reset_view();
        QVERIFY(plot.find("third").x() > 0);
    }

    void map_shows_magnitudes_and_doubt() {
        SurfaceMap plot("map");
        QVERIFY(!plot.content_shown());
        plot.set_surface(small_surface());
        QVERIFY(plot.content_shown());
        QCOMPARE(plot.key_entries().size(), 1);
        const QImage image = picture_of(plot);
        QVERIFY(pixels_of(image, viridis(0)) > 1000); // the least error
        QVERIFY(pixels_of(image, viridis(1)) > 1000);
        QVERIFY(pixels_of(image, viridis(0.5)) > 1000);
        QCOMPARE(plot.data().rows.size(), 6);
        QCOMPARE(plot.data().rows[0], (QStringList{"0.001", "16", "1", "1"}));
        QCOMPARE(plot.data().rows[4][2], QString());
        plot.set_surface({});
        QVERIFY(!plot.content_shown());
    }

    void map_is_walked_by_keys() {
        SurfaceMap plot("map");
        plot.set_surface(small_surface());
        QSignalSpy spy(&plot, &SurfaceMap::cell_selected);
        QTest::keyClick(&plot, Qt::Key_Right);
        QCOMPARE(spy.last(), (QVariantList{0, 0}));
        QTest::keyClick(&plot, Qt::Key_Right);
        QTest::keyClick(&plot, Qt::Key_Up);
        QCOMPARE(spy.last(), (QVariantList{1, 1}));
    }

    void ranges_of_maps_are_logarithmic() {
        const ValueRange range = surface_range({small_surface()});
        QVERIFY(range.logarithmic);
        QCOMPARE(range.low, 0.01);
        QCOMPARE(range.high, 1.0);
        QVERIFY(std::isfinite(surface_range({}).high));
    }

    void powers_are_written_as_powers_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("small power") << 1e-6 << "10⁻⁶";
        QTest::newRow("half a decade") << 3.16227766e-3 << "3.16·10⁻³";
        QTest::newRow("whole number") << 256.0 << "256";
        QTest::newRow("large") << 2e6 << "2·10⁶";
        QTest::newRow("one") << 1.0 << "1";
        QTest::newRow("zero") << 0.0 << "0";
    }
    void powers_are_written_as_powers() {
        QFETCH(double, value);
        QFETCH(QString, text);
        QCOMPARE(power_text(value), text);
    }

    void scatter_of_free_points() {
        ErrorScatter plot;
        ScatterData data;
        data.x_title = "Hessian error";
        data.y_title = "Quantization error";
        for (int i = 1; i <= 200; ++i)
            data.points.append({i % 4, i % 7, 0.01 * i, 0.1 * std::sqrt(0.01 * i), {}});
        data.points.append({9, 0, 0, 1, {}}); // has no place
        plot.set_points(data);
        QVERIFY(plot.content_shown());
        QCOMPARE(plot.data().rows.size(), 200);
        QCOMPARE(plot.data().columns[2], QString("Hessian error"));
        QVERIFY(std::abs(plot.trend().slope - 0.5) < 1e-9);
        QVERIFY(plot.key_entries().first().text.contains("200 points"));
        plot.set_short_key(true);
        QCOMPARE(plot.key_entries().first().text, QString("trend"));
        const QImage image = picture_of(plot);
        QVERIFY(pixels_of(image, viridis(0)) > 20);
        QVERIFY(pixels_of(image, viridis(1)) > 20);
    }
};

QTEST_MAIN(TestCurvePlot)
#include "tst_curve_plot.moc"
