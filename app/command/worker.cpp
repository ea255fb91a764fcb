#include "app/command/worker.h"

#include "app/command/execute.h"
#include "core/job/inputs.h"
#include "core/job/line_io.h"
#include "core/job/run_files.h"
#include "core/job/run_store.h"
#include "core/job/worker_protocol.h"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <csignal>
#include <deque>
#include <fcntl.h>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace moequant {
namespace {

/// A request for the computing thread.
struct Task {
    WorkerRequest request;
    std::shared_ptr<StopRequest> stop = std::make_shared<StopRequest>();
};

/// Reads stdin on its own thread and answers what needs no model; the rest waits for the computing thread.
class Worker {
  public:
    explicit Worker(LineQueue& out) : out_(out), files_(default_runs_folder()) {}

    void read_requests(int fd);
    /// Computes until the end of the requests.
    void work();

  private:
    void take_line(LineReader::Status status, const std::string& line);
    void answer(const WorkerRequest& request);
    void cancel(const WorkerRequest& request);
    void queue(WorkerRequest request);
    void end_of_requests();
    void run(Task& task);

    RequestLog log_for(std::int64_t id) {
        return RequestLog(id,
                          [this](const std::string& line, bool droppable) { out_.push(line, droppable); });
    }
    void fail(std::optional<std::int64_t> id, const std::string& text, const std::string& file = "");

    LineQueue& out_;
    RunFiles files_;
    Session session_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::shared_ptr<Task>> waiting_;
    std::shared_ptr<Task> current_;
    bool ended_ = false;
};

void Worker::fail(std::optional<std::int64_t> id, const std::string& text, const std::string& file) {
    nlohmann::json line = {{"id", id ? nlohmann::json(*id) : nlohmann::json()},
                           {"seq", 1},
                           {"t", 0},
                           {"event", "failed"},
                           {"code", "request"},
                           {"text", text.substr(0, 2000)}};
    if (!file.empty())
        line["file"] = file;
    out_.push(to_line(line));
}

void Worker::read_requests(int fd) {
    LineReader reader(fd);
    std::string line;
    for (auto status = reader.next(line); status != LineReader::Status::End; status = reader.next(line)) {
        take_line(status, line);
        const std::lock_guard lock(mutex_);
        if (ended_)
            return;
    }
    end_of_requests();
}

void Worker::take_line(LineReader::Status status, const std::string& line) {
    if (status == LineReader::Status::TooLong)
        return fail({}, "the line is longer than " + std::to_string(line_limit) + " bytes");
    if (line.find_first_not_of(" \t\r") == std::string::npos)
        return;
    std::optional<std::int64_t> id;
    try {
        WorkerRequest request = parse_request(line);
        id = request.id;
        if (request.action == "run" || request.action == "drop-model")
            queue(std::move(request));
        else
            answer(request);
    } catch (const RequestLineError& error) {
        fail(error.id(), error.what());
    } catch (const RequestError& error) {
        fail(id, error.what(), error.file());
    } catch (const std::exception& error) {
        fail(id, error.what());
    }
}

void Worker::answer(const WorkerRequest& request) {
    RequestLog log = log_for(request.id);
    if (request.action == "hello") {
        const nlohmann::json devices = list_devices();
        log.send("hello",
                 {{"protocol", protocol_version}, {"version", MOEQUANT_VERSION}, {"devices", devices}});
        log.send("result", {{"result", nlohmann::json::object()}});
    } else if (request.action == "cancel") {
        cancel(request);
    } else if (request.action == "runs") {
        nlohmann::json runs = nlohmann::json::array();
        const auto folder =
            request.folder.empty() ? default_runs_folder() : std::filesystem::path(request.folder);
        for (const RunSummary& run : list_runs(folder)) {
            files_.allow(run.folder);
            runs.push_back(to_json(run));
        }
        log.send("result", {{"result", {{"folder", folder.string()}, {"runs", runs}}}});
    } else if (request.action == "read") {
        log.send("result", {{"result", files_.read(request.path, request.offset, request.bytes)}});
    } else if (request.action == "quit") {
        end_of_requests(); // first, so that the answer tells that nothing more is begun
        log.send("result", {{"result", nlohmann::json::object()}});
    }
}

void Worker::cancel(const WorkerRequest& request) {
    std::shared_ptr<Task> task;
    bool queued = false;
    {
        const std::lock_guard lock(mutex_);
        if (current_ && current_->request.id == request.id)
            task = current_;
        for (const auto& waiting : waiting_)
            if (waiting->request.id == request.id) {
                task = waiting;
                queued = true;
            }
    }
    if (!task) {
        // Its one `result` or `failed` may just have been sent, so this must not be another.
        log_for(request.id)
            .send("warning", {{"code", "cancel"}, {"text", "no request of this id is running"}});
        return;
    }
    if (request.after_layer && !queued)
        task->stop->after_layer();
    else
        task->stop->now();
}

void Worker::queue(WorkerRequest request) {
    auto task = std::make_shared<Task>();
    task->request = std::move(request);
    {
        const std::lock_guard lock(mutex_);
        const auto id = task->request.id;
        bool used = current_ && current_->request.id == id;
        for (const auto& waiting : waiting_)
            used = used || waiting->request.id == id;
        if (used) {
            log_for(id).send("warning", {{"code", "id"},
                                         {"text", "a request of this id is running; this one is ignored"}});
            return;
        }
        waiting_.push_back(task);
    }
    changed_.notify_all();
}

void Worker::end_of_requests() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        if (current_ && !current_->request.detach)
            current_->stop->after_layer();
        for (const auto& task : waiting_)
            if (!task->request.detach)
                task->stop->after_layer();
    }
    changed_.notify_all();
}

void Worker::work() {
    while (true) {
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
            if (waiting_.empty())
                return;
            current_ = waiting_.front();
            waiting_.pop_front();
        }
        if (current_->request.action == "run") {
            run(*current_);
        } else {
            session_.model.reset();
            log_for(current_->request.id).send("result", {{"result", nlohmann::json::object()}});
        }
        const std::lock_guard lock(mutex_);
        current_.reset();
    }
}

void Worker::run(Task& task) {
    RequestLog log = log_for(task.request.id);
    Watch watch;
    watch.events = task.request.events;
    watch.accepted = [this](const std::string& folder) {
        if (!folder.empty())
            files_.allow(folder);
    };
    const Outcome outcome = execute(*task.request.job, session_, log, *task.stop, watch);
    if (outcome.exit_code != 0)
        spdlog::error("{}", outcome.error);
}

} // namespace

int run_worker() {
    std::signal(SIGPIPE, SIG_IGN);
    const int out = ::fcntl(1, F_DUPFD_CLOEXEC, 3);
    if (out < 0 || ::dup2(2, 1) < 0)
        return 1;
    LineQueue lines;
    std::jthread writer([&] {
        bool open = true; // when the other side is gone a detached run still goes on
        for (std::string line; lines.pop(line);)
            open = open && write_line(out, line);
    });
    {
        Worker worker(lines);
        std::jthread reader([&] { worker.read_requests(0); });
        worker.work();
    }
    lines.close();
    writer.join();
    ::close(out);
    return 0;
}

} // namespace moequant
