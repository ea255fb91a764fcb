#include "app/workbench/pages/search_view.h"

#include "app/workbench/learn/topics.h"
#include "widgets/plots/candidate_plane.h"
#include "widgets/plots/layer_lines.h"
#include "widgets/plots/search_tree.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr int replay_interval = 120; ///< ms a step

QString tau_text(double tau) {
    return std::isinf(tau) ? QStringLiteral("∞") : QString::number(tau, 'g', 3);
}

} // namespace

SearchView::SearchView(QAction* preview, QWidget* parent)
    : QWidget(parent),
      table_(new DataTable(tr("Candidates"), &beams_)),
      tree_(new SearchTree),
      plane_(new CandidatePlane),
      course_(new LayerLines(tr("Best beam by step"))),
      preview_(preview),
      sequence_(new QComboBox),
      steps_(new QSlider(Qt::Horizontal)),
      back_(new QToolButton),
      play_(new QToolButton),
      next_(new QToolButton),
      search_again_(new QToolButton),
      where_(new QLabel),
      note_(new QLabel) {
    table_->set_stretch_column(BeamModel::Text);
    table_->view()->setTextElideMode(Qt::ElideLeft);
    table_->set_explanation(explanation("candidates"));
    tree_->set_explanation(explanation("search-tree"));
    plane_->set_explanation(explanation("plane"));
    course_->set_explanation(explanation("course"));
    course_->set_step_title(tr("Step"));
    course_->set_empty(tr("Shows how the best beam's two score parts develop: likelihood against imbalance."),
                       preview);
    table_->set_empty(
        tr("Shows the candidates of every search step: what they say, how likely and how balanced they are."),
        preview);
    tree_->set_empty(tr("Shows which branches of a search were kept and which were pruned."), preview);
    plane_->set_empty(
        tr("Shows a step's candidates by likelihood and balance; drag the line to see what another τ keeps."),
        preview);

    auto* left = new QSplitter(Qt::Vertical);
    left->addWidget(table_);
    left->addWidget(tree_);
    left->setSizes({230, 260});
    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(plane_);
    right->addWidget(course_);
    right->setSizes({280, 220});
    auto* both = new QSplitter(Qt::Horizontal);
    both->addWidget(left);
    both->addWidget(right);
    both->setSizes({540, 400});
    both->setStretchFactor(0, 4);
    both->setStretchFactor(1, 3);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(build_bar());
    layout->addWidget(both, 1);

    soon_.setSingleShot(true);
    soon_.setInterval(100);
    connect(&soon_, &QTimer::timeout, this, &SearchView::refresh);
    clock_.setInterval(replay_interval);
    connect(&clock_, &QTimer::timeout, this, [this] { move(1); });
    connect(tree_, &SearchTree::step_selected, this, [this](int step, int rank) {
        show_step(step);
        if (rank >= 0)
            table_->view()->selectRow(beams_.row(rank));
    });
    connect(plane_, &CandidatePlane::tau_changed, this, &SearchView::tau_changed);
    connect(plane_, &CandidatePlane::candidate_selected, this,
            [this](int rank) { table_->view()->selectRow(beams_.row(rank)); });
    connect(table_, &DataTable::row_selected, this,
            [this](int row) { plane_->select_candidate(beams_.rank(row)); });
    connect(table_, &DataTable::message, this, &SearchView::message);
    connect(tree_, &PlotView::message, this, &SearchView::message);
    connect(plane_, &PlotView::message, this, &SearchView::message);
    connect(course_, &PlotView::message, this, &SearchView::message);
    connect(course_, &LayerLines::layer_selected, this, &SearchView::show_step);
    refresh();
}

QWidget* SearchView::build_bar() {
    sequence_->setAccessibleName(tr("Sequence whose search is shown"));
    sequence_->setToolTip(sequence_->accessibleName());
    sequence_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (QWidget* looked_at : std::initializer_list<QWidget*>{sequence_, steps_})
        looked_at->setProperty("no_undo", true);
    connect(sequence_, &QComboBox::currentIndexChanged, this, [this] {
        follow_ = true;
        refresh();
    });
    const auto set_up = [this](QToolButton* button, const QString& text, const QString& name, int steps) {
        button->setText(text);
        button->setAccessibleName(name);
        button->setToolTip(name);
        button->setAutoRepeat(steps != 0);
        if (steps != 0)
            connect(button, &QToolButton::clicked, this, [this, steps] {
                play(false);
                move(steps);
            });
    };
    set_up(back_, QStringLiteral("◀"), tr("One step back"), -1);
    set_up(play_, QStringLiteral("▮▮"), tr("Replay the search"), 0);
    set_up(next_, QStringLiteral("▶"), tr("One step on"), 1);
    play_->setCheckable(true);
    connect(play_, &QToolButton::clicked, this, &SearchView::play);
    steps_->setAccessibleName(tr("Step of the search"));
    steps_->setToolTip(tr("Step of the search that the pictures show"));
    connect(steps_, &QSlider::valueChanged, this, [this](int step) {
        follow_ = step == steps_->maximum();
        show_step(step);
    });
    where_->setMinimumWidth(where_->fontMetrics().horizontalAdvance(tr("step %1 of %2").arg(8888).arg(8888)));
    note_->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    for (QWidget* widget : std::initializer_list<QWidget*>{sequence_, back_, play_, next_})
        row->addWidget(widget);
    row->addWidget(steps_, 1);
    row->addWidget(where_);
    auto* bar = new QWidget;
    auto* layout = new QVBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(row);
    search_again_->setDefaultAction(preview_);
    search_again_->setAccessibleName(tr("Run the real search at this τ"));
    auto* note = new QWidget;
    auto* note_row = new QHBoxLayout(note);
    note_row->setContentsMargins(0, 0, 0, 0);
    note_row->addWidget(note_, 1);
    note_row->addWidget(search_again_);
    layout->addWidget(note);
    play(false);
    return bar;
}

