#include "widgets/plots/plot_style.h"

#include "widgets/theme.h"

#include <qcustomplot.h>

namespace moequant {

PlotStyle screen_style(const QPalette& palette, const QFont& font) {
    const bool dark = is_dark(palette);
    PlotStyle style;
    style.background = palette.color(QPalette::Base);
    style.text = palette.color(QPalette::Text);
    style.muted = muted_text(palette);
    style.axis = palette.color(QPalette::Mid);
    style.grid = dark ? QColor(0x2c3035) : QColor(0xe6e9ec);
    style.no_token = dark ? QColor(0x33373c) : QColor(0xdcdfe3);
    style.no_token_line = dark ? QColor(0x6d747c) : QColor(0x9aa1a9);
    style.selection = palette.color(QPalette::Highlight);
    style.font = font;
    style.small_font = font;
    if (font.pointSizeF() > 0)
        style.small_font.setPointSizeF(font.pointSizeF() * 0.9);
    style.line = 1.6;
    return style;
}

PlotStyle print_style() {
    PlotStyle style;
    style.background = Qt::white;
    style.text = Qt::black;
    style.muted = QColor(0x444444);
    style.axis = QColor(0x333333);
    style.grid = QColor(0xe3e3e3);
    style.no_token = QColor(0xe6e6e6);
    style.no_token_line = QColor(0x8c8c8c);
    style.selection = Qt::transparent;
    style.font = QFont(QStringLiteral("DejaVu Sans"));
    style.font.setPixelSize(16);
    style.font.setHintingPreference(QFont::PreferNoHinting);
    style.small_font = style.font;
    style.small_font.setPixelSize(14);
    style.line = 2;
    style.print = true;
    return style;
}

void style_axis(QCPAxis* axis, const PlotStyle& style) {
    const QPen line(style.axis, 1);
    axis->setBasePen(line);
    axis->setTickPen(line);
    axis->setTickLength(0, 4);
    axis->setSubTicks(false);
    axis->setLabelColor(style.text);
    axis->setTickLabelColor(style.text);
    axis->setLabelFont(style.font);
    axis->setTickLabelFont(style.small_font);
    axis->setSelectedLabelFont(style.font);
    axis->setSelectedTickLabelFont(style.small_font);
    axis->grid()->setPen(QPen(style.grid, 1));
    axis->grid()->setZeroLinePen(QPen(style.grid, 1));
    axis->grid()->setSubGridVisible(false);
}

} // namespace moequant
