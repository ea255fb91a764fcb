#include "widgets/plots/key_row.h"

#include "widgets/plots/cell_grid.h"

namespace moequant {
namespace {

struct Metrics {
    int mark, gap, between, line;
};

Metrics metrics_of(const PlotStyle& style) {
    const int height = QFontMetrics(style.font).height();
    return style.print ? Metrics{24, 6, 18, height + 2} : Metrics{16, 5, 14, height + 2};
}

/// Top left corner of every entry; returns the number of rows.
int place(const QVector<KeyEntry>& entries, const PlotStyle& style, int width, QVector<QPoint>* corners) {
    const Metrics m = metrics_of(style);
    const QFontMetrics font(style.font);
    int x = 0, row = 0;
    for (const auto& entry : entries) {
        const int needed = m.mark + m.gap + font.horizontalAdvance(entry.text);
        if (x > 0 && x + needed > width) {
            x = 0;
            ++row;
        }
        if (corners)
            corners->append({x, row * m.line});
        x += needed + m.between;
    }
    return entries.isEmpty() ? 0 : row + 1;
}

void draw_mark(QCPPainter* painter, const KeyEntry& entry, const PlotStyle& style, const QRectF& box) {
    const QColor color = entry.color.isValid() ? entry.color : style.text;
    const double middle = box.center().y();
    switch (entry.mark) {
    case KeyEntry::Mark::Bar:
        painter->fillRect(box.adjusted(box.width() / 4, 2, 0, -2), color);
        return;
    case KeyEntry::Mark::Hatch:
        draw_hatch(painter, box.adjusted(0, 1, 0, -1), style);
        return;
    default:
        break;
    }
    const Qt::PenStyle line = entry.mark == KeyEntry::Mark::Dashes ? Qt::DashLine
                              : entry.mark == KeyEntry::Mark::Dots ? Qt::DotLine
                                                                   : Qt::SolidLine;
    if (entry.mark != KeyEntry::Mark::Point) {
        painter->setPen(QPen(color, style.line * (line == Qt::SolidLine ? 1 : 0.8), line));
        painter->drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle));
    }
    if (entry.marker >= 0) {
        const QCPScatterStyle scatter(QCPScatterStyle::ScatterShape(entry.marker), color, color,
                                      6 * style.line / 1.6);
        painter->setAntialiasing(true);
        scatter.applyTo(painter, QPen(color));
        scatter.drawShape(painter, box.center());
        painter->setBrush(Qt::NoBrush);
    }
}

} // namespace

int key_height(const QVector<KeyEntry>& entries, const PlotStyle& style, int width) {
    const int rows = place(entries, style, width, nullptr);
    return rows == 0 ? 0 : rows * metrics_of(style).line + (style.print ? 8 : 4);
}

void draw_key(QCPPainter* painter, const QVector<KeyEntry>& entries, const PlotStyle& style,
              const QRect& rect) {
    if (entries.isEmpty())
        return;
    const Metrics m = metrics_of(style);
    QVector<QPoint> corners;
    place(entries, style, rect.width(), &corners);
    for (int i = 0; i < entries.size(); ++i) {
        const QPoint at = rect.topLeft() + corners[i];
        const double icon = style.print ? 16 : 12;
        draw_mark(painter, entries[i], style, QRectF(at.x(), at.y() + (m.line - icon) / 2, m.mark, icon));
        painter->setFont(style.font);
        painter->setPen(QPen(style.text));
        painter->drawText(QRectF(at.x() + m.mark + m.gap, at.y(), rect.width(), m.line),
                          Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip | Qt::TextSingleLine,
                          entries[i].text);
    }
}

void KeyRow::fit(int width, bool shown) {
    shown_ = shown;
    const int height = shown ? key_height(entries_, style_, width) : 0;
    setMinimumSize(0, height);
    setMaximumSize(QWIDGETSIZE_MAX, height);
}

} // namespace moequant
