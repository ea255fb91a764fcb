// Views of errors and of what will happen: by their numbers, keys, signals and pixels.
#include "picture.h"
#include "widgets/action_rows.h"
#include "widgets/choice_cards.h"
#include "widgets/colors.h"
#include "widgets/plots/distribution_plot.h"
#include "widgets/plots/error_scatter.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/heat_map.h"
#include "widgets/plots/paired_plot.h"
#include "widgets/plots/statistics.h"
#include "widgets/tables/line_model.h"
#include "widgets/tables/table_text.h"
#include "widgets/verdict_card.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace moequant;

namespace {

CellMap map_of(const QVector<double>& values, const QVector<double>& tokens = {}) {
    CellMap map;
    map.layers = {1, 2};
    map.experts = int(values.size()) / 2;
    map.values = values;
    map.tokens = tokens;
    map.value_title = "error";
    return map;
}

} // namespace

class TestErrorViews : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void power_law() {
        QVector<double> x, y;
        for (int i = 1; i <= 20; ++i) {
            x.append(10.0 * i);
            y.append(3 * std::pow(10.0 * i, -0.5));
        }
        x.append(0); // takes no part
        y.append(1);
        const PowerLaw law = fit_power_law(x, y);
        QCOMPARE(law.points, 20);
        QVERIFY(std::abs(law.slope + 0.5) < 1e-12);
        QVERIFY(std::abs(law.correlation + 1) < 1e-12);
        QVERIFY(std::abs(law.at(100) - 0.3) < 1e-12);
        QVERIFY(std::isnan(fit_power_law({5, 5, 5}, {1, 2, 3}).slope));
        QVERIFY(std::isnan(fit_power_law({1, 2}, {1, 2}).slope));
    }

    void interval_of_a_mean_data() {
        QTest::addColumn<QVector<double>>("values");
        QTest::addColumn<double>("mean");
        QTest::addColumn<double>("half");
        // t.ppf(0.975, n - 1) · s / √n
        QTest::newRow("three") << QVector<double>{1, 2, 3} << 2.0 << 4.302653 / std::sqrt(3.0);
        QTest::newRow("ten") << QVector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10} << 5.5
                             << 2.262157 * 3.0276504 / std::sqrt(10.0);
        QTest::newRow("with gaps") << QVector<double>{1, no_value, 2, 3} << 2.0 << 4.302653 / std::sqrt(3.0);
    }
    void interval_of_a_mean() {
        QFETCH(QVector<double>, values);
        QFETCH(double, mean);
        QFETCH(double, half);
        const auto interval = mean_interval(values);
        QCOMPARE(interval.mean, mean);
        QVERIFY2(std::abs((interval.high - interval.low) / 2 / half - 1) < 0.012,
                 qPrintable(QString::number((interval.high - interval.low) / 2)));
        QVERIFY(std::isnan(mean_interval({1, 2}).low));
    }

    void five_numbers() {
        QVector<double> values;
        for (int i = 100; i >= 0; --i)
            values.append(i);
        const auto box = quantiles(values);
        QCOMPARE(box.low, 5.0);
        QCOMPARE(box.lower, 25.0);
        QCOMPARE(box.median, 50.0);
        QCOMPARE(box.high, 95.0);
        QCOMPARE(box.outside.size(), 10);
        QCOMPARE(quantiles({}).count, 0);
    }

    void the_trend_is_in_the_key() {
        ErrorScatter plot;
        plot.set_map(map_of({0.1, 0.05, 0.025, 0.2}, {100, 200, 400, 50}));
        QVERIFY(std::abs(plot.trend().slope + 1) < 1e-9);
        QCOMPARE(plot.key_entries().size(), 1);
        QCOMPARE(plot.key_entries()[0].text, QString("trend: slope -1.00, r = -1.00, 4 experts"));
        plot.set_compared({map_of({0.1, 0.2}, {10, 20})});
        QCOMPARE(plot.key_entries()[0].text, QString("trend")); // its numbers stand in the panel's title
        plot.set_map(map_of({0.1, no_value}, {100, 0}));
        QVERIFY(plot.key_entries().isEmpty());
    }

    void boxes_and_their_data() {
        DistributionPlot plot;
        QVERIFY(!plot.content_shown());
        plot.set_series("error", "Layer", {"1", "2"},
                        {{"A", run_color(0), {{1, 2, 3, 4, 5}, {2, 2, 2}}},
                         {"B", run_color(1), {{10, 0, no_value}, {}}}});
        QVERIFY(plot.content_shown());
        QCOMPARE(plot.data().rows.size(), 3); // B has nothing in the second layer
        QCOMPARE(plot.data().rows[0], (QStringList{"A", "1", "5", "1.2", "2", "3", "4", "4.8"}));
        QCOMPARE(plot.data().rows[2][2], QString("1"));
        QCOMPARE(plot.key_entries().size(), 3);
        QSignalSpy spy(&plot, &DistributionPlot::group_selected);
        plot.select_group(0);
        QTest::keyClick(&plot, Qt::Key_Right);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().toInt(), 1);
    }

    void pairs_by_ratio() {
        const CellMap a = map_of({1, 2, 3, no_value}, {5, 5, 5, 0}), b = map_of({2, 2, 1, 4});
        const auto pairs = paired_values(a, b);
        QCOMPARE(pairs.size(), 3);
        PairedPlot plot;
        plot.set_pairs(pairs, "A", "B");
        QCOMPARE(plot.data().rows[0], (QStringList{"1", "0", "1", "2", "0.5"}));
        QCOMPARE(plot.data().rows[2], (QStringList{"2", "0", "3", "1", "3"}));
        QVERIFY(std::abs(plot.mean_ratio().mean - std::cbrt(1.5)) < 1e-12);
        QCOMPARE(plot.key_entries()[0].text, QString("smaller: 2"));
        QCOMPARE(plot.key_entries()[1].text, QString("larger: 1"));
        QSignalSpy spy(&plot, &PairedPlot::cell_selected);
        plot.select_cell(1, 1);
        QTest::keyClick(&plot, Qt::Key_Right);
        QCOMPARE(spy.first(), (QVariantList{2, 0}));
        plot.set_pairs({}, "A", "B");
        QVERIFY(!plot.content_shown());
    }

    void differences_are_blue_and_orange() {
        const CellMap differences = paired_differences(map_of({1, 4, 2, 2}), map_of({2, 2, 2, no_value}));
        QCOMPARE(differences.values[0], -1.0);
        QCOMPARE(differences.values[1], 1.0);
        QCOMPARE(differences.values[2], 0.0);
        QVERIFY(std::isnan(differences.values[3]));
        HeatMap plot("map");
        plot.set_map(differences, difference_range(differences));
        const QImage image = figure_image({{&plot, {}}}, 1, {120, 60, 150});
        QVERIFY(pixels_of(image, diverging(0)) > 1000);
        QVERIFY(pixels_of(image, diverging(1)) > 1000);
        QVERIFY(pixels_of(image, diverging(0.5)) > 1000);
        QCOMPARE(diverging(0.5), diverging_stops()[3]);
    }

    void the_verdict_is_plain() {
        VerdictCard card("Before");
        QVERIFY(!card.content_shown());
        const QVector<VerdictLine> lines{{VerdictLine::Tone::Good, "Memory", "enough"},
                                         {VerdictLine::Tone::Bad, "Disk", "too little"}};
        card.set_lines(lines);
        QVERIFY(card.content_shown());
        QCOMPARE(plain_text(lines), QString("✓ Memory: enough\n✗ Disk: too little"));
        QStringList texts;
        for (auto* label : card.findChildren<QLabel*>())
            texts.append(label->text());
        QVERIFY(texts.contains("enough") && texts.contains("✗"));
        card.set_lines({});
        QVERIFY(!card.content_shown());
    }

    void one_card_is_chosen() {
        ChoiceCards cards("Format", 2);
        QSignalSpy spy(&cards, &ChoiceCards::choice_changed);
        cards.set_choices(
            {{"a", "A", "1 MB", {"line"}, "cannot"}, {"b", "B", "", {}, ""}, {"c", "C", "", {}, ""}});
        QCOMPARE(cards.chosen(), QString("b")); // the first that can be
        cards.resize(400, 300);
        cards.show();
        cards.findChild<QRadioButton*>("c")->click();
        QCOMPARE(cards.chosen(), QString("c"));
        QVERIFY(!cards.findChild<QRadioButton*>("a")->isEnabled());
        cards.set_choices({{"c", "C", "", {"more"}, ""}, {"d", "D", "", {}, ""}});
        QCOMPARE(cards.chosen(), QString("c")); // kept
        QVERIFY(cards.findChild<QRadioButton*>("c")->isChecked());
        QTest::mouseClick(cards.findChild<QRadioButton*>("d")->parentWidget(), Qt::LeftButton, {},
                          QPoint(5, 5));
        QCOMPARE(cards.chosen(), QString("d")); // a click anywhere in the card
        QCOMPARE(spy.size(), 3);
    }

    void rows_act() {
        ActionRows rows("Waiting");
        QVERIFY(rows.isHidden());
        rows.set_rows({{"1", "first", "Remove", ""}, {"2", "second", "Remove", ""}});
        QVERIFY(!rows.isHidden());
        QSignalSpy spy(&rows, &ActionRows::triggered);
        rows.findChildren<QPushButton*>().last()->click();
        QCOMPARE(spy.first().first().toString(), QString("2"));
        rows.set_rows({});
        QVERIFY(rows.isHidden());
    }

    void lines_grow() {
        LineModel model("Layer", "What happened");
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.append(3, "routed");
        model.append(4, "fell back", true);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(1, 1).data().toString(), QString("⚠ fell back"));
        QCOMPARE(to_csv(text_of(model)), QString("Layer,What happened\n3,routed\n4,fell back\n"));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestErrorViews)
#include "tst_error_views.moc"
