#include "core/stages/stage.h"

#include "core/job/error.h"
#include "core/stages/kinds.h"
#include "core/stages/loaded_model.h"

#include <ATen/core/grad_mode.h>
#include <torch/version.h>

#include <functional>
#include <map>

namespace moequant {
namespace {

struct KindStage {
    void (*prepare)(Job&);
    nlohmann::json (*run)(const Job&, StageContext&);
};

const std::map<std::string, KindStage>& stages() {
    static const std::map<std::string, KindStage> table = {
        {"inspect", {prepare_inspect, run_inspect}},
        {"tokenize", {prepare_tokenize, run_tokenize}},
        {"trace", {prepare_trace, run_trace}},
        {"profile", {prepare_profile, run_profile}},
        {"sample", {prepare_sample, run_sample}},
        {"sweep", {prepare_sweep, run_sweep}},
        {"quantize", {prepare_quantize, run_quantize}},
        {"evaluate", {prepare_evaluate, run_evaluate}},
        {"compare", {prepare_compare, run_compare}},
        {"fetch", {prepare_fetch, run_fetch}},
        {"selftest", {prepare_selftest, run_selftest}},
        {"demo", {prepare_demo, run_demo}},
        {"export", {prepare_export, run_export}},
        {"hessian-lab", {prepare_hessian_lab, run_hessian_lab}},
        {"pipeline", {prepare_pipeline, run_pipeline}}};
    return table;
}

const KindStage& stage_of(const Job& job) {
    const auto found = stages().find(job.kind);
    if (found == stages().end())
        throw RequestError("kind '" + job.kind + "' is not built yet");
    return found->second;
}

} // namespace

Session::Session() = default;
Session::~Session() = default;

void prepare_job(Job& job) {
    stage_of(job).prepare(job);
}

nlohmann::json run_job(const Job& job, StageContext& context) {
    const at::NoGradGuard no_grad;
    if (context.run)
        context.run->record("libtorch", TORCH_VERSION);
    return stage_of(job).run(job, context);
}

} // namespace moequant
