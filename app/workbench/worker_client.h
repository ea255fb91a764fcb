// The window's end of the worker: starts `moequant worker`, asks, and passes on what comes, never blocking.
#pragma once
#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace moequant {

/// An argv, never a shell string.
struct WorkerCommand {
    QString program;
    QStringList arguments;
    /// `moequant worker` beside this program.
    static WorkerCommand local();
};

/// How a request ended without a result.
struct RequestFailure {
    QString code; ///< request, run, cancelled, or lost when the worker went away
    QString text;
    QString file; ///< at fault; may be empty
    QString run;  ///< run folder, empty before it was made: the same job goes on there
};

/// One worker process. Requests made before it has said hello wait. When it dies, its requests fail with
/// `lost` and another one starts, unless three died within half a minute.
class WorkerClient : public QObject {
    Q_OBJECT
  public:
    enum class State { Stopped, Starting, Ready, Lost };

    explicit WorkerClient(WorkerCommand command, QObject* parent = nullptr);
    ~WorkerClient() override;
    void start();
    /// Another worker from now on; requests of the old one fail as `lost`, and it ends by itself.
    void use(const WorkerCommand& command);
    State state() const { return state_; }
    /// "cpu", "cuda:0", … of the worker's hello.
    QString device() const { return device_; }

    /// Asks for a job. `events`: names wanted ("step" for all sequences); empty: all but step.
    qint64 run(const nlohmann::json& job, const std::vector<std::string>& events = {});
    void cancel(qint64 id, bool after_layer);
    void drop_model();
    using Answer = std::function<void(const nlohmann::json& result, const QString& fault)>;
    using Bytes = std::function<void(const QByteArray& bytes, const QString& fault)>;
    /// The runs in a folder of the worker's machine (empty: its default one), while jobs go on. `answer` is
    /// called later on this thread, once, unless `context` is gone; `fault` is empty when all went well.
    void list_runs(const QString& folder, QObject* context, Answer answer);
    /// A file of a run folder, at most its last `last` bytes.
    void read_file(const QString& path, qint64 last, QObject* context, Bytes answer);
    /// The worker beside this program: it and the window see the same files.
    bool local() const { return command_.program == WorkerCommand::local().program; }
    /// How long hello may take.
    void set_hello_timeout(int milliseconds) { hello_timer_.setInterval(milliseconds); }
    void set_restart_delay(int milliseconds) { restart_timer_.setInterval(milliseconds); }

  Q_SIGNALS:
    void state_changed();
    /// The worker took the request up; `job` is resolved, `run` may be empty.
    void accepted(qint64 id, const nlohmann::json& job, const QString& run);
    /// progress, usage, step, linear, layer, warning.
    void event_came(qint64 id, const QString& name, const nlohmann::json& fields);
    void finished(qint64 id, const nlohmann::json& result);
    void failed(qint64 id, const moequant::RequestFailure& failure);
    /// The worker died or never answered; one sentence. It is being started again when `again`.
    void lost(const QString& text, bool again);
    /// A line for the log.
    void log(const QString& text, bool warning);

  private:
    struct Request {
        std::string line; ///< still to be sent while not empty
        QString run;
        Answer answer; ///< of list_runs and read_file
    };
    struct Reading;
    qint64 request(nlohmann::json line, Answer answer = {});
    void read_part(const std::shared_ptr<Reading>& reading);
    void read_output();
    void read_errors();
    void take_lines();
    void take_line(const char* begin, std::size_t size);
    void take_hello(const nlohmann::json& line);
    void take_result(qint64 id, const nlohmann::json& line);
    void read_result_file(qint64 id, const QString& path, int tries);
    void send(const std::string& line);
    void send_waiting();
    void give_up(const QString& text);
    void set_state(State state);
    void fail_all(const QString& text);

    WorkerCommand command_;
    QProcess* process_ = nullptr;
    QByteArray buffer_, errors_, before_hello_;
    QString ended_;    ///< how the process ended, until its last lines are read
    qsizetype at_ = 0; ///< where the unread part of buffer_ begins
    bool skipping_ = false, hello_ = false, closing_ = false;
    QTimer work_timer_, hello_timer_, restart_timer_;
    QElapsedTimer uptime_;
    int quick_deaths_ = 0;
    State state_ = State::Stopped;
    QString device_;
    qint64 next_id_ = 1;
    std::map<qint64, Request> requests_;
};

} // namespace moequant
