// "How does it leave the workbench?": a finished quantization in another format, verified, with the command
// that loads it.
#pragma once
#include "app/workbench/pages/page.h"
#include "app/workbench/what_loads.h"

class QLabel;
class QLineEdit;

namespace moequant {

class ActionRows;
class ChoiceCards;
class RunChooser;

class ExportPage : public Page {
    Q_OBJECT
  public:
    ExportPage(Workbench& workbench, QWidget* parent = nullptr);
    std::vector<Job> jobs() const override;
    /// Chooses a finished quantization.
    void choose_run(const QString& folder);
    const QVector<VerdictLine>& outcome() const { return outcome_->lines(); }

  private:
    void start();
    Job job() const;
    /// The shape that the chosen run's checkpoint would have in `format`.
    CheckpointShape shape_in(const QString& format) const;
    QString own_format() const;
    void take_quantization();
    void take_result(const ActiveJob& job, const nlohmann::json& result);
    void show_formats();
    void show_state();
    void show_commands(const QString& format, const QString& folder);

    RunChooser* run_;
    ChoiceCards* formats_;
    QLineEdit* output_;
    VerdictCard* outcome_;
    ActionRows* commands_;
    QString shown_;                         ///< what the cards were made for
    QString exported_to_, exported_format_; ///< by this page, of the chosen run
    QVector<LoadCommand> lines_;
};

} // namespace moequant
