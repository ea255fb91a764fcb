// Runs side by side: one row a run, columns as the caller names them; the best of each column stands out.
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <QVector>

namespace moequant {

struct RunColumn {
    QString title;
    int digits = 3;
    enum class Better { Neither, Lower, Higher } better = Better::Neither;
};

struct RunRow {
    QString name;
    QVector<double> values; ///< one a column, NaN: not measured
    bool published = false; ///< a number from a paper: grey, italic, with a dagger, never the best
};

class RunModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;
    void set_runs(const QVector<RunColumn>& columns, const QVector<RunRow>& rows);
    /// Header of the first column; "Run" unless set.
    void set_name_title(const QString& title);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    bool best(int row, int column) const;
    QString name_title_ = tr("Run");
    QVector<RunColumn> columns_;
    QVector<RunRow> rows_;
};

} // namespace moequant
