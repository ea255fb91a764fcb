// The runs that there are, wherever the worker is: what they did, how they ended, what they found.
#pragma once
#include "app/workbench/run_digest.h"
#include "app/workbench/run_report.h"
#include "app/workbench/worker_client.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <vector>

namespace moequant {

enum class RunState { Finished, Interrupted, Failed, Running };

struct LibraryRun {
    QString folder, name, kind, model;
    QString time; ///< when it was made, UTC, ISO 8601
    RunState state = RunState::Interrupted;
    bool read = false; ///< what follows is there
    QString fault;     ///< how it failed, or why it cannot be read
    Job job;           ///< without its inputs
    RunDigest digest;  ///< of a finished one
    /// "GPTQ+AGQ 4-bit, EBSS"; the folder's name where nothing better is known.
    QString title() const;
    /// Where a quantization put its checkpoint.
    QString checkpoint() const;
};

/// Newest first. Lists are asked from the worker, files parsed in a thread of its own; `changed` comes at
/// most ten times a second.
class RunLibrary : public QObject {
    Q_OBJECT
  public:
    explicit RunLibrary(WorkerClient& worker, QObject* parent = nullptr);
    ~RunLibrary() override;

    /// Another folder of runs on the worker's machine; empty: the worker's default one.
    void set_folder(const QString& folder);
    /// Asks again what runs there are; several calls at once ask once. What is known stays until then.
    void refresh();
    bool loading() const { return asked_ || !waiting_.isEmpty() || reading_ > 0; }

    const std::vector<LibraryRun>& runs() const { return runs_; }
    const LibraryRun* run(const QString& folder) const;
    /// Of one kind (empty: any) and state, newest first.
    std::vector<const LibraryRun*> runs_of(const QString& kind, RunState state) const;
    /// Every expert's error in a finished quantization; null until it is read.
    std::shared_ptr<const ExpertMap> errors_of(const QString& folder) const;
    using Linears = std::function<void(const QVector<LinearRow>& rows, const QString& fault)>;
    /// The rows of a quantization's report, read anew; `answer` is called on this thread.
    void read_linears(const QString& folder, QObject* context, const Linears& answer);
    /// Bytes that the digests hold, about.
    qint64 bytes() const;

  Q_SIGNALS:
    void changed();
    /// The list could not be had.
    void failed(const QString& text);

  private:
    void ask();
    void take_list(const nlohmann::json& result);
    void read_next();
    void read_run(const QString& folder);
    void take(LibraryRun run);
    LibraryRun* find(const QString& folder);
    void parse(const std::function<LibraryRun()>& work);

    WorkerClient& worker_;
    QThreadPool pool_;
    QTimer ask_timer_, change_timer_;
    QString folder_;
    std::vector<LibraryRun> runs_;
    QStringList waiting_; ///< folders to be read
    int reading_ = 0;
    bool asked_ = false, again_ = false; ///< a list is under way, another one is wanted
};

} // namespace moequant
