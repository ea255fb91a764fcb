// How a set's balance and perplexity settle as its sequences come: two measures, an axis each.
#pragma once
#include "widgets/plots/plot_view.h"

class QCPGraph;

namespace moequant {

class SetCourse : public PlotView {
    Q_OBJECT
  public:
    explicit SetCourse(QWidget* parent = nullptr);
    /// Of the first sequence, the first two, and so on; equally many.
    void set_course(const QVector<double>& cv, const QVector<double>& perplexity);
    TextTable data() const override;

  protected:
    void apply_style(const PlotStyle& style) override;
    QVector<KeyEntry> key() const override;
    void reset_axes() override;
    QString readout(const QPoint& position) const override;

  private:
    QVector<double> cv_, perplexity_;
    QCPGraph *balance_, *likelihood_;
};

} // namespace moequant
