// "What will happen, what is happening?": the form, the check before a run, the runs that wait, the run as it
// goes.
#pragma once
#include "app/workbench/pages/page.h"
#include "app/workbench/pages/quantize_form.h"
#include "app/workbench/pages/verdict.h"

#include <QTimer>

class QTabWidget;

namespace moequant {

class ActionRows;
class RunView;

class QuantizePage : public Page {
    Q_OBJECT
  public:
    QuantizePage(Workbench& workbench, QWidget* parent = nullptr);
    std::vector<Job> jobs() const override { return {form_->job()}; }
    QuantizeForm& form() { return *form_; }
    RunView& run_view() { return *run_; }
    const QVector<VerdictLine>& verdict() const { return verdict_->lines(); }

  Q_SIGNALS:
    void errors_asked();

  private:
    void start();
    void start_job(const Job& job);
    void resume(const QString& folder);
    void take_result(const ActiveJob& job, const nlohmann::json& result);
    void show_verdict();
    void show_queue();
    void show_interrupted();
    MeasuredRate measured_rate(const Job& job) const;

    QuantizeForm* form_;
    VerdictCard* verdict_;
    ActionRows *queue_, *interrupted_;
    RunView* run_;
    QTabWidget* tabs_;
    QTimer soon_; ///< several changes cost one verdict
};

} // namespace moequant
