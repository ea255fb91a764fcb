// The set that a search wrote: its sequences to pin or reject, how it settled, the sets before it.
#pragma once
#include "widgets/tables/run_model.h"
#include "widgets/tables/sequence_model.h"

#include <QWidget>

class QAction;
class QPlainTextEdit;
class QToolButton;

namespace moequant {

class DataTable;
class SetCourse;

class SetView : public QWidget {
    Q_OBJECT
  public:
    explicit SetView(QAction* preview, QAction* generate, QWidget* parent = nullptr);
    void set_sequences(const QVector<SetSequence>& sequences);
    void set_course(const QVector<double>& cv, const QVector<double>& perplexity);
    /// One more line of the sets so far: tau, width, tokens, CV, perplexity, degenerate share, seconds.
    void add_set(const QVector<double>& values);
    const SequenceModel& sequences() const { return sequences_; }
    QAction* accept_action() const { return accept_; }

  Q_SIGNALS:
    void accepted(const QVector<moequant::SetSequence>& sequences);
    void message(const QString& text, bool error);

  private:
    QToolButton* state_button(const QString& text, const QString& tip, SequenceState state);
    void show_states();

    SequenceModel sequences_;
    RunModel sets_;
    QVector<RunRow> rows_;
    DataTable *table_, *set_table_;
    SetCourse* course_;
    QPlainTextEdit* text_;
    QToolButton *pin_, *reject_, *loops_;
    QAction* accept_;
    int selected_ = -1;
};

} // namespace moequant
