// The candidates of one EBSS step, best score first.
#pragma once
#include "widgets/search.h"

#include <QAbstractTableModel>

namespace moequant {

class BeamModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Rank, Text, LogLikelihood, Sigma, SigmaOverTau, Score, Kept, Columns };

    explicit BeamModel(QObject* parent = nullptr);
    /// Candidates of a step in rank order, ranked anew at `tau` (may be infinite): best score first, and the
    /// state tells what would change.
    void set_candidates(const QVector<BeamCandidate>& candidates, double tau);
    /// The recorded rank of a row's candidate, and the row of a rank (−1: none).
    int rank(int row) const { return ranks_.value(row, -1); }
    int row(int rank) const { return int(ranks_.indexOf(rank)); }
    const QVector<BeamCandidate>& candidates() const { return candidates_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QVector<BeamCandidate> candidates_;
    QVector<int> ranks_;
    QVector<bool> stays_; ///< goes on at tau_
    double tau_ = 1;
};

} // namespace moequant
