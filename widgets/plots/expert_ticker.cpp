#include "widgets/plots/expert_ticker.h"

namespace moequant {

double ExpertTicker::getTickStep(const QCPRange& range) {
    for (double scale = 1;; scale *= 10)
        for (const double step : {1.0, 2.0, 5.0})
            if (range.size() / (step * scale) <= room_)
                return step * scale;
}

QString ExpertTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
    const int position = qRound(tick);
    return position >= 0 && position < labels_.size() ? QString::number(labels_[position]) : QString();
}

QVector<double> ExpertTicker::createTickVector(double step, const QCPRange& range) {
    QVector<double> ticks;
    const double last = qMin(range.upper, double(labels_.size() - 1));
    for (double at = qMax(0.0, std::ceil(range.lower / step) * step); at <= last; at += step)
        ticks.append(at);
    return ticks;
}

} // namespace moequant
