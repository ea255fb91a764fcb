// Share of the tokens that each expert of one layer gets, sources side by side.
#pragma once
#include "widgets/plots/plot_view.h"

class QCPBars;
class QCPGraph;
class QCPItemRect;

namespace moequant {

class UsageHistogram : public PlotView {
    Q_OBJECT
  public:
    enum class Order { ByExpert, ByUse };

    explicit UsageHistogram(QWidget* parent = nullptr);
    void set_sources(const QVector<UsageSeries>& sources);
    void set_layer(int layer);
    /// ByUse: most used first, by the first source's counts.
    void set_order(Order order);
    /// Sources one over the other, translucent, instead of side by side.
    void set_overlaid(bool overlaid);
    /// Draws the share that `tokens` pairs are, a line for each source with a different total; 0: none.
    void set_min_tokens(double tokens);
    void select_expert(int expert);
    int layer() const { return layer_; }
    /// Upper end of the vertical axis in percent; for plots that are compared set the greatest of all on
    /// each.
    double top() const { return top_; }
    void set_top(double percent);
    TextTable data() const override;
    /// The expert drawn at each position from the left.
    const QVector<int>& order() const { return experts_; }

  Q_SIGNALS:
    void expert_selected(int layer, int expert);

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;
    void clicked(const QPoint& position) override;
    void step_selection(int layers, int experts) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void rebuild();
    int expert_at(const QPoint& position) const;
    void place_selection();
    QVector<UsageSeries> sources_;
    QVector<QCPBars*> bars_;
    QVector<QCPGraph*> floors_;
    QCPGraph* uniform_;
    QCPItemRect* band_;
    QVector<int> experts_;
    double top_ = 1, min_tokens_ = 0;
    int layer_ = -1, selected_ = -1;
    Order order_ = Order::ByExpert;
    bool overlaid_ = false;
};

} // namespace moequant
