// "Why does balance matter?": the Hessian lab, how well a Hessian is known from n tokens and what that does
// to quantization, measured, drawn and told step by step.
#pragma once
#include "app/workbench/lab_report.h"
#include "app/workbench/pages/page.h"

class QTabWidget;

namespace moequant {

class LabExpertsView;
class LabForm;
class LabStudyView;
class LabTourView;

class LabPage : public Page {
    Q_OBJECT
  public:
    LabPage(Workbench& workbench, QWidget* parent = nullptr);
    std::vector<Job> jobs() const override;
    /// Shows a finished `hessian-lab` run.
    void open_run(const QString& folder);
    LabForm& form() { return *form_; }

  private:
    void build_views();
    void place_choices();
    void measure();
    /// Reads the result beside the window's thread. `command`: the line that made it.
    void read(const nlohmann::json& result, const QString& folder, const QString& command);
    void show_report(const LabReport& report, const QString& command);

    LabForm* form_;
    QTabWidget* tabs_;
    LabStudyView* study_;
    LabExpertsView* experts_;
    LabTourView* tour_;
    QString run_; ///< folder of what is shown, or is being read
};

} // namespace moequant
