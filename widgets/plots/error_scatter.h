// A value against another of every expert, both logarithmic, coloured by layer, with the trend: error against
// tokens (do starved experts suffer?) unless other points are set.
#pragma once
#include "widgets/plots/plot_view.h"
#include "widgets/plots/statistics.h"

class QCPColorScale;
class QCPGraph;
class QCPItemTracer;

namespace moequant {

struct ScatterPoint {
    int layer = 0, expert = 0;
    double x = 0, y = 0;
    QString note = {}; ///< further lines of the readout; empty: none
};

struct ScatterData {
    QVector<ScatterPoint> points; ///< an expert may have several; those not above 0 are left out
    QString x_title, y_title;
};

class ErrorScatter : public PlotView {
    Q_OBJECT
  public:
    explicit ErrorScatter(QWidget* parent = nullptr);
    /// Draws a point for each cell with a positive value and at least one token.
    void set_map(const CellMap& map);
    void set_points(const ScatterData& data);
    /// For panels side by side: the ranges hold the points of all these maps, and the key says "trend" alone.
    void set_compared(const QVector<CellMap>& maps);
    /// The key says "trend" alone.
    void set_short_key(bool shortened);
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
    /// One colour a layer of these.
    void show_points(const QVector<int>& layers);
    /// The point within a few pixels; null when there is none.
    const ScatterPoint* point_at(const QPoint& position) const;
    QVector<ScatterPoint> points_;
    QVector<QCPGraph*> graphs_;
    QCPColorScale* scale_;
    QCPItemTracer* ring_;
    QCPGraph* trend_line_;
    PowerLaw trend_;
    QString x_title_, value_title_;
    bool tokens_ = true; ///< what x is
    bool short_key_ = false;
    QVector<CellMap> compared_;
    double first_ = 0, last_ = 1;
};

} // namespace moequant
