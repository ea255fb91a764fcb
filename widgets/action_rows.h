// A card with a few rows, each a sentence and a button that does something about it: jobs that wait, runs to
// resume.
#pragma once
#include "widgets/card.h"

#include <QVector>

class QGridLayout;

namespace moequant {

struct ActionRow {
    QString key, text;
    QString button, tip;
    QString field =
        {}; ///< shown in a line to select from, the text before it as its label; empty: no such line
    bool operator==(const ActionRow&) const = default;
};

class ActionRows : public Card {
    Q_OBJECT
  public:
    explicit ActionRows(const QString& title, QWidget* parent = nullptr);
    /// Hides itself when there are none.
    void set_rows(const QVector<ActionRow>& rows);
    const QVector<ActionRow>& rows() const { return rows_; }

  Q_SIGNALS:
    void triggered(const QString& key);

  private:
    QVector<ActionRow> rows_;
    QGridLayout* grid_;
};

} // namespace moequant
