// Names and values: what is known about a thing.
#pragma once
#include <QAbstractTableModel>
#include <QPair>
#include <QString>
#include <QVector>

namespace moequant {

class FactModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;
    void set_facts(const QVector<QPair<QString, QString>>& facts);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QVector<QPair<QString, QString>> facts_;
};

} // namespace moequant
