#include "widgets/plots/search_tree.h"

#include "widgets/plots/branch_graph.h"
#include "widgets/plots/expert_ticker.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace moequant {
namespace {

constexpr int steps_at_once = 60; ///< shown of a long search until the range is changed

} // namespace

SearchTree::SearchTree(QWidget* parent)
    : PlotView(tr("Search tree"), parent), branches_(new BranchGraph(plot())) {
    plot()->xAxis->setLabel(tr("Step"));
    plot()->yAxis->setLabel(tr("Rank"));
    plot()->yAxis->setRangeReversed(true);
    plot()->xAxis->grid()->setVisible(false);
    plot()->yAxis->grid()->setVisible(false);
    for (auto* axis : {plot()->xAxis, plot()->yAxis})
        axis->setTicker(QSharedPointer<ExpertTicker>::create());
    axes()->setRangeDrag(Qt::Horizontal);
    axes()->setRangeZoom(Qt::Horizontal);
    connect(plot()->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this](const QCPRange& range) {
                plot()->xAxis->setRange(range.bounded(-0.7, std::max(1.0, search_.last_step() + 0.7)));
            });
    restyle();
}

void SearchTree::set_search(const BeamSearch& search) {
    const bool grown = search.sequence == search_.sequence && search_.last_step() >= 0 &&
                       search.last_step() >= search_.last_step();
    search_ = search;
    alive_ = survivors(search_);
    path_ = best_path(search_);
    branches_->set(&search_, &alive_, &path_);
    int ranks = 1;
    for (const auto& step : search_.steps)
        ranks = std::max(ranks, int(step.size()));
    const bool taller = ranks != ranks_;
    ranks_ = ranks;
    QVector<int> labels(ranks + 1);
    std::iota(labels.begin(), labels.end(), 0);
    auto ticker = plot()->yAxis->ticker().staticCast<ExpertTicker>();
    ticker->set_labels(labels);
    ticker->set_room(std::min(ranks + 1, 8));
    show_content(search_.last_step() >= 0);
    describe(tr("Steps: %1, at most %2 candidates each").arg(search_.last_step() + 1).arg(ranks_));
    QVector<int> steps(std::max(1, search_.last_step() + 1));
    std::iota(steps.begin(), steps.end(), 0);
    plot()->xAxis->ticker().staticCast<ExpertTicker>()->set_labels(steps);
    const QCPRange range = plot()->xAxis->range();
    if (!grown || taller || (range.lower == left_ && range.upper == right_))
        reset_axes();
    restyle();
    redraw();
}

void SearchTree::set_first_change(int step) {
    if (step == change_)
        return;
    change_ = step;
    branches_->set_marks(step_, change_);
    restyle(); // the key
    redraw();
}

void SearchTree::select_step(int step) {
    step_ = step;
    branches_->set_marks(step_, change_);
    auto* axis = plot()->xAxis;
    const QCPRange range = axis->range();
    if (step >= 0 && (step < range.lower + 0.2 || step > range.upper - 0.2)) {
        const double room = range.size() / 8; // some of what comes next
        if (step > range.center())
            axis->setRange(step + room - range.size(), step + room);
        else
            axis->setRange(step - room, step - room + range.size());
        left_ = axis->range().lower, right_ = axis->range().upper;
    }
    redraw();
}

void SearchTree::show_every_step() {
    plot()->xAxis->setRange(-0.7, std::max(1, search_.last_step()) + 0.7);
    redraw();
}

void SearchTree::apply_style(const PlotStyle& style) {
    branches_->set_style(style);
}

QVector<KeyEntry> SearchTree::key() const {
    if (search_.last_step() < 0)
        return {};
    QVector<KeyEntry> entries = {
        {tr("best branch"), best_branch_color, KeyEntry::Mark::Line, QCPScatterStyle::ssDisc},
        {tr("kept"), QColor(), KeyEntry::Mark::Line, QCPScatterStyle::ssDisc},
        {tr("pruned"), style_now().muted, KeyEntry::Mark::Line, QCPScatterStyle::ssCircle}};
    if (change_ >= 0)
        entries.append({tr("first other choice"), best_branch_color, KeyEntry::Mark::Dashes, -1});
    return entries;
}

