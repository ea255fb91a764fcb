#include "widgets/plots/decade_ticker.h"

#include <cmath>

namespace moequant {
namespace {

/// `parts` of every decade that lie in the range.
QVector<double> parts_in(const QCPRange& range, const QVector<double>& parts) {
    QVector<double> ticks;
    for (int k = int(std::floor(std::log10(range.lower))); k <= int(std::ceil(std::log10(range.upper))); ++k)
        for (const double part : parts)
            if (const double tick = part * std::pow(10.0, k); range.contains(tick))
                ticks.append(tick);
    return ticks;
}

} // namespace

void DecadeTicker::use_on(QCPAxis* axis) {
    axis->setScaleType(QCPAxis::stLogarithmic);
    axis->setTicker(QSharedPointer<DecadeTicker>::create(axis));
    QObject::disconnect(axis, nullptr, axis, nullptr); // the choice of before, where there was one
    const auto choose = [axis](const QCPRange& range) {
        const bool written_out = range.lower > 5e-4 && range.upper < 3e4;
        axis->setNumberFormat(written_out ? QStringLiteral("g") : QStringLiteral("eb"));
        axis->setNumberPrecision(written_out ? 6 : 0);
    };
    QObject::connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), axis, choose);
    choose(axis->range());
}

int DecadeTicker::room() const {
    // The viewport, because the axes have their size of before while ticks are made for a figure.
    const QRect viewport = axis_->parentPlot()->viewport();
    const QFontMetrics font(axis_->tickLabelFont());
    const bool horizontal = QCPAxis::orientation(axis_->axisType()) == Qt::Horizontal;
    return horizontal ? std::max(2, (viewport.width() - 7 * font.height()) /
                                        (font.horizontalAdvance(QStringLiteral("1000")) + font.height() / 2))
                      : std::max(2, (viewport.height() - 5 * font.height()) / (2 * font.height()));
}

QVector<double> DecadeTicker::createTickVector(double, const QCPRange& range) {
    if (!(range.lower > 0) || !(range.upper > range.lower))
        return {};
    const int most = room();
    QVector<double> ticks;
    for (const QVector<double>& parts :
         {QVector<double>{1}, QVector<double>{1, 2, 5}, QVector<double>{1, 2, 3, 4, 5, 6, 8}})
        if (const QVector<double> finer = parts_in(range, parts); ticks.size() < 4 && finer.size() <= most)
            ticks = finer;
    if (!ticks.isEmpty())
        return ticks;
    const QVector<double> decades = parts_in(range, {1});
    const int step = (int(decades.size()) + most - 1) / most;
    for (const double tick : decades)
        if (int(std::lround(std::log10(tick))) % step == 0)
            ticks.append(tick);
    return ticks;
}

} // namespace moequant
