#include "widgets/tables/model_tree.h"

#include <QLocale>
#include <QSize>

#include <algorithm>

namespace moequant {
namespace {

enum Column { Name, Shape, Parameters, Columns };
constexpr int row_height = 22; ///< as in the tables

qint64 count(const QVector<TreeLinear>& linears) {
    qint64 sum = 0;
    for (const auto& linear : linears)
        sum += linear.rows * linear.columns;
    return sum;
}

} // namespace

void ModelTree::set_layers(const QVector<TreeLayer>& layers) {
    beginResetModel();
    layers_ = layers;
    widest_ = 1;
    for (const auto& layer : layers_)
        widest_ = std::max(widest_, children(layer));
    endResetModel();
}

const QVector<TreeLinear>& ModelTree::linears(const TreeLayer& layer, int part) const {
    return part < layer.parts.size() ? layer.parts[part].linears : layer.expert;
}

ModelTree::At ModelTree::at(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    const auto id = qint64(index.internalId()), layers = qint64(layers_.size());
    if (id == 0)
        return {index.row(), -1, -1};
    if (id <= layers)
        return {int(id - 1), index.row(), -1};
    const qint64 place = id - 1 - layers;
    return {int(place / widest_), int(place % widest_), index.row()};
}

ModelTree::Place ModelTree::place(const QModelIndex& index) const {
    const At where = at(index);
    if (where.layer < 0)
        return {};
    const TreeLayer& layer = layers_[where.layer];
    const int expert = where.part - int(layer.parts.size());
    return {layer.index, where.part >= 0 && expert >= 0 ? expert : -1};
}

QModelIndex ModelTree::find(int layer, int expert) const {
    for (int row = 0; row < layers_.size(); ++row)
        if (layers_[row].index == layer)
            return expert < 0 || expert >= layers_[row].experts
                       ? index(row, 0)
                       : index(int(layers_[row].parts.size()) + expert, 0, index(row, 0));
    return {};
}

QModelIndex ModelTree::index(int row, int column, const QModelIndex& parent) const {
    if (row < 0 || column < 0 || column >= Columns || row >= rowCount(parent))
        return {};
    const At where = at(parent);
    const qint64 id = where.layer < 0  ? 0
                      : where.part < 0 ? 1 + where.layer
                                       : 1 + layers_.size() + qint64(where.layer) * widest_ + where.part;
    return createIndex(row, column, quintptr(id));
}

QModelIndex ModelTree::parent(const QModelIndex& index) const {
    const At where = at(index);
    if (where.part < 0)
        return {};
    return where.linear < 0 ? createIndex(where.layer, 0, quintptr(0))
                            : createIndex(where.part, 0, quintptr(1 + where.layer));
}

int ModelTree::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return int(layers_.size());
    const At where = at(parent);
    if (parent.column() > 0 || where.linear >= 0)
        return 0;
    const TreeLayer& layer = layers_[where.layer];
    return where.part < 0 ? children(layer) : int(linears(layer, where.part).size());
}

int ModelTree::columnCount(const QModelIndex&) const {
    return Columns;
}

QVariant ModelTree::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::SizeHintRole)
        return index.column() == Name ? QVariant(QSize(-1, row_height)) : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    const QLocale locale(QLocale::English);
    const At where = at(index);
    const TreeLayer& layer = layers_[where.layer];
    if (where.linear >= 0) {
        const TreeLinear& linear = linears(layer, where.part)[where.linear];
        return index.column() == Name    ? linear.name
               : index.column() == Shape ? QStringLiteral("%1 × %2").arg(linear.rows).arg(linear.columns)
                                         : locale.toString(linear.rows * linear.columns);
    }
    const int parts = int(layer.parts.size());
    if (where.part >= 0)
        return index.column() == Name    ? where.part < parts ? layer.parts[where.part].title
                                                              : tr("Expert %1").arg(where.part - parts)
                  : index.column() == Shape ? QString()
                                         : locale.toString(count(linears(layer, where.part)));
    qint64 all = count(layer.expert) * layer.experts;
    for (const auto& part : layer.parts)
        all += count(part.linears);
    return index.column() == Name    ? tr("Layer %1").arg(layer.index)
           : index.column() == Shape ? (layer.experts > 0 ? tr("%1 experts").arg(layer.experts) : tr("dense"))
                                     : locale.toString(all);
}

QVariant ModelTree::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Part") : section == Shape ? tr("Shape (out × in)") : tr("Parameters");
}

} // namespace moequant
