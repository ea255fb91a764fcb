// A magnitude over two settings (step ε and sample size n) in viridis on a logarithmic scale: where is an
// estimate good?
#pragma once
#include "widgets/plots/heat_map.h"

class QCPColorScale;
class QCPGraph;

namespace moequant {

/// Values on a grid; rows and columns may be unevenly spaced, every one gets the same room.
struct Surface {
    QVector<double> columns, rows; ///< settings, ascending, above 0
    QVector<double> values;        ///< [rows, columns]; NaN: not measured
    QVector<bool> doubtful;        ///< [rows, columns], drawn as a cross; may be empty
    QString column_title, row_title, value_title;
    int index(int row, int column) const { return row * int(columns.size()) + column; }
};

class SurfaceMap : public PlotView {
    Q_OBJECT
  public:
    explicit SurfaceMap(const QString& title, QWidget* parent = nullptr);
    void set_surface(const Surface& surface);
    /// For surfaces that are compared.
    void set_surface(const Surface& surface, const ValueRange& range);
    const Surface& surface() const { return surface_; }
    TextTable data() const override;

  Q_SIGNALS:
    void cell_selected(int row, int column);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;
    void step_selection(int rows, int columns) override;

  private:
    bool cell_at(const QPoint& position, int& row, int& column) const;
    void select(int row, int column);
    Surface surface_;
    CellMap cells_; ///< what the grid draws
    CellGrid* grid_;
    QCPColorScale* scale_;
    QCPGraph *halos_, *crosses_;
    int row_ = -1, column_ = -1;
};

/// One range for surfaces that are compared, logarithmic where all values are above 0.
ValueRange surface_range(const QVector<Surface>& surfaces);

/// 10ᵏ for a power of ten, else the number in few digits.
QString power_text(double value);

} // namespace moequant
