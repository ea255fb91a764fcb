// What all pages share: the model, the selection, the jobs at the worker, and what finished jobs found out.
#pragma once
#include "app/workbench/error_map.h"
#include "app/workbench/run_library.h"
#include "app/workbench/run_report.h"
#include "app/workbench/settings.h"
#include "app/workbench/worker_client.h"
#include "core/job/job.h"

#include <QObject>

#include <optional>
#include <vector>

namespace moequant {

struct ActiveJob {
    qint64 id = 0;
    QString title; ///< "Profiling WikiText-2"
    Job job;
    QString run;
    bool accepted = false;
};

/// What a quantize job is called: "GPTQ+AGQ 3-bit".
QString quantization_name(const Job& job);

/// A finished quantization, or the one that goes on.
struct Quantization {
    QString name, folder;
    QVector<LinearRow> rows;
    ErrorMap errors;
    bool finished = false;
};

class Workbench : public QObject {
    Q_OBJECT
  public:
    explicit Workbench(const WorkerCommand& worker, QObject* parent = nullptr);
    WorkerClient& worker() { return worker_; }
    Settings& settings() { return settings_; }
    /// The runs of the worker's machine, asked for again whenever a job begins or ends.
    RunLibrary& runs() { return runs_; }

    /// `sample`, or a folder. Asks the worker to inspect it; what was found out about the last model is
    /// forgotten.
    void open_model(const QString& model);
    const QString& model() const { return model_; }
    QString model_title() const;
    /// The result of `inspect`; null until it is there.
    const nlohmann::json& inspection() const { return inspection_; }
    QVector<int> moe_layers() const;
    int experts() const; ///< the most that a layer has
    QString model_summary() const;

    int layer() const { return layer_; }
    int expert() const { return expert_; }
    void select(int layer, int expert);
    /// Another layer, the same expert.
    void select_layer(int layer) { select(layer, expert_); }

    /// Hands a job to the worker; several wait for each other. `title` is what the run strip says.
    qint64 run(const Job& job, const QString& title, const std::vector<std::string>& events = {});
    /// Ends the job that is worked on and those that wait.
    void stop(bool after_layer);
    /// Ends one job.
    void stop_job(qint64 id, bool after_layer) { worker_.cancel(id, after_layer); }
    const std::vector<ActiveJob>& jobs() const { return jobs_; }
    /// Runs the job that the worker died in again in its run folder.
    void resume();
    bool can_resume() const { return lost_.has_value(); }

    const QVector<ProfileReport>& profiles() const { return profiles_; }
    const ProfileReport* profile(const QString& spec) const;
    Quantization* quantization() { return quantization_ ? &*quantization_ : nullptr; }
    /// Called when the worker takes a quantize job up.
    void start_quantization(const QString& name, const QString& folder);
    /// Reads a quantization's run folder in the background; ends in `quantization_changed` or `open_failed`.
    void open_quantization(const QString& folder);
    const nlohmann::json& ebss_options() const { return ebss_options_; }
    void set_ebss_options(const nlohmann::json& options) { ebss_options_ = options; }

  Q_SIGNALS:
    void model_changed();
    void selection_changed();
    void jobs_changed();
    void profiles_changed();
    void quantization_changed();
    /// One more row of the quantization that goes on.
    void linear_added(const moequant::LinearRow& row);
    void job_event(qint64 id, const QString& name, const nlohmann::json& fields);
    void job_finished(const moequant::ActiveJob& job, const nlohmann::json& result);
    void job_failed(const moequant::ActiveJob& job, const moequant::RequestFailure& failure);
    void open_failed(const QString& text);

  private:
    std::optional<ActiveJob> take_job(qint64 id);
    void take_event(qint64 id, const QString& name, const nlohmann::json& fields);
    void take_result(const ActiveJob& job, const nlohmann::json& result);
    void take_profile(const ActiveJob& job, const nlohmann::json& result);
    void take_quantization(const ActiveJob& job, const nlohmann::json& result);
    void take_usage(qint64 id, const nlohmann::json& fields);
    void put_profile(const ProfileReport& report);

    WorkerClient worker_;
    RunLibrary runs_{worker_};
    Settings settings_;
    QString model_;
    nlohmann::json inspection_, ebss_options_ = nlohmann::json::object();
    qint64 inspect_id_ = -1;
    int layer_ = -1, expert_ = -1;
    std::vector<ActiveJob> jobs_;
    std::optional<ActiveJob> lost_;
    QVector<ProfileReport> profiles_;
    ProfileReport partial_; ///< of the profile that goes on
    qint64 partial_id_ = -1;
    std::optional<Quantization> quantization_;
};

} // namespace moequant
