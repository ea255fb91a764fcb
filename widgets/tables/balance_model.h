// The balance of sources: a row each.
#pragma once
#include <QAbstractTableModel>
#include <QColor>
#include <QString>
#include <QVector>

namespace moequant {

struct BalanceRow {
    QString source;
    QColor color;
    double cv = 0, std_share = 0, std_percent = 0, gini = 0, min_share = 0, max_share = 0;
    qint64 unused = 0, below_half_percent = 0, tokens = 0;
};

class BalanceModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Source, Cv, StdPercent, Gini, Unused, BelowHalf, Tokens, MinShare, MaxShare, Columns };

    using QAbstractTableModel::QAbstractTableModel;
    void set_rows(const QVector<BalanceRow>& rows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QVector<BalanceRow> rows_;
};

} // namespace moequant
