#include "app/workbench/pages/set_view.h"

#include "app/workbench/learn/topics.h"
#include "widgets/plots/set_course.h"
#include "widgets/tables/data_table.h"

#include <QAction>
#include <QItemSelectionModel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace moequant {

SetView::SetView(QAction* preview, QAction* generate, QWidget* parent)
    : QWidget(parent),
      table_(new DataTable(tr("Sequences"), &sequences_)),
      set_table_(new DataTable(tr("Sets so far"), &sets_)),
      course_(new SetCourse),
      text_(new QPlainTextEdit),
      accept_(new QAction(tr("Accept as a source"), this)) {
    accept_->setToolTip(tr("Write the set without the rejected sequences and offer it on the other pages"));
    accept_->setEnabled(false);
    connect(accept_, &QAction::triggered, this, [this] { Q_EMIT accepted(sequences_.accepted()); });
    pin_ =
        state_button(tr("Pin"), tr("Keep this sequence when another set is written"), SequenceState::Pinned);
    pin_->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_P);
    reject_ = state_button(tr("Reject"), tr("Leave this sequence out of what is accepted"),
                           SequenceState::Rejected);
    reject_->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    loops_ = new QToolButton;
    loops_->setText(tr("Reject loops"));
    loops_->setToolTip(tr("Leave out every sequence that repeats itself"));
    connect(loops_, &QToolButton::clicked, this, [this] {
        for (int row = 0; row < sequences_.rowCount(); ++row)
            if (sequences_.sequences()[row].degenerate &&
                sequences_.sequences()[row].state != SequenceState::Pinned)
                sequences_.set_state(row, SequenceState::Rejected);
    });
    auto* accept = new QToolButton;
    accept->setDefaultAction(accept_);
    table_->set_stretch_column(SequenceModel::Text);
    for (auto* button : {pin_, reject_, loops_, accept})
        table_->add_header_widget(button);
    table_->set_explanation(explanation("set"));
    course_->set_explanation(explanation("course"));
    table_->set_empty(tr("Shows what the model wrote: every sequence of the last set, to pin or to reject."),
                      preview);
    course_->set_empty(tr("Shows how balance and perplexity settle with the number of sequences."), preview);
    sets_.set_name_title(tr("Set"));
    set_table_->set_explanation(explanation("set"));
    set_table_->set_empty(tr("Compares the sets written with different τ and w in one row each."), generate);

    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(course_);
    right->addWidget(set_table_);
    right->setSizes({300, 220});
    text_->setReadOnly(true);
    text_->setAccessibleName(tr("Text of the selected sequence"));
    text_->setPlaceholderText(tr("Select a sequence to read it."));
    auto* left = new QSplitter(Qt::Vertical);
    left->addWidget(table_);
    left->addWidget(text_);
    left->setSizes({380, 130});
    left->setStretchFactor(0, 3);
    left->setStretchFactor(1, 1);
    auto* both = new QSplitter(Qt::Horizontal);
    both->addWidget(left);
    both->addWidget(right);
    both->setSizes({560, 390});
    both->setStretchFactor(0, 3);
    both->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(both);

    connect(table_, &DataTable::row_selected, this, [this](int row) {
        selected_ = row;
        const auto& sequence = sequences_.sequences()[row];
        QStringList ids;
        for (const int id : sequence.ids)
            ids.append(QString::number(id));
        text_->setPlainText(sequence.text.isEmpty() ? ids.join(u' ') : sequence.text);
        show_states();
    });
    connect(&sequences_, &SequenceModel::states_changed, this, &SetView::show_states);
    for (auto* table : {table_, set_table_})
        connect(table, &DataTable::message, this, &SetView::message);
    connect(course_, &PlotView::message, this, &SetView::message);
    show_states();
}

QToolButton* SetView::state_button(const QString& text, const QString& tip, SequenceState state) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setCheckable(true);
    connect(button, &QToolButton::clicked, this, [this, state](bool on) {
        if (selected_ >= 0)
            sequences_.set_state(selected_, on ? state : SequenceState::None);
    });
    return button;
}

void SetView::set_sequences(const QVector<SetSequence>& sequences) {
    selected_ = -1;
    text_->clear();
    sequences_.set_sequences(sequences);
}

void SetView::set_course(const QVector<double>& cv, const QVector<double>& perplexity) {
    course_->set_course(cv, perplexity);
}

void SetView::add_set(const QVector<double>& values) {
    RunRow row;
    row.name = QString::number(rows_.size() + 1);
    row.values = values;
    rows_.append(row);
    sets_.set_runs({{tr("τ"), 2, RunColumn::Better::Neither},
                    {tr("w"), 0, RunColumn::Better::Neither},
                    {tr("Tokens"), 0, RunColumn::Better::Neither},
                    {tr("CV"), 3, RunColumn::Better::Lower},
                    {tr("PPL"), 2, RunColumn::Better::Lower},
                    {tr("Loops (%)"), 1, RunColumn::Better::Lower},
                    {tr("Time (s)"), 1, RunColumn::Better::Neither}},
                   rows_);
}

void SetView::show_states() {
    const auto& all = sequences_.sequences();
    const bool any = selected_ >= 0 && selected_ < all.size();
    const SequenceState state = any ? all[selected_].state : SequenceState::None;
    pin_->setEnabled(any);
    reject_->setEnabled(any);
    pin_->setChecked(state == SequenceState::Pinned);
    reject_->setChecked(state == SequenceState::Rejected);
    qsizetype loops = 0;
    for (const auto& sequence : all)
        loops += sequence.degenerate;
    for (auto* button : {pin_, reject_, loops_})
        button->setVisible(!all.isEmpty());
    loops_->setEnabled(loops > 0);
    const auto left = sequences_.accepted().size();
    accept_->setEnabled(left > 0);
    table_->set_title(all.isEmpty()        ? tr("Sequences")
                      : left == all.size() ? tr("Sequences, %1").arg(all.size())
                                           : tr("Sequences, %1 of %2").arg(left).arg(all.size()));
}

} // namespace moequant
