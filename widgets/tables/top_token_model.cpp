#include "widgets/tables/top_token_model.h"

#include "widgets/tables/table_text.h"

#include <algorithm>

namespace moequant {

QString visible_token(const QString& text) {
    QString shown;
    for (const QChar c : text)
        shown += c == u' ' ? QChar(u'·') : c == u'\n' ? QChar(u'↵') : c == u'\t' ? QChar(u'→') : c;
    return shown;
}

void TopTokenModel::set_sources(const QVector<TopTokens>& sources) {
    beginResetModel();
    sources_ = sources;
    rows_ = 0;
    for (const auto& source : sources_)
        rows_ = std::max(rows_, int(source.ids.size()));
    endResetModel();
}

int TopTokenModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : rows_;
}

int TopTokenModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 2 * int(sources_.size());
}

QVariant TopTokenModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& source = sources_[index.column() / 2];
    const bool number = index.column() % 2 == 1;
    if (role == Qt::TextAlignmentRole)
        return QVariant((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (index.row() >= source.ids.size())
        return {};
    const int id = source.ids[index.row()];
    const QString text = source.texts.value(index.row());
    if (role == Qt::ToolTipRole)
        return tr("token %1").arg(id);
    if (role != Qt::DisplayRole && role != raw_role)
        return {};
    if (number)
        return role == raw_role ? QVariant(source.affinity.value(index.row()))
                                : QVariant(QString::number(source.affinity.value(index.row()), 'f', 2));
    if (role == raw_role)
        return text.isEmpty() ? QString::number(id) : text;
    return text.isEmpty() ? tr("token %1").arg(id) : visible_token(text);
}

QVariant TopTokenModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const auto& source = sources_[section / 2];
    if (role == Qt::DecorationRole)
        return section % 2 == 0 ? QVariant(source.color) : QVariant();
    if (role == Qt::ToolTipRole && section % 2 == 1)
        return tr("Sum of the router's coefficients that this token brought the expert");
    if (role == Qt::TextAlignmentRole)
        return QVariant((section % 2 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::DisplayRole)
        return section % 2 ? tr("Affinity") : source.source;
    return {};
}

} // namespace moequant
