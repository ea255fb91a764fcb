// One request from job to result: the same for the command line and the worker.
#pragma once
#include "app/command/request_log.h"
#include "core/job/event.h"
#include "core/job/job.h"
#include "core/stages/stage.h"

#include <atomic>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace moequant {

/// A wish to stop: at once, or when the layer in work is done (for kinds without layers: at the next event).
class StopRequest {
  public:
    void now() { source_.request_stop(); }
    void after_layer() { after_layer_ = true; }
    void saw(const Event& event, bool goes_by_layer) {
        if (after_layer_ && (event.name == "layer" || !goes_by_layer))
            now();
    }
    std::stop_token token() const { return source_.get_token(); }

  private:
    std::stop_source source_;
    std::atomic<bool> after_layer_{false};
};

struct Outcome {
    int exit_code = 0;
    Job job;               ///< resolved and prepared as far as that went
    nlohmann::json result; ///< of a success
    std::string error;     ///< one line, of a failure
    std::string run;       ///< the run folder, empty without one
    bool stored = false;   ///< the run had finished before
};

struct Watch {
    std::optional<std::vector<std::string>> events;   ///< names wanted in the log; see EventFilter
    std::function<void(const Event&)> show;           ///< every event of the stage, unfiltered; may be empty
    std::function<void(const std::string&)> accepted; ///< with the run folder or ""
};

/// Resolves, checks and runs a job. Everything is told through `log`: `accepted`, the stage's events and
/// exactly one `result` or `failed`. Throws nothing.
Outcome execute(Job job, Session& session, RequestLog& log, StopRequest& stop, const Watch& watch);

/// Prepares a job for showing or running: defaults, absolute paths, checks.
void resolve_job(Job& job);

} // namespace moequant
