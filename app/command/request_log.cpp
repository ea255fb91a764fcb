#include "app/command/request_log.h"

#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/worker_protocol.h"

#include <cmath>

namespace moequant {
namespace {
constexpr std::size_t envelope_room = 256; ///< seq and t are added after measuring
}

RequestLog::RequestLog(std::int64_t id, Output output)
    : id_(id), output_(std::move(output)), begin_(std::chrono::steady_clock::now()) {}

void RequestLog::attach(Run* run, bool stored) {
    run_ = run;
    stored_ = stored;
    if (run)
        seq_ = stored ? std::max<std::int64_t>(0, run->last_seq() - 1) : run->last_seq();
}

void RequestLog::send(const std::string& name, const nlohmann::json& fields) {
    const std::lock_guard lock(mutex_);
    nlohmann::json line = {{"id", id_}, {"event", name}};
    line.update(fields);
    if (to_line(line).size() + envelope_room > line_limit) {
        if (!run_)
            throw RequestError("the " + name +
                               " is longer than a line of the protocol; ask again with a run folder");
        std::string file = "result.json";
        if (name != "result") {
            file = "event-" + std::to_string(run_->last_seq() + 1) + ".json";
            write_file_atomically(run_->path(file), to_line(fields) + "\n");
        }
        line = {{"id", id_}, {"event", name}, {"path", run_->path(file).string()}};
    }
    if (run_ && !stored_) {
        run_->append_event(line);
        seq_ = run_->last_seq();
    } else {
        line["seq"] = ++seq_;
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
        line["t"] = std::round(seconds * 1000) / 1000;
    }
    const bool droppable = name == "progress" || name == "step";
    if (held_)
        waiting_.emplace_back(to_line(line), droppable);
    else if (output_)
        output_(to_line(line), droppable);
}

void RequestLog::hold() {
    const std::lock_guard lock(mutex_);
    held_ = true;
}

void RequestLog::release() {
    const std::lock_guard lock(mutex_);
    held_ = false;
    for (const auto& [line, droppable] : waiting_)
        if (output_)
            output_(line, droppable);
    waiting_.clear();
}

void RequestLog::forget() {
    const std::lock_guard lock(mutex_);
    held_ = false;
    waiting_.clear();
}

} // namespace moequant
