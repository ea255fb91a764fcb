#include "widgets/plots/candidate_plane.h"

#include "widgets/plots/branch_graph.h"

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr int equal_lines = 7;
constexpr double near_line = 7, near_point = 9; ///< pixels
constexpr double least_tau = 1e-3, most_tau = 1e3;

/// Perplexities at the ticks of mean −log p.
class PerplexityTicker : public QCPAxisTicker {
  protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        const double value = std::exp(tick);
        return QString::number(value, value < 1e4 ? 'f' : 'g', value < 10 ? 2 : value < 100 ? 1 : 0);
    }
};

QVector<double> padded(double low, double high) {
    const double room = high > low ? (high - low) * 0.12 : std::max(std::abs(low) * 0.05, 1e-3);
    return {low - room, high + room};
}

} // namespace

CandidatePlane::CandidatePlane(QWidget* parent) : PlotView(tr("Likelihood and balance"), parent) {
    plot()->xAxis->setLabel(tr("Mean −log p (nats)"));
    plot()->xAxis2->setVisible(true);
    plot()->xAxis2->setTicker(QSharedPointer<PerplexityTicker>::create());
    plot()->xAxis2->setLabel(tr("Perplexity"));
    for (auto* axis : {plot()->xAxis, plot()->xAxis2})
        axis->ticker()->setTickCount(4);
    connect(plot()->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), plot()->xAxis2,
            qOverload<const QCPRange&>(&QCPAxis::setRange));
    set_sigma_title(tr("σ"));
    for (int i = 0; i < equal_lines; ++i) {
        equal_.append(new QCPItemStraightLine(plot()));
        equal_.last()->setLayer(QStringLiteral("grid"));
    }
    line_ = new QCPItemStraightLine(plot());
    for (auto* line : equal_ + QVector{line_})
        line->setSelectable(false);
    for (auto** graph : {&pruned_, &kept_, &now_, &selected_mark_}) {
        *graph = plot()->addGraph();
        (*graph)->setLineStyle(QCPGraph::lsNone);
        (*graph)->setSelectable(QCP::stNone);
    }
    restyle();
}

void CandidatePlane::set_sigma_title(const QString& title) {
    plot()->yAxis->setLabel(title);
}

void CandidatePlane::set_candidates(const QVector<BeamCandidate>& candidates, double tau) {
    candidates_ = candidates;
    tau_ = tau;
    selected_ = -1;
    show_content(!candidates_.isEmpty());
    place_all();
    reset_axes();
    restyle();
    redraw();
}

void CandidatePlane::set_tau(double tau) {
    tau_ = tau;
    place_all();
    restyle();
    redraw();
}

void CandidatePlane::select_candidate(int rank) {
    selected_ = rank;
    place_all();
    redraw();
}

void CandidatePlane::place_all() {
    choice_ = choose(candidates_, tau_);
    QVector<double> x[3], y[3];
    double worst_kept = -INFINITY, best_left = INFINITY, low = INFINITY, high = -INFINITY;
    for (int rank = 0; rank < candidates_.size(); ++rank) {
        const auto& candidate = candidates_[rank];
        const bool stays = choice_.kept.contains(rank);
        const double score = candidate.likelihood() + candidate.sigma / tau_;
        (stays ? worst_kept : best_left) = stays ? std::max(worst_kept, score) : std::min(best_left, score);
        low = std::min(low, score), high = std::max(high, score);
        const int group = candidate.kept ? 0 : 1;
        x[group].append(candidate.likelihood());
        y[group].append(candidate.sigma);
        if (stays) {
            x[2].append(candidate.likelihood());
            y[2].append(candidate.sigma);
        }
    }
    kept_->setData(x[0], y[0]);
    pruned_->setData(x[1], y[1]);
    now_->setData(x[2], y[2]);
    if (selected_ >= 0 && selected_ < candidates_.size())
        selected_mark_->setData({candidates_[selected_].likelihood()}, {candidates_[selected_].sigma});
    else
        selected_mark_->data()->clear();
    threshold_ = candidates_.isEmpty()   ? no_value
                 : std::isinf(best_left) ? worst_kept
                                         : (worst_kept + best_left) / 2;
    line_->setVisible(!candidates_.isEmpty());
    if (candidates_.isEmpty())
        return;
    place_line(line_, threshold_);
    const double gap = high > low ? (high - low) / (equal_lines - 1) : 0.1;
    for (int i = 0; i < equal_lines; ++i)
        place_line(equal_[i], low + i * gap);
    describe(tr("Candidates: %1, of which τ %2 keeps %3")
                 .arg(candidates_.size())
                 .arg(tau_, 0, 'g', 4)
                 .arg(choice_.kept.size()));
}

