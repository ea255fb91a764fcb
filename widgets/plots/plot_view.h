// The one place where QCustomPlot is set up: style, zoom and pan, exact values under the pointer, saving and
// copying.
#pragma once
#include "widgets/card.h"
#include "widgets/plots/key_entry.h"
#include "widgets/plots/plot_style.h"
#include "widgets/plots/series.h"

#include <QPoint>

class QCPPainter;
class QCPAxisRect;
class QCustomPlot;
class QMenu;
class QMouseEvent;

namespace moequant {

class KeyRow;

/// A card with one plot. Dragging pans, the wheel zooms, a double click shows everything again; arrow keys
/// move the selection; the menu saves the picture (PDF, SVG, PNG), copies it, or copies its data as CSV.
class PlotView : public Card {
    Q_OBJECT
  public:
    PlotView(const QString& title, QWidget* parent = nullptr);

    /// Everything drawn, as numbers.
    virtual TextTable data() const = 0;
    void reset_view();

    /// Paints in the print style into a rectangle of logical pixels (1/144 inch) that begins at the painter's
    /// origin.
    void paint_figure(QCPPainter* painter, const QSize& size, bool with_key = true);
    QVector<KeyEntry> key_entries() const;

    void save_picture();
    void copy_picture();
    void copy_data();

  Q_SIGNALS:
    /// Something to tell in the page's message bar.
    void message(const QString& text, bool error);

  protected:
    QCustomPlot* plot() const { return plot_; }
    QCPAxisRect* axes() const;
    const PlotStyle& style_now() const { return style_; }
    /// Recolours what the subclass owns; called before every change of style takes effect.
    virtual void apply_style(const PlotStyle& style) = 0;
    /// What the key above the axes says.
    virtual QVector<KeyEntry> key() const { return {}; }
    /// Sets the ranges that show everything.
    virtual void reset_axes() = 0;
    /// Plain text with the exact values under `position`; empty where there is nothing.
    virtual QString readout(const QPoint& position) const = 0;
    virtual void clicked(const QPoint&) {}
    /// Moves the selection by (layers, experts).
    virtual void step_selection(int, int) {}
    /// Redraws soon; several calls in one turn of the event loop cost one drawing.
    void redraw();
    /// Applies the current style again, after the plottables changed.
    void restyle();
    void describe(const QString& text);

    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void use_style(const PlotStyle& style);
    QMenu* make_menu();
    QCustomPlot* plot_;
    KeyRow* key_ = nullptr;
    PlotStyle style_;
    QPoint pressed_;
    bool stale_ = false;
};

} // namespace moequant
