#include "core/stages/job_parts.h"

#include "core/evaluation/perplexity.h"
#include "core/job/error.h"
#include "core/job/output_folder.h"
#include "core/stages/loaded_model.h"

#include <algorithm>

namespace moequant {

JobParts::JobParts(StageContext& context, std::filesystem::path folder, double total, std::string float_model)
    : context_(context),
      folder_(std::move(folder)),
      float_model_(std::move(float_model)),
      total_(total),
      begin_(std::chrono::steady_clock::now()),
      last_(begin_) {
    other_session_.references = std::make_shared<ReferencePasses>();
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error)
        throw RunError(folder_.string() + ": " + error.message());
}

/// Progress of the whole, in tenths of a percent; the time left from how fast this session went so far.
void JobParts::show(const std::string& title, double done) {
    const auto now = std::chrono::steady_clock::now();
    if (!context_.emit || (title == last_title_ && now - last_ < std::chrono::milliseconds(100)))
        return;
    last_title_ = title;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    const double worked = done - skipped_;
    nlohmann::json left;
    if (worked > 0 && seconds > 2)
        left = seconds * (total_ - done) / worked;
    context_.emit({"progress",
                   {{"stage", title},
                    {"done", std::int64_t(1000 * done / total_)},
                    {"total", 1000},
                    {"unit", "‰"},
                    {"rate", 0},
                    {"left_s", left}}});
}

void JobParts::skip(const JobPart& part) {
    done_ += part.weight;
    skipped_ += part.weight;
}

nlohmann::json JobParts::run(const JobPart& part) {
    check_stop(context_.stop);
    Job job = part.job;
    job.run = (folder_ / part.name).string();
    prepare_job(job);
    Run run(job);
    if (run.stored_result()) {
        skip(part);
        return *run.stored_result();
    }
    check_output(job);
    show(part.title, done_);
    double share = 0;
    const EventSink emit = [&](const Event& event) {
        if (event.name == "progress") {
            const double total = event.fields.value("total", 0.0), done = event.fields.value("done", 0.0);
            if (total > 0) // a stage goes through several bars; the whole never goes back
                share = std::max(share, std::min(done / total, 1.0));
            show(part.title, done_ + part.weight * share);
            return;
        }
        nlohmann::json line = event.fields;
        line["id"] = 1;
        line["event"] = event.name;
        run.append_event(line);
        if (event.name == "warning" && warned_.insert(event.fields.value("text", "")).second && context_.emit)
            context_.emit(event);
    };
    Session& session = job.model == float_model_ ? float_session_ : other_session_;
    StageContext inner{session, &run, emit, context_.stop};
    nlohmann::json result = run_job(job, inner);
    run.finish(result);
    done_ += part.weight;
    return result;
}

} // namespace moequant
