// The events of one request: envelope, order, limits.
#pragma once
#include "core/job/run.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

namespace moequant {

/// Turns events into lines `{"id", "seq", "t", "event", …}`, appends them to the run's events.jsonl and hands
/// the very same text on.
class RequestLog {
  public:
    /// `droppable`: progress and steps may be lost on the way.
    using Output = std::function<void(const std::string& line, bool droppable)>;

    RequestLog(std::int64_t id, Output output);
    /// From now on lines go into the run's events.jsonl too and are counted there; null ends that. Of a run
    /// that had finished before nothing is written (`stored`).
    void attach(Run* run, bool stored = false);
    /// What does not fit into a line goes into a file of the run folder that the line names by `path`;
    /// without a run folder that throws RequestError.
    void send(const std::string& name, nlohmann::json fields);

  private:
    std::int64_t id_, seq_ = 0;
    Output output_;
    Run* run_ = nullptr;
    bool stored_ = false;
    std::chrono::steady_clock::time_point begin_;
    std::mutex mutex_;
};

} // namespace moequant
