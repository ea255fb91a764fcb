#include "app/command/execute.h"

#include "core/job/error.h"
#include "core/job/event_filter.h"
#include "core/job/option_table.h"
#include "core/job/output_folder.h"

#include <new>

namespace fs = std::filesystem;

namespace moequant {
namespace {

std::string one_line(const std::string& text) {
    const auto end = text.find_first_of("\r\n");
    return text.substr(0, end);
}

void fail(Outcome& outcome, RequestLog& log, int exit_code, const char* code, const std::string& text,
          const std::string& file = "") {
    log.forget();
    outcome.exit_code = exit_code;
    outcome.error = one_line(text);
    nlohmann::json fields = {{"code", code}, {"text", outcome.error}};
    if (!file.empty())
        fields["file"] = file;
    try {
        log.send("failed", fields);
    } catch (const std::exception&) { // the disk is full: tell at least whoever listens
        log.attach(nullptr);
        log.send("failed", fields);
    }
}

/// A run that is already finished is told as it is, wherever its output has gone since.
bool is_finished(const Job& job) {
    std::error_code error;
    return job.run && fs::is_regular_file(fs::path(*job.run) / "result.json", error) &&
           !bool_option(job, "fresh");
}

void work(Outcome& outcome, std::unique_ptr<Run>& run, Session& session, RequestLog& log, StopRequest& stop,
          const Watch& watch) {
    Job& job = outcome.job;
    const Kind& kind = find_kind(job.kind);
    resolve_job(job);
    if (job.kind == "figure")
        throw RequestError("figure: drawn by moequant-workbench --figure, not here");
    prepare_job(job);
    if (!is_finished(job))
        check_output(job);
    check_stop(stop.token());
    if (kind.keeps_run || job.run)
        run = std::make_unique<Run>(job);
    outcome.run = run ? run->folder().string() : "";
    outcome.stored = run && run->stored_result();
    log.attach(run.get(), outcome.stored);
    if (watch.accepted)
        watch.accepted(outcome.run);
    log.send("accepted",
             {{"job", to_json(job)}, {"run", run ? nlohmann::json(outcome.run) : nlohmann::json()}});
    if (outcome.stored) {
        outcome.result = *run->stored_result();
        log.send("result", {{"result", outcome.result}});
        return;
    }
    EventFilter filter(watch.events, [&](const Event& event) { log.send(event.name, event.fields); });
    const EventSink emit = [&](const Event& event) {
        filter(event);
        if (watch.show)
            watch.show(event);
        stop.saw(event, kind.goes_by_layer);
    };
    StageContext context{session, run.get(), emit, stop.token()};
    try {
        outcome.result = run_job(job, context);
    } catch (...) {
        filter.flush();
        throw;
    }
    filter.flush();
    const auto tell = [&] { log.send("result", {{"result", outcome.result}}); };
    if (!run)
        return tell();
    log.hold();
    run->finish(outcome.result, tell);
    log.release();
}

} // namespace

void resolve_job(Job& job) {
    resolve_defaults(job);
    resolve_paths(job, fs::current_path());
    check_job(job);
}

Outcome execute(Job job, Session& session, RequestLog& log, StopRequest& stop, const Watch& watch) {
    Outcome outcome;
    outcome.job = std::move(job);
    std::unique_ptr<Run> run;
    try {
        work(outcome, run, session, log, stop, watch);
    } catch (const Cancelled&) {
        fail(outcome, log, 130, "cancelled", "cancelled");
    } catch (const RequestError& error) {
        fail(outcome, log, 2, "request", error.what(), error.file());
    } catch (const std::bad_alloc&) {
        fail(outcome, log, 1, "run", "out of memory");
    } catch (const std::exception& error) {
        fail(outcome, log, 1, "run", error.what());
    }
    log.attach(nullptr);
    return outcome;
}

} // namespace moequant
