#include "widgets/tables/beam_model.h"

#include "widgets/tables/table_text.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QPalette>

#include <algorithm>

namespace moequant {

BeamModel::BeamModel(QObject* parent) : QAbstractTableModel(parent) {}

void BeamModel::set_candidates(const QVector<BeamCandidate>& candidates, double tau) {
    const QVector<int> kept = choose(candidates, tau).kept;
    QVector<int> left;
    for (int rank = 0; rank < candidates.size(); ++rank)
        if (!kept.contains(rank))
            left.append(rank);
    const auto score = [&](int rank) { return candidates[rank].likelihood() + candidates[rank].sigma / tau; };
    std::stable_sort(left.begin(), left.end(), [&](int a, int b) { return score(a) < score(b); });
    // A step replaces the rows: same number of rows keeps selection and scroll position.
    const bool same = candidates.size() == candidates_.size() && !candidates.isEmpty();
    if (!same)
        beginResetModel();
    ranks_ = kept + left;
    candidates_.clear();
    stays_.clear();
    for (const int rank : ranks_) {
        candidates_.append(candidates[rank]);
        candidates_.last().score = score(rank);
        stays_.append(candidates_.size() <= kept.size());
    }
    tau_ = tau;
    if (same)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
    else
        endResetModel();
}

int BeamModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(candidates_.size());
}

int BeamModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : Columns;
}

QVariant BeamModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& candidate = candidates_[index.row()];
    if (role == Qt::TextAlignmentRole)
        return QVariant(index.column() == Text ? Qt::AlignLeft | Qt::AlignVCenter
                                               : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && !stays_[index.row()])
        return muted_text(QApplication::palette());
    if (role == Qt::ToolTipRole && index.column() == Text)
        return candidate.text;
    if (role != Qt::DisplayRole && role != raw_role)
        return {};
    const auto number = [role](double value, int digits) {
        return role == raw_role ? QVariant(value) : QVariant(QString::number(value, 'f', digits));
    };
    switch (index.column()) {
    case Rank:
        return role == raw_role ? QVariant(index.row() + 1) : QVariant(QString::number(index.row() + 1));
    case Text: {
        QString tail = candidate.text.simplified();
        return tail.size() > 60 && role == Qt::DisplayRole ? QVariant(u'…' + tail.right(60)) : QVariant(tail);
    }
    case LogLikelihood:
        return number(candidate.log_p / candidate.length, 3);
    case Sigma:
        return number(candidate.sigma, 3);
    case SigmaOverTau:
        return number(candidate.sigma / tau_, 3);
    case Score:
        return number(candidate.score, 4);
    case Kept:
        if (role == raw_role)
            return stays_[index.row()];
        if (candidate.kept == stays_[index.row()])
            return candidate.kept ? tr("kept") : tr("pruned");
        return candidate.kept ? tr("pruned now") : tr("kept now");
    default:
        return {};
    }
}

QVariant BeamModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case LogLikelihood:
            return tr("Mean log-probability of a token, in nats");
        case Sigma:
            return tr("Spread of expert usage that this candidate is judged by");
        case Score:
            return tr("−Σ log p / length + σ / τ; lower wins");
        default:
            return {};
        }
    }
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == Text ? Qt::AlignLeft | Qt::AlignVCenter
                                        : Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Rank:
        return tr("#");
    case Text:
        return tr("Text tail");
    case LogLikelihood:
        return tr("Σ log p / length");
    case Sigma:
        return tr("σ");
    case SigmaOverTau:
        return tr("σ / τ");
    case Score:
        return tr("Score");
    case Kept:
        return tr("State");
    default:
        return {};
    }
}

} // namespace moequant
