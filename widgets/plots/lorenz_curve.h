// Lorenz curve of one layer's expert usage, a line a source: how far from the diagonal of even use?
#pragma once
#include "widgets/plots/plot_view.h"

class QCPGraph;

namespace moequant {

class LorenzCurve : public PlotView {
    Q_OBJECT
  public:
    explicit LorenzCurve(QWidget* parent = nullptr);
    void set_sources(const QVector<UsageSeries>& sources);
    void set_layer(int layer);
    /// A mark at the place of this expert on each curve.
    void select_expert(int expert);
    TextTable data() const override;

  Q_SIGNALS:
    void expert_selected(int layer, int expert);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;

  private:
    struct Curve {
        QString name;
        QColor color;
        QVector<int> experts; ///< least used first
        QVector<double> x, y; ///< percent, [experts + 1]
        double gini = 0;
    };
    struct Place {
        int curve = -1, position = 0; ///< index of the curve's point
    };
    void rebuild();
    Place place_at(const QPoint& position) const;
    QVector<UsageSeries> sources_;
    QVector<Curve> curves_;
    QVector<QCPGraph*> graphs_;
    QCPGraph *even_, *marks_;
    int layer_ = -1, expert_ = -1;
};

} // namespace moequant
