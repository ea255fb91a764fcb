#include "widgets/plots/set_course.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

const QColor balance_color(0xd55e00), likelihood_color(0x0072b2);

double top_of(const QVector<double>& values) {
    double top = 0;
    for (const double value : values)
        if (std::isfinite(value))
            top = std::max(top, value);
    return top > 0 ? top * 1.1 : 1;
}

} // namespace

SetCourse::SetCourse(QWidget* parent) : PlotView(tr("Set so far"), parent) {
    plot()->xAxis->setLabel(tr("Sequences"));
    plot()->yAxis->setLabel(tr("CV of expert usage"));
    plot()->yAxis2->setLabel(tr("Perplexity"));
    plot()->yAxis2->setVisible(true);
    plot()->xAxis->grid()->setVisible(false);
    balance_ = plot()->addGraph();
    likelihood_ = plot()->addGraph(plot()->xAxis, plot()->yAxis2);
    for (auto* graph : {balance_, likelihood_})
        graph->setSelectable(QCP::stNone);
    axes()->setRangeDrag(Qt::Horizontal);
    axes()->setRangeZoom(Qt::Horizontal);
    connect(plot()->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this](const QCPRange& range) {
                plot()->xAxis->setRange(range.bounded(0.5, std::max(1.5, double(cv_.size()) + 0.5)));
            });
    restyle();
}

void SetCourse::set_course(const QVector<double>& cv, const QVector<double>& perplexity) {
    cv_ = cv;
    perplexity_ = perplexity.mid(0, cv.size());
    QVector<double> numbers;
    for (int i = 0; i < cv_.size(); ++i)
        numbers.append(i + 1);
    balance_->setData(numbers, cv_, true);
    likelihood_->setData(numbers.mid(0, perplexity_.size()), perplexity_, true);
    show_content(!cv_.isEmpty());
    if (!cv_.isEmpty())
        describe(tr("After %1 sequences: CV %2").arg(cv_.size()).arg(cv_.last(), 0, 'f', 4));
    reset_axes();
    restyle();
    redraw();
}

void SetCourse::apply_style(const PlotStyle& style) {
    plot()->yAxis2->grid()->setVisible(false);
    const double size = cv_.size() > 48 ? 0 : 6 * style.line / 1.6;
    balance_->setPen(QPen(balance_color, style.line));
    balance_->setScatterStyle(
        size > 0 ? QCPScatterStyle(QCPScatterStyle::ssDisc, balance_color, balance_color, size)
                 : QCPScatterStyle(QCPScatterStyle::ssNone));
    likelihood_->setPen(QPen(likelihood_color, style.line));
    likelihood_->setScatterStyle(
        size > 0 ? QCPScatterStyle(QCPScatterStyle::ssSquare, likelihood_color, likelihood_color, size)
                 : QCPScatterStyle(QCPScatterStyle::ssNone));
}

QVector<KeyEntry> SetCourse::key() const {
    if (cv_.isEmpty())
        return {};
    return {{tr("CV (left)"), balance_color, KeyEntry::Mark::Line, QCPScatterStyle::ssDisc},
            {tr("perplexity (right)"), likelihood_color, KeyEntry::Mark::Line, QCPScatterStyle::ssSquare}};
}

void SetCourse::reset_axes() {
    plot()->xAxis->setRange(0.5, std::max(1.5, double(cv_.size()) + 0.5));
    plot()->yAxis->setRange(0, top_of(cv_));
    plot()->yAxis2->setRange(0, top_of(perplexity_));
}

QString SetCourse::readout(const QPoint& position) const {
    const int at = qRound(plot()->xAxis->pixelToCoord(position.x())) - 1;
    if (!axes()->rect().contains(position) || at < 0 || at >= cv_.size())
        return {};
    return tr("first %1 sequences\nCV %2\nperplexity %3")
        .arg(at + 1)
        .arg(cv_[at], 0, 'f', 4)
        .arg(perplexity_.value(at, no_value), 0, 'f', 3);
}

TextTable SetCourse::data() const {
    TextTable table{{QStringLiteral("sequences"), QStringLiteral("cv"), QStringLiteral("perplexity")}, {}};
    for (int i = 0; i < cv_.size(); ++i)
        table.rows.append({QString::number(i + 1), QString::number(cv_[i], 'g', 9),
                           QString::number(perplexity_.value(i, no_value), 'g', 9)});
    return table;
}

} // namespace moequant
