// Layer × expert magnitudes in viridis, or signed differences from blue over white to orange; cells without a
// token are hatched grey, never the lowest colour.
#pragma once
#include "widgets/plots/plot_view.h"

#include <optional>

class QCPColorScale;

namespace moequant {

class CellGrid;

/// The values that a colour bar spans.
struct ValueRange {
    double low = 0, high = 1;
    bool logarithmic = false;
    bool diverging = false; ///< signed: 0 in the middle, blue–white–orange
    /// Where `value` lies, 0 low to 1 high.
    double position(double value) const;
    QColor color(double value) const;
};

/// One range for maps that are compared: their finite values (cells without a token aside), logarithmic when
/// the largest is more than 100 times the smallest positive one.
ValueRange common_range(const QVector<CellMap>& maps);

/// From −a to a, a the greatest magnitude in the map.
ValueRange difference_range(const CellMap& map);

class HeatMap : public PlotView {
    Q_OBJECT
  public:
    explicit HeatMap(const QString& title, QWidget* parent = nullptr);
    void set_map(const CellMap& map);
    void set_map(const CellMap& map, const ValueRange& range);
    /// One more value, for maps that fill while a job runs; the range widens when it must.
    void set_value(int layer, int expert, double value, double tokens);
    void select_cell(int layer, int expert);
    const ValueRange& range() const { return range_; }
    TextTable data() const override;

  Q_SIGNALS:
    void cell_selected(int layer, int expert);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;
    void step_selection(int layers, int experts) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void use_range(const ValueRange& range);
    bool cell_at(const QPoint& position, int& row, int& expert) const;
    CellMap map_;
    ValueRange range_;
    CellGrid* grid_;
    QCPColorScale* scale_;
    int row_ = -1, expert_ = -1;
    bool any_value_ = false;
    std::optional<bool> diverging_shown_; ///< which gradient the colour bar has
};

} // namespace moequant
