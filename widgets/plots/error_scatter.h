// Error against tokens of every expert, both logarithmic, coloured by layer, with the trend: do starved
// experts suffer?
#pragma once
#include "widgets/plots/plot_view.h"
#include "widgets/plots/statistics.h"

class QCPColorScale;
class QCPGraph;
class QCPItemTracer;

namespace moequant {

class ErrorScatter : public PlotView {
    Q_OBJECT
  public:
    explicit ErrorScatter(QWidget* parent = nullptr);
    /// Draws a point for each cell with a positive value and at least one token.
    void set_map(const CellMap& map);
    /// For panels side by side: the ranges hold the points of all these maps, and the key says "trend" alone.
    void set_compared(const QVector<CellMap>& maps);
    void select_cell(int layer, int expert);
    /// Of the points, by least squares in both logarithms.
    const PowerLaw& trend() const { return trend_; }
    TextTable data() const override;

  Q_SIGNALS:
    void cell_selected(int layer, int expert);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;

  private:
    struct Point {
        int layer, expert;
        double tokens, error;
    };
    /// The point within a few pixels; null when there is none.
    const Point* point_at(const QPoint& position) const;
    QVector<Point> points_;
    QVector<QCPGraph*> graphs_;
    QCPColorScale* scale_;
    QCPItemTracer* ring_;
    QCPGraph* trend_line_;
    PowerLaw trend_;
    QString value_title_;
    QVector<CellMap> compared_;
    double first_ = 0, last_ = 1;
};

} // namespace moequant