// score = x + y/τ: through (score, 0) with slope −τ; for infinite τ upright.
void CandidatePlane::place_line(QCPItemStraightLine* line, double score) const {
    line->point1->setCoords(score, 0);
    if (std::isinf(tau_))
        line->point2->setCoords(score, 1);
    else
        line->point2->setCoords(score - 1 / tau_, 1);
}

void CandidatePlane::apply_style(const PlotStyle& style) {
    style_axis(plot()->xAxis2, style);
    plot()->xAxis2->grid()->setVisible(false);
    plot()->xAxis->grid()->setVisible(false);
    plot()->yAxis->grid()->setVisible(false);
    const double size = 7 * style.line / 1.6;
    kept_->setScatterStyle({QCPScatterStyle::ssDisc, style.text, style.text, size});
    pruned_->setScatterStyle({QCPScatterStyle::ssCircle, style.muted, style.background, size});
    now_->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(best_branch_color, style.line),
                                          Qt::NoBrush, size * 1.8));
    selected_mark_->setScatterStyle(
        style.print
            ? QCPScatterStyle(QCPScatterStyle::ssNone)
            : QCPScatterStyle(QCPScatterStyle::ssSquare, QPen(style.selection, 2), Qt::NoBrush, size * 2.2));
    line_->setPen(QPen(best_branch_color, style.line, Qt::DashLine));
    for (auto* line : equal_)
        line->setPen(QPen(style.grid, 1));
}

QVector<KeyEntry> CandidatePlane::key() const {
    if (candidates_.isEmpty())
        return {};
    return {{tr("kept"), QColor(), KeyEntry::Mark::Point, QCPScatterStyle::ssDisc},
            {tr("pruned"), style_now().muted, KeyEntry::Mark::Point, QCPScatterStyle::ssCircle},
            {tr("kept at τ %1").arg(tau_, 0, 'g', 3), best_branch_color, KeyEntry::Mark::Dashes,
             QCPScatterStyle::ssCircle}};
}

void CandidatePlane::reset_axes() {
    if (candidates_.isEmpty())
        return;
    double left = INFINITY, right = -INFINITY, low = INFINITY, high = -INFINITY;
    for (const auto& candidate : candidates_) {
        left = std::min(left, candidate.likelihood()), right = std::max(right, candidate.likelihood());
        low = std::min(low, candidate.sigma), high = std::max(high, candidate.sigma);
    }
    const auto x = padded(left, right), y = padded(low, high);
    plot()->xAxis->setRange(x[0], x[1]);
    plot()->yAxis->setRange(y[0], y[1]);
}

int CandidatePlane::candidate_at(const QPoint& position) const {
    int found = -1;
    double nearest = near_point * near_point;
    for (int rank = 0; rank < candidates_.size(); ++rank) {
        const double dx = plot()->xAxis->coordToPixel(candidates_[rank].likelihood()) - position.x(),
                     dy = plot()->yAxis->coordToPixel(candidates_[rank].sigma) - position.y();
        if (dx * dx + dy * dy < nearest) {
            nearest = dx * dx + dy * dy;
            found = rank;
        }
    }
    return found;
}

bool CandidatePlane::on_line(const QPoint& position) const {
    if (candidates_.isEmpty() || !axes()->rect().contains(position))
        return false;
    const auto pixel = [this](double sigma) {
        const double nats = threshold_ - (std::isinf(tau_) ? 0 : sigma / tau_);
        return QPointF(plot()->xAxis->coordToPixel(nats), plot()->yAxis->coordToPixel(sigma));
    };
    const QPointF a = pixel(plot()->yAxis->range().lower), b = pixel(plot()->yAxis->range().upper);
    const QPointF along = b - a, to = QPointF(position) - a;
    const double length = std::hypot(along.x(), along.y());
    return length > 0 && std::abs(along.x() * to.y() - along.y() * to.x()) / length < near_line;
}

