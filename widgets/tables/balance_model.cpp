#include "widgets/tables/balance_model.h"

#include "widgets/tables/table_text.h"

#include <QLocale>

#include <cmath>

namespace moequant {

void BalanceModel::set_rows(const QVector<BalanceRow>& rows) {
    beginResetModel();
    rows_ = rows;
    endResetModel();
}

int BalanceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

int BalanceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : Columns;
}

QVariant BalanceModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& row = rows_[index.row()];
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == Source ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::DecorationRole)
        return index.column() == Source ? QVariant(row.color) : QVariant();
    if (role != Qt::DisplayRole && role != raw_role)
        return {};
    const auto number = [role](double value, int digits) {
        return role == raw_role       ? QVariant(value)
               : std::isfinite(value) ? QVariant(QString::number(value, 'f', digits))
                                      : QVariant(QStringLiteral("–"));
    };
    const auto whole = [role](qint64 value) {
        return role == raw_role ? QVariant(value) : QVariant(QLocale(QLocale::English).toString(value));
    };
    switch (index.column()) {
    case Source:
        return row.source;
    case Cv:
        return number(row.cv, 3);
    case StdPercent:
        return number(row.std_percent, 3);
    case Gini:
        return number(row.gini, 3);
    case MinShare:
        return number(100 * row.min_share, 2);
    case MaxShare:
        return number(100 * row.max_share, 2);
    case Unused:
        return whole(row.unused);
    case BelowHalf:
        return whole(row.below_half_percent);
    case Tokens:
        return whole(row.tokens);
    default:
        return {};
    }
}

QVariant BalanceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Source ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case Cv:
            return tr("Coefficient of variation of the experts' token counts, mean over layers: compare by "
                      "this one");
        case StdPercent:
            return tr("Standard deviation of the experts' shares in percentage points, mean over layers");
        case Gini:
            return tr("Gini coefficient of the experts' token counts, mean over layers; 0 is balanced");
        case MinShare:
            return tr("Least share of a layer's tokens that an expert gets");
        case MaxShare:
            return tr("Greatest share of a layer's tokens that an expert gets");
        case Unused:
            return tr("Experts without a token, all layers");
        case BelowHalf:
            return tr("Experts with fewer than half a percent of the tokens, all layers");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Source:
        return tr("Source");
    case Cv:
        return tr("CV");
    case StdPercent:
        return tr("STD (pp)");
    case Gini:
        return tr("Gini");
    case MinShare:
        return tr("Min (%)");
    case MaxShare:
        return tr("Max (%)");
    case Unused:
        return tr("Unused");
    case BelowHalf:
        return tr("< ½ %");
    case Tokens:
        return tr("Tokens");
    default:
        return {};
    }
}

} // namespace moequant
