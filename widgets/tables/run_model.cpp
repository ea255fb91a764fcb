#include "widgets/tables/run_model.h"

#include "widgets/tables/table_text.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QFont>

#include <cmath>

namespace moequant {

void RunModel::set_runs(const QVector<RunColumn>& columns, const QVector<RunRow>& rows) {
    beginResetModel();
    columns_ = columns;
    rows_ = rows;
    endResetModel();
}

void RunModel::set_name_title(const QString& title) {
    name_title_ = title;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, 0);
}

int RunModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

int RunModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 1 + int(columns_.size());
}

bool RunModel::best(int row, int column) const {
    const auto better = columns_[column].better;
    const double value = rows_[row].values.value(column, no_value);
    if (better == RunColumn::Better::Neither || rows_[row].published || !std::isfinite(value))
        return false;
    int measured = 0;
    for (const auto& other : rows_) {
        const double theirs = other.values.value(column, no_value);
        if (other.published || !std::isfinite(theirs))
            continue;
        ++measured;
        if (better == RunColumn::Better::Lower ? theirs < value : theirs > value)
            return false;
    }
    return measured > 1;
}

QVariant RunModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& row = rows_[index.row()];
    const int column = index.column() - 1;
    if (role == Qt::TextAlignmentRole)
        return QVariant((column < 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && row.published)
        return muted_text(QApplication::palette());
    if (role == Qt::FontRole) {
        QFont font = QApplication::font();
        font.setItalic(row.published);
        font.setBold(column >= 0 && best(index.row(), column));
        return font;
    }
    if (role == Qt::ToolTipRole)
        return column < 0 ? QVariant(row.name) : QVariant();
    if (role != Qt::DisplayRole && role != raw_role)
        return {};
    if (column < 0)
        return row.published && role == Qt::DisplayRole ? row.name + QStringLiteral(" †") : row.name;
    const double value = row.values.value(column, no_value);
    if (role == raw_role)
        return std::isfinite(value) ? QVariant(value) : QVariant(QString());
    if (std::isinf(value) && value > 0)
        return QStringLiteral("∞");
    return std::isfinite(value) ? QString::number(value, 'f', columns_[column].digits) : QStringLiteral("–");
}

QVariant RunModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == 0 ? name_title_ : columns_.value(section - 1).title;
}

} // namespace moequant
