// Ticks at whole numbers (experts, layers), thinned so that their labels never touch.
#pragma once
#include <qcustomplot.h>

namespace moequant {

class ExpertTicker : public QCPAxisTicker {
  public:
    /// Label of position i is labels[i]; positions outside have none.
    void set_labels(const QVector<int>& labels) { labels_ = labels; }
    /// How many labels fit along the axis.
    void set_room(int labels) { room_ = qMax(2, labels); }

  protected:
    double getTickStep(const QCPRange& range) override;
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override;
    QVector<double> createTickVector(double step, const QCPRange& range) override;

  private:
    QVector<int> labels_;
    int room_ = 16;
};

} // namespace moequant
