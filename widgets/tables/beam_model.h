// The candidates of one EBSS step, best score first.
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <QVector>

namespace moequant {

/// What one candidate of a search step is; `log_p` is the sum over its whole sequence.
struct BeamCandidate {
    QString text; ///< the tail of the candidate's text, or its ids where there is no tokenizer
    double log_p = 0;
    double length = 1; ///< ids of the candidate
    double sigma = 0;  ///< what is divided by tau, in the search's unit
    double score = 0;
    int parent = -1; ///< rank among the beams kept at the step before
    bool kept = false;
};

class BeamModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Rank, Text, LogLikelihood, Sigma, SigmaOverTau, Score, Kept, Columns };

    explicit BeamModel(QObject* parent = nullptr);
    /// Any order; sorted here by score, lower first. `tau` may be infinite.
    void set_candidates(QVector<BeamCandidate> candidates, double tau);
    const QVector<BeamCandidate>& candidates() const { return candidates_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    QVector<BeamCandidate> candidates_;
    double tau_ = 1;
};

} // namespace moequant
