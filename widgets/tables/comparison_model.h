// Runs side by side with whatever columns they bring: text and numbers, differences from a baseline, the best
// in bold, published rows apart.
#pragma once
#include "widgets/plots/series.h"

#include <QAbstractTableModel>
#include <QString>
#include <QVector>

namespace moequant {

struct ComparisonColumn {
    QString key, title, tip;
    int digits = 3;       ///< behind the point; −1: as many as the number needs
    bool percent = false; ///< values are shares, shown times 100
    enum class Better { Neither, Lower, Higher } better = Better::Neither;
};

/// One value of a run: a number, or a text.
struct ComparisonCell {
    double value = no_value;
    QString text;
    /// Half the width of the value's 95 % interval; NaN where unknown.
    double margin = no_value;
    /// 95 % interval of the relative difference from the baseline (0.01: one percent more), paired over the
    /// same windows; NaN where the two were not paired.
    double low = no_value, high = no_value;
    bool empty() const;
};

struct ComparisonRow {
    QString id, name, tip;
    QVector<ComparisonCell> cells; ///< one a column
    bool published = false;        ///< grey, italic, with a dagger, never the best, always below
    bool contender = true;         ///< false: the float model, which cannot be the best
};

/// How a value and its difference from the baseline are shown.
enum class Differences { None, Beside, Instead };

/// Ranks (rank_role): the baseline 0, runs 1, published rows 2.
class ComparisonModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;
    void set_rows(const QVector<ComparisonColumn>& columns, const QVector<ComparisonRow>& rows);
    /// The id of the row that differences are taken from; empty: none.
    void set_baseline(const QString& id, Differences differences);
    const QVector<ComparisonColumn>& columns() const { return columns_; }
    const QVector<ComparisonRow>& rows() const { return rows_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    bool best(int row, int column) const;
    QString value_text(int row, int column) const;
    QString difference_text(int row, int column) const;
    QString tip(int row, int column) const;
    QVector<ComparisonColumn> columns_;
    QVector<ComparisonRow> rows_;
    QVector<bool> of_text_; ///< a column
    QString baseline_;
    int base_ = -1;
    Differences differences_ = Differences::None;
};

} // namespace moequant
