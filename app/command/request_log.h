// The events of one request: envelope, order, limits.
#pragma once
#include "core/job/run.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

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
    void send(const std::string& name, const nlohmann::json& fields);
    /// From now on lines wait until `release` hands them on (or `forget`s them): the result is told when it
    /// is stored.
    void hold();
    void release();
    void forget();

  private:
    std::int64_t id_, seq_ = 0;
    Output output_;
    Run* run_ = nullptr;
    bool stored_ = false, held_ = false;
    std::vector<std::pair<std::string, bool>> waiting_;
    std::chrono::steady_clock::time_point begin_;
    std::mutex mutex_;
};

} // namespace moequant
