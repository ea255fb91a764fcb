#include "widgets/tables/sequence_model.h"

#include "widgets/tables/table_text.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QFont>
#include <QPalette>

#include <algorithm>

namespace moequant {

void SequenceModel::set_sequences(const QVector<SetSequence>& sequences) {
    QVector<SetSequence> pinned;
    for (const auto& sequence : sequences_)
        if (sequence.state == SequenceState::Pinned)
            pinned.append(sequence);
    beginResetModel();
    sequences_ = pinned;
    for (const auto& sequence : sequences)
        if (std::none_of(pinned.begin(), pinned.end(),
                         [&](const SetSequence& other) { return other.ids == sequence.ids; }))
            sequences_.append(sequence);
    endResetModel();
    Q_EMIT states_changed();
}

void SequenceModel::set_state(int row, SequenceState state) {
    if (row < 0 || row >= sequences_.size() || sequences_[row].state == state)
        return;
    sequences_[row].state = state;
    Q_EMIT dataChanged(index(row, 0), index(row, Columns - 1));
    Q_EMIT states_changed();
}

QVector<SetSequence> SequenceModel::accepted() const {
    QVector<SetSequence> kept;
    for (const auto& sequence : sequences_)
        if (sequence.state != SequenceState::Rejected)
            kept.append(sequence);
    return kept;
}

int SequenceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(sequences_.size());
}

int SequenceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : Columns;
}

QVariant SequenceModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& sequence = sequences_[index.row()];
    const int column = index.column();
    if (role == Qt::TextAlignmentRole)
        return QVariant((column == Text || column == State ? Qt::AlignLeft : Qt::AlignRight) |
                        Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && sequence.state == SequenceState::Rejected)
        return muted_text(QApplication::palette());
    if (role == Qt::FontRole && column == Text && sequence.state == SequenceState::Rejected) {
        QFont font = QApplication::font();
        font.setStrikeOut(true);
        return font;
    }
    if (role == Qt::ToolTipRole && column == Text)
        return sequence.text.left(2000);
    if (role == Qt::ToolTipRole && sequence.degenerate)
        return tr(
            "Loops: few distinct 4-grams, one cycle over much of it, or text that shrinks below a tenth");
    if (role != Qt::DisplayRole && role != raw_role)
        return {};
    const auto number = [role](double value, int digits) {
        return role == raw_role ? QVariant(value) : QVariant(QString::number(value, 'f', digits));
    };
    switch (column) {
    case Number:
        return role == raw_role ? QVariant(index.row() + 1) : QVariant(QString::number(index.row() + 1));
    case State: {
        const QString mark = sequence.state == SequenceState::Pinned     ? tr("pinned")
                             : sequence.state == SequenceState::Rejected ? tr("rejected")
                                                                         : QString();
        if (!sequence.degenerate)
            return mark;
        return mark.isEmpty() ? tr("⚠ loops") : tr("⚠ loops, %1").arg(mark);
    }
    case Text:
        return sequence.text.isEmpty() ? tr("%1 token ids").arg(sequence.ids.size())
               : role == raw_role      ? sequence.text
                                       : sequence.text.left(200).simplified();
    case Likelihood:
        return number(-sequence.log_prob / double(std::max<qsizetype>(1, sequence.ids.size())), 3);
    case Sigma:
        return number(sequence.sigma, 3);
    case Score:
        return number(sequence.score, 3);
    case Distinct:
        return number(sequence.distinct4, 3);
    case Cycle:
        return number(100 * sequence.cycle_share, 0);
    default:
        return {};
    }
}

QVariant SequenceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Text || section == State ? Qt::AlignLeft : Qt::AlignRight) |
                        Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        switch (section) {
        case Likelihood:
            return tr("Mean −log p of a token, in nats");
        case Distinct:
            return tr("Distinct 4-grams over all; below 0.3 counts as loops");
        case Cycle:
            return tr("Share that one cycle of at most 16 tokens covers; above 30 % counts as loops");
        default:
            return {};
        }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("#");
    case State:
        return tr("State");
    case Text:
        return tr("Text");
    case Likelihood:
        return tr("Nats");
    case Sigma:
        return tr("σ");
    case Score:
        return tr("Score");
    case Distinct:
        return tr("Distinct-4");
    case Cycle:
        return tr("Cycle (%)");
    default:
        return {};
    }
}

} // namespace moequant
