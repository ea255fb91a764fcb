#include "widgets/tables/similarity_model.h"

#include "widgets/colors.h"
#include "widgets/tables/table_text.h"
#include "widgets/usage_measures.h"

#include <algorithm>
#include <cmath>

namespace moequant {

void SimilarityModel::set_sources(const QVector<UsageSeries>& sources) {
    beginResetModel();
    names_.clear();
    colors_.clear();
    values_.clear();
    low_ = 1;
    // A source alone is compared with nothing.
    for (const auto& source : sources.size() > 1 ? sources : QVector<UsageSeries>()) {
        names_.append(source.name);
        colors_.append(source.color);
        for (const auto& other : sources) {
            values_.append(usage_similarity(source, other));
            if (std::isfinite(values_.last()))
                low_ = std::min(low_, values_.last());
        }
    }
    endResetModel();
}

int SimilarityModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(names_.size());
}

int SimilarityModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(names_.size()) + 1;
}

QVariant SimilarityModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.column() == 0) {
        if (role == Qt::DecorationRole)
            return colors_[index.row()];
        return role == Qt::DisplayRole || role == raw_role ? QVariant(names_[index.row()]) : QVariant();
    }
    const double value = this->value(index.row(), index.column() - 1);
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignCenter);
    if (role == Qt::ToolTipRole)
        return tr("%1 and %2: %3").arg(names_[index.row()], names_[index.column() - 1]).arg(value);
    const bool coloured = std::isfinite(value) && index.row() != index.column() - 1;
    const QColor color = viridis(low_ < 1 ? (value - low_) / (1 - low_) : 1);
    if (role == Qt::BackgroundRole)
        return coloured ? QVariant(color) : QVariant();
    if (role == Qt::ForegroundRole)
        return coloured ? QVariant(readable_on(color)) : QVariant();
    if (role == raw_role)
        return value;
    if (role == Qt::DisplayRole)
        return std::isfinite(value) ? QString::number(value, 'f', 3) : QStringLiteral("–");
    return {};
}

QVariant SimilarityModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DecorationRole && section > 0)
        return colors_.value(section - 1);
    if (role == Qt::DisplayRole)
        return section == 0 ? tr("Source") : names_.value(section - 1);
    return {};
}

} // namespace moequant
