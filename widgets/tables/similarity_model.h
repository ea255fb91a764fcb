// How alike sources use the experts: a square of numbers, coloured.
#pragma once
#include "widgets/plots/series.h"

#include <QAbstractTableModel>

namespace moequant {

class SimilarityModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;
    /// A row and a column for each; values: `usage_similarity` (widgets/usage_measures.h).
    void set_sources(const QVector<UsageSeries>& sources);
    double value(int row, int column) const { return values_[row * names_.size() + column]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QStringList names_;
    QVector<QColor> colors_;
    QVector<double> values_; ///< [sources, sources]
    double low_ = 0;
};

} // namespace moequant
