#include "widgets/tables/fact_model.h"

#include "widgets/tables/table_text.h"

namespace moequant {

void FactModel::set_facts(const QVector<QPair<QString, QString>>& facts) {
    beginResetModel();
    facts_ = facts;
    endResetModel();
}

int FactModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(facts_.size());
}

int FactModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 2;
}

QVariant FactModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& fact = facts_[index.row()];
    if (role == Qt::DisplayRole || role == raw_role || role == Qt::ToolTipRole)
        return index.column() == 0 ? fact.first : fact.second;
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    return {};
}

QVariant FactModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::DisplayRole)
        return section == 0 ? tr("Property") : tr("Value");
    return {};
}

} // namespace moequant