void SearchTree::reset_axes() {
    const int last = std::max(1, search_.last_step());
    plot()->yAxis->setRange(0.3, ranks_ + 0.7);
    if (last <= steps_at_once)
        plot()->xAxis->setRange(-0.7, last + 0.7);
    else {
        const double left = std::clamp(double(step_) - steps_at_once / 2.0, -0.7, last + 0.7 - steps_at_once);
        plot()->xAxis->setRange(left, left + steps_at_once);
    }
    left_ = plot()->xAxis->range().lower, right_ = plot()->xAxis->range().upper;
}

void SearchTree::resizeEvent(QResizeEvent* event) {
    PlotView::resizeEvent(event);
    plot()->xAxis->ticker().staticCast<ExpertTicker>()->set_room(width() / 44);
}

bool SearchTree::place_at(const QPoint& position, int& step, int& rank) const {
    if (!axes()->rect().contains(position))
        return false;
    step = qRound(plot()->xAxis->pixelToCoord(position.x()));
    if (step < 0 || step >= search_.steps.size() || search_.steps[step].isEmpty())
        return false;
    const double at = plot()->yAxis->pixelToCoord(position.y()) - 1;
    rank = qRound(at);
    const double pixels = std::abs(plot()->yAxis->coordToPixel(rank + 1) - position.y());
    if (rank < 0 || rank >= search_.steps[step].size() || pixels > 12)
        rank = -1;
    return true;
}

QString SearchTree::readout(const QPoint& position) const {
    int step = 0, rank = 0;
    if (!place_at(position, step, rank))
        return {};
    if (rank < 0)
        return tr("Step %1: %2 candidates").arg(step).arg(search_.steps[step].size());
    const auto& candidate = search_.steps[step][rank];
    QString text = tr("Step %1, rank %2: %3\nmean −log p %4 nats, σ %5, score %6")
                       .arg(step)
                       .arg(rank + 1)
                       .arg(candidate.kept ? tr("kept") : tr("pruned"))
                       .arg(candidate.likelihood(), 0, 'f', 4)
                       .arg(candidate.sigma, 0, 'g', 5)
                       .arg(candidate.score, 0, 'f', 4);
    if (!candidate.text.isEmpty())
        text += QStringLiteral("\n…") + candidate.text.simplified().right(48);
    return text;
}

void SearchTree::clicked(const QPoint& position) {
    int step = 0, rank = 0;
    if (place_at(position, step, rank))
        Q_EMIT step_selected(step, rank);
}

void SearchTree::step_selection(int, int experts) {
    for (int step = step_ + experts; experts != 0 && step >= 0 && step < search_.steps.size();
         step += experts)
        if (!search_.steps[step].isEmpty()) {
            Q_EMIT step_selected(step, -1);
            return;
        }
}

TextTable SearchTree::data() const {
    TextTable table{{QStringLiteral("step"), QStringLiteral("rank"), QStringLiteral("parent"),
                     QStringLiteral("token"), QStringLiteral("log_p"), QStringLiteral("sigma"),
                     QStringLiteral("score"), QStringLiteral("kept"), QStringLiteral("survives")},
                    {}};
    for (int step = 0; step < search_.steps.size(); ++step)
        for (int rank = 0; rank < search_.steps[step].size(); ++rank) {
            const auto& candidate = search_.steps[step][rank];
            table.rows.append(
                {QString::number(step), QString::number(rank), QString::number(candidate.parent),
                 QString::number(candidate.token), QString::number(candidate.log_p, 'g', 9),
                 QString::number(candidate.sigma, 'g', 9), QString::number(candidate.score, 'g', 9),
                 QString::number(int(candidate.kept)), QString::number(int(alive_[step][rank]))});
        }
    return table;
}

} // namespace moequant
