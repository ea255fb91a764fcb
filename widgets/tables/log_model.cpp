#include "widgets/tables/log_model.h"

#include "widgets/tables/table_text.h"

#include <QTimer>

#include <algorithm>

namespace moequant {

LogModel::LogModel(QObject* parent) : QAbstractTableModel(parent) {}

void LogModel::append(const QString& text, bool warning) {
    if (pending_.empty())
        QTimer::singleShot(50, this, &LogModel::take_pending);
    pending_.push_back({QDateTime::currentDateTime(), text, warning});
    if (pending_.size() > most_lines)
        pending_.pop_front();
}

void LogModel::take_pending() {
    const int fresh = int(pending_.size()), drop = int(lines_.size()) + fresh - most_lines;
    if (drop > 0 && !lines_.empty()) {
        const int gone = std::min(drop, int(lines_.size()));
        beginRemoveRows({}, 0, gone - 1);
        lines_.erase(lines_.begin(), lines_.begin() + gone);
        endRemoveRows();
    }
    beginInsertRows({}, int(lines_.size()), int(lines_.size()) + fresh - 1);
    lines_.insert(lines_.end(), pending_.begin(), pending_.end());
    pending_.clear();
    endInsertRows();
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(lines_.size());
}

int LogModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : Columns;
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line& line = lines_[std::size_t(index.row())];
    if (role == Qt::ToolTipRole && index.column() == Text)
        return line.text;
    if (role != Qt::DisplayRole && role != raw_role)
        return {};
    switch (index.column()) {
    case Time:
        return line.time.toString(role == raw_role ? "yyyy-MM-ddTHH:mm:ss.zzz" : "HH:mm:ss");
    case Severity:
        return line.warning ? tr("warning") : tr("note");
    case Text:
        return line.text;
    default:
        return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Severity:
        return tr("Severity");
    case Text:
        return tr("Text");
    default:
        return {};
    }
}

} // namespace moequant