void SearchView::clear() {
    searches_.clear();
    play(false);
    follow_ = true;
    step_ = -1;
    const QSignalBlocker quiet(sequence_);
    sequence_->clear();
    refresh();
}

BeamSearch* SearchView::shown() {
    const auto found = searches_.find(sequence_->currentData().toInt());
    return sequence_->currentIndex() < 0 || found == searches_.end() ? nullptr : &found->second;
}

void SearchView::add_step(int sequence, double tau, int step, const QVector<BeamCandidate>& candidates) {
    BeamSearch& search = searches_[sequence];
    if (search.steps.isEmpty()) {
        search.sequence = sequence;
        search.tau = tau;
        const QSignalBlocker quiet(sequence_);
        sequence_->addItem(tr("Sequence %1").arg(sequence), sequence);
        if (sequence_->currentIndex() < 0)
            sequence_->setCurrentIndex(0);
    }
    if (step >= search.steps.size())
        search.steps.resize(step + 1);
    search.steps[step] = candidates;
    if (!soon_.isActive())
        soon_.start();
}

void SearchView::set_searches(const QVector<BeamSearch>& searches) {
    const QVariant before = sequence_->currentData();
    for (const auto& search : searches)
        searches_[search.sequence] = search;
    {
        const QSignalBlocker quiet(sequence_);
        sequence_->clear();
        for (const auto& [number, search] : searches_)
            sequence_->addItem(tr("Sequence %1").arg(number), number);
        sequence_->setCurrentIndex(std::max(0, sequence_->findData(before)));
    }
    refresh();
}

void SearchView::set_tau(double tau) {
    if (tau == tau_)
        return;
    tau_ = tau;
    show_choice();
}

void SearchView::set_sigma_title(const QString& title) {
    plane_->set_sigma_title(title);
}

void SearchView::refresh() {
    const BeamSearch* search = shown();
    const int last = search ? search->last_step() : -1;
    tree_->set_search(search ? *search : BeamSearch());
    show_course();
    {
        const QSignalBlocker quiet(steps_);
        steps_->setRange(0, std::max(0, last));
    }
    for (QWidget* widget : std::initializer_list<QWidget*>{sequence_, back_, play_, next_, steps_})
        widget->setEnabled(last >= 0);
    show_step(follow_ || step_ > last ? last : step_);
}

void SearchView::show_step(int step) {
    const BeamSearch* search = shown();
    step_ = search && step < search->steps.size() ? step : -1;
    {
        const QSignalBlocker quiet(steps_);
        steps_->setValue(std::max(0, step_));
    }
    where_->setText(step_ < 0 ? QString() : tr("step %1 of %2").arg(step_).arg(steps_->maximum()));
    tree_->select_step(step_);
    course_->select_layer(step_);
    plane_->set_candidates(step_ < 0 ? QVector<BeamCandidate>() : search->steps[step_], tau_);
    show_choice();
}

void SearchView::show_choice() {
    const BeamSearch* search = shown();
    changed_ = search && search->tau != tau_ ? first_change(*search, tau_) : -1;
    tree_->set_first_change(changed_);
    plane_->set_tau(tau_);
    beams_.set_candidates(step_ < 0 ? QVector<BeamCandidate>() : search->steps[step_], tau_);
    table_->set_title(title());
    if (!search || search->tau == tau_)
        note_->setText({});
    else if (changed_ < 0)
        note_->setText(tr("Searched at τ %1; at τ %2 every step would keep the same candidates.")
                           .arg(tau_text(search->tau), tau_text(tau_)));
    else
        note_->setText(tr("Searched at τ %1. At τ %2 step %3 would keep others; what comes after it is grey.")
                           .arg(tau_text(search->tau), tau_text(tau_))
                           .arg(changed_));
    note_->parentWidget()->setVisible(!note_->text().isEmpty());
    search_again_->setVisible(changed_ >= 0);
}

void SearchView::show_course() {
    const BeamSearch* search = shown();
    course_->set_lines(search ? best_beam_lines(*search) : QVector<LineSeries>(), tr("Nats"));
    course_->select_layer(step_);
}

QString SearchView::title() const {
    if (step_ < 0)
        return tr("Candidates");
    return changed_ >= 0 && step_ > changed_ ? tr("Candidates, step %1 (after another choice)").arg(step_)
                                             : tr("Candidates, step %1").arg(step_);
}

void SearchView::move(int steps) {
    const BeamSearch* search = shown();
    int step = step_ + steps;
    while (search && step >= 0 && step < search->steps.size() && search->steps[step].isEmpty())
        step += steps; // not seen
    if (!search || step < 0 || step > search->last_step())
        return play(false);
    follow_ = step == search->last_step();
    show_step(step);
}

void SearchView::play(bool on) {
    const BeamSearch* search = shown();
    if (on && search && step_ >= search->last_step()) {
        follow_ = false;
        show_step(0);
    }
    on ? clock_.start() : clock_.stop();
    play_->setChecked(on);
    play_->setText(on ? QStringLiteral("▮▮") : QStringLiteral("▷"));
    play_->setToolTip(on ? tr("Pause") : tr("Replay the search"));
}

} // namespace moequant
