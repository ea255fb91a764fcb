// The tokens that one expert likes best: by source a column of texts and one of affinities.
#pragma once
#include <QAbstractTableModel>
#include <QColor>
#include <QStringList>
#include <QVector>

namespace moequant {

struct TopTokens {
    QString source;
    QColor color;
    QVector<int> ids;         ///< greatest affinity first
    QVector<double> affinity; ///< sum of the router's coefficients for the token in the source
    QStringList texts;        ///< empty text: not known
};

class TopTokenModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;
    void set_sources(const QVector<TopTokens>& sources);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QVector<TopTokens> sources_;
    int rows_ = 0;
};

/// A token's text as it is shown alone: spaces and line ends made visible.
QString visible_token(const QString& text);

} // namespace moequant
