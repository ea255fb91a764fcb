// Colours: fixed a source, readable palettes, a monotone map.
#include "widgets/colors.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QSet>
#include <QTest>

#include <cmath>

using namespace moequant;

namespace {

double luminance(const QColor& color) {
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void sources_have_fixed_colours_data() {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QColor>("color");
        QTest::newRow("wikitext2") << "wikitext2?samples=64"
                                   << "WikiText-2" << QColor(0x0072b2);
        QTest::newRow("ebss") << "ebss"
                              << "EBSS" << QColor(0xd55e00);
        QTest::newRow("gsm8k") << "gsm8k"
                               << "GSM8K" << QColor(0x009e73);
        QTest::newRow("humaneval") << "humaneval"
                                   << "HumanEval" << QColor(0xcc79a7);
        QTest::newRow("c4") << "c4"
                            << "C4" << QColor(0xe69f00);
    }
    void sources_have_fixed_colours() {
        QFETCH(QString, spec);
        QTEST(source_title(spec), "title");
        QTEST(source_color(spec), "color");
    }

    void files_are_titled_by_name() {
        QCOMPARE(source_title("jsonl:/data/mine.jsonl#text?samples=3"), QString("mine.jsonl"));
        QCOMPARE(source_title("balanced:wikitext2"), QString("Balanced WikiText-2"));
    }

    void colours_shown_together_differ() {
        QStringList specs = {"wikitext2", "ebss"};
        for (int i = 0; i < 6; ++i)
            specs.append(QString("text:/file%1.txt").arg(i));
        QSet<QRgb> seen;
        for (const QColor& color : source_colors(specs))
            seen.insert(color.rgb());
        QCOMPARE(seen.size(), specs.size());
    }

    void viridis_grows_brighter() {
        QCOMPARE(viridis(0), QColor(0x440154));
        QCOMPARE(viridis(1), QColor(0xfde725));
        QCOMPARE(viridis(-3), viridis(0));
        QCOMPARE(viridis(NAN), viridis(0));
        for (int i = 0; i < 100; ++i)
            QVERIFY(luminance(viridis((i + 1) / 100.0)) > luminance(viridis(i / 100.0)));
    }

    void palettes_are_readable_data() {
        QTest::addColumn<QPalette>("palette");
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << light_palette() << false;
        QTest::newRow("dark") << dark_palette() << true;
    }
    void palettes_are_readable() {
        QFETCH(QPalette, palette);
        QFETCH(bool, dark);
        QCOMPARE(is_dark(palette), dark);
        QVERIFY(contrast(palette.color(QPalette::WindowText), palette.color(QPalette::Window)) >= 7);
        QVERIFY(contrast(palette.color(QPalette::Text), palette.color(QPalette::Base)) >= 7);
        QVERIFY(contrast(muted_text(palette), palette.color(QPalette::Base)) >= 4.5);
        QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4);
    }

    void theme_sets_fusion() {
        apply_theme(*qApp, Theme::Dark);
        QVERIFY(is_dark(qApp->palette()));
        apply_theme(*qApp, Theme::Light);
        QVERIFY(!is_dark(qApp->palette()));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
