// Box plots on a logarithmic axis: groups side by side (layers, runs), one box for each series in a group.
#pragma once
#include "widgets/plots/plot_view.h"
#include "widgets/plots/statistics.h"

class QCPAxisTickerText;
class QCPItemRect;

namespace moequant {

struct DistributionSeries {
    QString name;
    QColor color;
    QVector<QVector<double>> values; ///< [groups]; what is not above 0 is left out
};

class DistributionPlot : public PlotView {
    Q_OBJECT
  public:
    explicit DistributionPlot(QWidget* parent = nullptr);
    void set_series(const QString& value_title, const QString& group_title, const QStringList& groups,
                    const QVector<DistributionSeries>& series);
    /// Marks a group; -1: none.
    void select_group(int group);
    TextTable data() const override;

  Q_SIGNALS:
    void group_selected(int group);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;
    void step_selection(int layers, int experts) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    double place(int group, int series) const;
    int group_at(const QPoint& position) const;
    void label_groups();
    QStringList groups_;
    QVector<DistributionSeries> series_;
    QVector<QVector<Quantiles>> boxes_; ///< [series][groups]
    QString value_title_;
    QCPItemRect* band_;
    int selected_ = -1;
};

} // namespace moequant
