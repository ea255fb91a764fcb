// Two runs expert by expert: the ratio of their errors, sorted, with its geometric mean and 95 % interval.
#pragma once
#include "widgets/plots/plot_view.h"
#include "widgets/plots/statistics.h"

class QCPGraph;
class QCPItemRect;
class QCPItemStraightLine;
class QCPItemTracer;

namespace moequant {

struct PairedValue {
    int layer = -1, expert = -1;
    double value = 0, baseline = 0; ///< both above 0
    double ratio() const { return value / baseline; }
};

/// The cells that both maps know, with values above 0 in both.
QVector<PairedValue> paired_values(const CellMap& map, const CellMap& baseline);
/// log₂(value / baseline) in every cell that both maps know; NaN elsewhere.
CellMap paired_differences(const CellMap& map, const CellMap& baseline);

class PairedPlot : public PlotView {
    Q_OBJECT
  public:
    explicit PairedPlot(QWidget* parent = nullptr);
    /// `name` against `baseline`.
    void set_pairs(const QVector<PairedValue>& pairs, const QString& name, const QString& baseline);
    void select_cell(int layer, int expert);
    /// Of the ratios: their geometric mean with its interval.
    MeanInterval mean_ratio() const;
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

  private:
    int pair_at(const QPoint& position) const;
    QVector<PairedValue> pairs_; ///< by ratio
    QString name_, baseline_;
    MeanInterval mean_; ///< of log2 of the ratios
    QCPGraph *better_, *worse_;
    QCPItemRect* interval_;
    QCPItemStraightLine *mean_line_, *equal_line_;
    QCPItemTracer* ring_;
    int selected_ = -1;
};

} // namespace moequant
