// One file a job kind: run(Job, context) -> result. All that the command and the worker call.
#pragma once
#include "core/job/event.h"
#include "core/job/job.h"
#include "core/job/run.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <stop_token>

namespace moequant {

struct LoadedModel;     // core/stages/loaded_model.h
struct ReferencePasses; // core/evaluation/perplexity.h

/// Keeps the last used model in memory between the requests of one worker.
class Session {
  public:
    Session();
    ~Session();
    std::shared_ptr<LoadedModel> model; ///< null until a stage loaded one; `drop-model` resets it
    /// Null, or where evaluations against one and the same float model keep what it computed.
    std::shared_ptr<ReferencePasses> references;
};

struct StageContext {
    Session& session;
    Run* run = nullptr; ///< null for inspect, tokenize and trace without --run
    EventSink emit;
    std::stop_token stop;
};

/// Checks a job as far as headers and configs allow and fills in every default that depends on the model; no
/// weights are read. Throws RequestError. Called before a run folder is made, so that a refused request
/// leaves none.
void prepare_job(Job& job);

/// Runs a prepared job and returns its --json document. Throws RequestError, RunError or Cancelled.
nlohmann::json run_job(const Job& job, StageContext& context);

/// What a finished job's execution options ask to print beside its result, read from its run folder: the
/// table of `sample --explain SEQ`. Empty when nothing is asked. Throws RequestError.
std::string explain_job(const Job& job);

} // namespace moequant
