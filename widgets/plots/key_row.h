// The key of a plot as one flowing row above its axes, so that it never covers data and never clips a name.
#pragma once
#include "widgets/plots/key_entry.h"
#include "widgets/plots/plot_style.h"

#include <QVector>

#include <qcustomplot.h>

namespace moequant {

/// Rows that the entries take in `width` pixels, as a height.
int key_height(const QVector<KeyEntry>& entries, const PlotStyle& style, int width);
void draw_key(QCPPainter* painter, const QVector<KeyEntry>& entries, const PlotStyle& style,
              const QRect& rect);

class KeyRow : public QCPLayoutElement {
  public:
    explicit KeyRow(QCustomPlot* plot) : QCPLayoutElement(plot) {}
    void set(const QVector<KeyEntry>& entries, const PlotStyle& style) { entries_ = entries, style_ = style; }
    const QVector<KeyEntry>& entries() const { return entries_; }
    /// Takes the height that `width` pixels need, or none.
    void fit(int width, bool shown);

  protected:
    void draw(QCPPainter* painter) override {
        draw_key(painter, shown_ ? entries_ : QVector<KeyEntry>(), style_, rect());
    }

  private:
    QVector<KeyEntry> entries_;
    PlotStyle style_;
    bool shown_ = true;
};

} // namespace moequant
