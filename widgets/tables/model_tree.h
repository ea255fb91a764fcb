// A model as a tree: layers, their experts and other parts, the linears in them.
#pragma once
#include <QAbstractItemModel>
#include <QString>
#include <QVector>

namespace moequant {

struct TreeLinear {
    QString name; ///< "gate_proj"
    qint64 rows = 0, columns = 0;
};

/// Something of a layer that holds linears: the attention, a dense or shared MLP, the router.
struct TreePart {
    QString title;
    QVector<TreeLinear> linears;
};

struct TreeLayer {
    int index = 0;
    QVector<TreePart> parts;
    int experts = 0;            ///< routed ones, all of the same shapes; after the parts
    QVector<TreeLinear> expert; ///< of one of them
};

class ModelTree : public QAbstractItemModel {
    Q_OBJECT
  public:
    using QAbstractItemModel::QAbstractItemModel;
    void set_layers(const QVector<TreeLayer>& layers);
    /// The layer and routed expert of a row; expert -1 where it is none.
    struct Place {
        int layer = -1, expert = -1;
    };
    Place place(const QModelIndex& index) const;
    /// The row of an expert, or of the layer (`expert` -1); invalid where there is none.
    QModelIndex find(int layer, int expert) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    // internalId: 0 of a layer's row, 1 + layer of a part's or expert's, 1 + layers + layer · widest + part
    // of a linear's.
    struct At {
        int layer = -1, part = -1, linear = -1;
    };
    At at(const QModelIndex& index) const;
    int children(const TreeLayer& layer) const { return int(layer.parts.size()) + layer.experts; }
    const QVector<TreeLinear>& linears(const TreeLayer& layer, int part) const;
    QVector<TreeLayer> layers_;
    int widest_ = 1;
};

} // namespace moequant
