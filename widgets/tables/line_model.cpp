#include "widgets/tables/line_model.h"

#include "widgets/tables/table_text.h"

namespace moequant {

LineModel::LineModel(const QString& number, const QString& text, QObject* parent)
    : QAbstractTableModel(parent), number_(number), text_(text) {}

void LineModel::append(int number, const QString& text, bool mark) {
    beginInsertRows({}, int(lines_.size()), int(lines_.size()));
    lines_.append({number, text, mark});
    endInsertRows();
}

void LineModel::clear() {
    beginResetModel();
    lines_.clear();
    endResetModel();
}

int LineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(lines_.size());
}

int LineModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 2;
}

QVariant LineModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& line = lines_[index.row()];
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == 0 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (index.column() == 0)
        return role == Qt::DisplayRole || role == raw_role ? QVariant(line.number) : QVariant();
    if (role == Qt::DisplayRole && line.mark)
        return QStringLiteral("⚠ ") + line.text;
    return role == Qt::DisplayRole || role == raw_role || role == Qt::ToolTipRole ? QVariant(line.text)
                                                                                  : QVariant();
}

QVariant LineModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == 0 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? QVariant(section == 0 ? number_ : text_) : QVariant();
}

} // namespace moequant
