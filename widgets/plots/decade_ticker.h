// Ticks of a logarithmic axis: decades, thinned where there is little room, with numbers between where there
// are few.
#pragma once
#include <qcustomplot.h>

namespace moequant {

class DecadeTicker : public QCPAxisTicker {
  public:
    /// Makes the axis logarithmic. Its numbers are written out where all of them are short, else as powers of
    /// ten.
    static void use_on(QCPAxis* axis);
    explicit DecadeTicker(const QCPAxis* axis) : axis_(axis) {}

  protected:
    QVector<double> createTickVector(double step, const QCPRange& range) override;
    int getSubTickCount(double) override { return 0; }

  private:
    /// How many labels fit along the axis.
    int room() const;
    const QCPAxis* axis_;
};

} // namespace moequant
