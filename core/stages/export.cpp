// `export`: a quantized checkpoint in another format, with the same codes, or dequantized.
#include "core/checkpoint/reader.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/model/config.h"
#include "core/stages/kinds.h"
#include "core/stages/loaded_model.h"
#include "core/stages/memory_plan.h"
#include "core/stages/verified_checkpoint.h"

#include <fstream>

namespace moequant {
namespace {

namespace fs = std::filesystem;

/// The checkpoint's folder, or that of the run that wrote it.
fs::path checkpoint_of(const std::string& model) {
    const fs::path folder = model_folder(model);
    std::error_code error;
    if (fs::exists(folder / "config.json", error) || !fs::exists(folder / "job.json", error))
        return folder;
    std::ifstream file(folder / "result.json");
    const nlohmann::json result = nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!result.is_object())
        throw RequestError(folder.string(), "the run is not finished");
    if (fs::exists(folder / "checkpoint" / "config.json", error))
        return folder / "checkpoint";
    if (!result.contains("path") || !result["path"].is_string())
        throw RequestError(folder.string(), "the run has written no checkpoint");
    return result["path"].get<std::string>();
}

struct ExportPlan {
    fs::path folder;
    QuantizationRecord record;
    std::vector<std::string> notes;
};

ExportPlan plan_export(const Job& job, const QuantizedCheckpoint& checkpoint) {
    ExportPlan plan;
    plan.folder = checkpoint_of(job.model);
    plan.record = read_record(checkpoint);
    plan.record.format = parse_format(text_option(job, "format"));
    const ModelConfig config = read_config(plan.folder);
    std::vector<LinearShape> linears;
    for (const auto& [name, grid] : plan.record.linears) {
        const auto shape = checkpoint.shape(name + ".weight");
        linears.push_back({name, shape[0], shape[1], grid});
    }
    std::vector<std::string> kept_float;
    for (const LinearInfo& linear : decoder_linears(config))
        if (!plan.record.linears.contains(linear.name))
            kept_float.push_back(linear.name);
    const FormatCheck check = check_format(plan.record.format, config.model_type, linears, kept_float);
    for (const LinearVerdict& verdict : check.linears)
        if (!verdict.quantize)
            throw RequestError(verdict.name, verdict.reason + "; --format float always works");
    plan.notes = check.notes;
    return plan;
}

QuantizedCheckpoint open_quantized(const Job& job) {
    const fs::path folder = checkpoint_of(job.model);
    if (!is_quantized_checkpoint(folder))
        throw RequestError(folder.string(), "is not quantized: there is nothing to export");
    return QuantizedCheckpoint(folder);
}

} // namespace

void prepare_export(Job& job) {
    const fs::path folder = checkpoint_of(job.model);
    job.inputs.update(hash_inputs("model", check_model(folder)));
    const QuantizedCheckpoint checkpoint = open_quantized(job);
    const ExportPlan plan = plan_export(job, checkpoint);
    CheckpointRequest request;
    request.model = folder;
    request.source = &checkpoint;
    request.record = plan.record;
    const std::uint64_t needed = planned_bytes(request);
    if (const auto space = free_disk(*job.output); space >= 0 && std::uint64_t(space) < needed)
        throw RunError("not enough disk space at " + *job.output + ": " + std::to_string(space >> 20) +
                       " MiB free, " + std::to_string(needed >> 20) + " MiB needed");
}

nlohmann::json run_export(const Job& job, StageContext& context) {
    if (!context.run)
        throw RequestError("export: needs a run folder");
    const QuantizedCheckpoint checkpoint = open_quantized(job);
    const ExportPlan plan = plan_export(job, checkpoint);
    for (const std::string& note : plan.notes)
        warn(context.emit, "format", note);
    CheckpointRequest request;
    request.model = plan.folder;
    request.source = &checkpoint;
    request.record = plan.record;
    request.linear = [&](const std::string& name) { return checkpoint.load_quantized(name); };
    request.shard_size = size_option(job, "shard_size");

    const auto [written, verification] =
        write_and_verify(request, *job.output, job, context.run->name(), context.emit, context.stop);
    return {{"path", *job.output},         {"format", text_option(job, "format")},  {"bytes", written.bytes},
            {"verified", verification.ok}, {"verification", to_json(verification)}, {"notes", plan.notes}};
}

} // namespace moequant
