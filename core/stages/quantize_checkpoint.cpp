#include "core/stages/quantize_checkpoint.h"

#include "core/model/replaced_tensors.h"
#include "core/quantization/layer_state.h"
#include "core/quantization/rotation.h"
#include "core/stages/verified_checkpoint.h"

#include <fstream>

namespace moequant {
namespace {

std::filesystem::path output_folder(const Job& job) {
    return job.output ? *job.output : job.run ? *job.run + "/checkpoint" : std::string();
}

std::int64_t peak_memory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:"))
            return std::stoll(line.substr(6)) * 1024;
    return 0;
}

std::uint64_t bytes_of(const TensorSource& source) {
    std::uint64_t bytes = 0;
    for (const std::string& name : source.names())
        bytes += source.load(name).nbytes();
    return bytes;
}

} // namespace

nlohmann::json write_quantized(const FinishedLayers& finished, const EventSink& emit,
                               const std::stop_token& stop) {
    const QuantizePlan& plan = finished.plan;
    std::map<std::string, std::size_t> layer_of;
    std::vector<LayerState> states;
    std::map<std::string, at::Tensor> changed;
    nlohmann::json reports = nlohmann::json::array(), layers = nlohmann::json::array();
    for (const std::filesystem::path& path : finished.states) {
        LayerState state = read_layer_state(path);
        for (const auto& [name, linear] : state.linears)
            layer_of[name] = states.size();
        for (auto& row : state.reports)
            reports.push_back(std::move(row));
        layers.push_back(state.facts);
        changed.insert(state.floats.begin(), state.floats.end());
        states.push_back(std::move(state));
    }
    const ReplacedTensors source(finished.source, std::move(changed));
    CheckpointRequest request;
    request.model = finished.model.folder;
    request.source = &source;
    request.record.format = plan.format;
    request.record.linears = plan.grids;
    request.record.grid = majority_grid(plan.grids);
    request.record.act_order = plan.options.gptq.act_order;
    request.record.damp = plan.options.gptq.damp;
    request.linear = [&](const std::string& name) { return states[layer_of.at(name)].linears.at(name); };
    request.shard_size = size_option(finished.job, "shard_size");
    if (plan.rotation)
        request.config_changes = rotated_config_changes();

    const std::filesystem::path out = output_folder(finished.job);
    const auto [written, verification] =
        write_and_verify(request, out, finished.job, finished.run, emit, stop);
    return {{"linears", reports},
            {"layers", layers},
            {"bytes_before", bytes_of(*finished.model.source)},
            {"bytes_after", planned_bytes(request)},
            {"peak_memory", peak_memory()},
            {"verified", verification.ok},
            {"verification", to_json(verification)},
            {"path", out.string()}};
}

} // namespace moequant
