// The sequences of a calibration set, and what somebody decided about each.
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <QVector>

namespace moequant {

/// Pinned: stays in the table when another set comes. Rejected: is left out of what is accepted.
enum class SequenceState { None, Pinned, Rejected };

struct SetSequence {
    QString text; ///< empty: the model has no tokenizer
    QVector<int> ids;
    double log_prob = 0; ///< Σ log p
    double sigma = 0, score = 0;
    double distinct4 = 1;   ///< distinct 4-grams over all
    double cycle_share = 0; ///< covered by one cycle of at most 16 tokens
    bool degenerate = false;
    SequenceState state = SequenceState::None;
};

class SequenceModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Number, State, Text, Likelihood, Sigma, Score, Distinct, Cycle, Columns };

    using QAbstractTableModel::QAbstractTableModel;
    /// Pinned sequences of before stay, in front; of the new ones those that are equal to one of them fall
    /// away.
    void set_sequences(const QVector<SetSequence>& sequences);
    void set_state(int row, SequenceState state);
    const QVector<SetSequence>& sequences() const { return sequences_; }
    /// Those that are not rejected.
    QVector<SetSequence> accepted() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  Q_SIGNALS:
    void states_changed();

  private:
    QVector<SetSequence> sequences_;
};

} // namespace moequant