void CandidatePlane::drag_to(const QPoint& position) {
    const double dx = plot()->xAxis->pixelToCoord(position.x()) - pivot_.x(),
                 dy = plot()->yAxis->pixelToCoord(position.y()) - pivot_.y();
    const double tau = dx == 0 ? most_tau : -dy / dx;
    if (tau > 0 && std::isfinite(tau)) // other slopes belong to no τ
        Q_EMIT tau_changed(std::clamp(tau, least_tau, most_tau));
}

bool CandidatePlane::eventFilter(QObject* watched, QEvent* event) {
    if (watched != plot())
        return PlotView::eventFilter(watched, event);
    const auto at = [event] { return static_cast<QMouseEvent*>(event)->position().toPoint(); };
    if (event->type() == QEvent::MouseButtonPress &&
        static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton && candidate_at(at()) < 0 &&
        on_line(at())) {
        setFocus(Qt::MouseFocusReason);
        dragging_ = true;
        // The line turns about the point where it crosses the middle of the cloud, or, grabbed near there,
        // about the far end.
        const QCPRange y = plot()->yAxis->range();
        const double grabbed = plot()->yAxis->pixelToCoord(at().y());
        const double height =
            std::abs(grabbed - y.center()) > y.size() / 8 ? y.center() : y.lower + y.size() / 8;
        pivot_ = {threshold_ - (std::isinf(tau_) ? 0 : height / tau_), height};
        return true;
    }
    if (dragging_ && event->type() == QEvent::MouseMove) {
        drag_to(at());
        return true;
    }
    if (dragging_ && event->type() == QEvent::MouseButtonRelease) {
        dragging_ = false;
        return true;
    }
    if (event->type() == QEvent::MouseMove)
        plot()->setCursor(candidate_at(at()) < 0 && on_line(at()) ? Qt::SizeAllCursor : Qt::ArrowCursor);
    return PlotView::eventFilter(watched, event);
}

QString CandidatePlane::readout(const QPoint& position) const {
    const int rank = candidate_at(position);
    if (rank < 0)
        return on_line(position)
                   ? tr("Candidates of equal score at τ %1\ndrag to change τ").arg(tau_, 0, 'g', 4)
                   : QString();
    const auto& candidate = candidates_[rank];
    QString text = tr("rank %1, %2\nmean −log p %3 nats (perplexity %4)\nσ %5\nscore at τ %6: %7")
                       .arg(rank + 1)
                       .arg(candidate.kept ? tr("kept") : tr("pruned"))
                       .arg(candidate.likelihood(), 0, 'f', 4)
                       .arg(std::exp(candidate.likelihood()), 0, 'f', 2)
                       .arg(candidate.sigma, 0, 'g', 5)
                       .arg(tau_, 0, 'g', 4)
                       .arg(candidate.likelihood() + candidate.sigma / tau_, 0, 'f', 4);
    if (!candidate.text.isEmpty())
        text += QStringLiteral("\n…") + candidate.text.simplified().right(48);
    return text;
}

void CandidatePlane::clicked(const QPoint& position) {
    if (const int rank = candidate_at(position); rank >= 0)
        Q_EMIT candidate_selected(rank);
}

void CandidatePlane::step_selection(int layers, int experts) {
    if (candidates_.isEmpty())
        return;
    if (layers != 0 && std::isfinite(tau_))
        Q_EMIT tau_changed(std::clamp(tau_ * std::pow(1.05, -layers), least_tau, most_tau));
    if (experts != 0)
        Q_EMIT candidate_selected(std::clamp(selected_ + experts, 0, int(candidates_.size()) - 1));
}

TextTable CandidatePlane::data() const {
    TextTable table{{QStringLiteral("rank"), QStringLiteral("nats"), QStringLiteral("perplexity"),
                     QStringLiteral("sigma"), QStringLiteral("kept"), QStringLiteral("tau"),
                     QStringLiteral("score"), QStringLiteral("kept_at_tau")},
                    {}};
    for (int rank = 0; rank < candidates_.size(); ++rank) {
        const auto& candidate = candidates_[rank];
        const double nats = candidate.likelihood();
        table.rows.append({QString::number(rank), QString::number(nats, 'g', 9),
                           QString::number(std::exp(nats), 'g', 9), QString::number(candidate.sigma, 'g', 9),
                           QString::number(int(candidate.kept)), QString::number(tau_, 'g', 9),
                           QString::number(nats + candidate.sigma / tau_, 'g', 9),
                           QString::number(int(choice_.kept.contains(rank)))});
    }
    return table;
}

} // namespace moequant
