// Jobs one after the other. Each stage has its own run folder, RUN/0, RUN/1, …, so that a pipeline resumes at
// the stage that was interrupted; "@0/set.jsonl" names a file of stage 0.
#include "core/job/error.h"
#include "core/job/output_folder.h"
#include "core/stages/kinds.h"

namespace moequant {
namespace {

void replace_reference(nlohmann::json& value, const std::string& run, std::size_t before) {
    if (value.is_structured()) {
        for (auto& element : value)
            replace_reference(element, run, before);
        return;
    }
    if (!value.is_string())
        return;
    std::string text = value.get<std::string>();
    for (std::size_t i = 0; i < before; ++i) {
        const std::string reference = "@" + std::to_string(i) + "/";
        if (const auto at = text.find(reference); at != std::string::npos)
            text.replace(at, reference.size(), run + "/" + std::to_string(i) + "/");
    }
    if (text != value)
        value = text;
}

} // namespace

void prepare_pipeline(Job& job) {
    if (job.stages.empty())
        throw RequestError("pipeline: 'stages' is empty");
    for (const Job& stage : job.stages)
        if (stage.kind == "pipeline")
            throw RequestError("pipeline: a stage cannot be a pipeline itself");
}

nlohmann::json run_pipeline(const Job& job, StageContext& context) {
    if (!context.run)
        throw RequestError("pipeline: needs a run folder");
    nlohmann::json results = nlohmann::json::array();
    for (std::size_t i = 0; i < job.stages.size(); ++i) {
        check_stop(context.stop);
        nlohmann::json document = to_json(job.stages[i]);
        replace_reference(document, context.run->folder().string(), i);
        Job stage = parse_job(document);
        stage.run = context.run->path(std::to_string(i)).string();
        prepare_job(stage);
        Run run(stage);
        if (run.stored_result()) {
            results.push_back(*run.stored_result());
            continue;
        }
        check_output(stage);
        StageContext inner{context.session, &run, context.emit, context.stop};
        results.push_back(run_job(stage, inner));
        run.finish(results.back());
    }
    return {{"stages", results}};
}

} // namespace moequant
