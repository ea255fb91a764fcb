// What a checkpoint is, from its config and headers alone.
#include "core/checkpoint/reader.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/stages/device.h"
#include "core/stages/kinds.h"
#include "core/stages/loaded_model.h"
#include "core/stages/memory_plan.h"

#include <limits>

namespace moequant {

void prepare_inspect(Job& job) {
    job.inputs.update(hash_inputs("model", check_model(model_folder(job.model))));
}

namespace {

/// Of the routed experts, which are all of one shape, the first alone.
nlohmann::json linears_json(const ModelConfig& config, int layer) {
    nlohmann::json list = nlohmann::json::array();
    for (const LinearInfo& linear : layer_linears(config, layer))
        if (linear.expert <= 0)
            list.push_back({{"name", linear.name},
                            {"expert", expert_json(linear.expert)},
                            {"rows", linear.rows},
                            {"columns", linear.columns}});
    return list;
}

} // namespace

nlohmann::json run_inspect(const Job& job, StageContext&) {
    const auto folder = model_folder(job.model);
    const ModelConfig config = read_config(folder);
    const SafetensorsFolder files(folder);
    const ParameterCount parameters = count_parameters(config);
    nlohmann::json layers = nlohmann::json::array();
    for (std::size_t i = 0; i < config.layers.size(); ++i) {
        const LayerConfig& layer = config.layers[i];
        // A gated shared expert counts as one; ungated ones are fused in the file and counted by their width.
        const std::int64_t shared = layer.shared_gate ? 1
                                    : layer.shared_intermediate > 0
                                        ? layer.shared_intermediate / layer.expert_intermediate
                                        : 0;
        layers.push_back({{"index", i},
                          {"moe", layer.moe},
                          {"experts", layer.experts},
                          {"top_k", layer.top_k},
                          {"shared_experts", shared},
                          {"linears", linears_json(config, int(i))}});
    }
    nlohmann::json tokenizer;
    if (Tokenizer::present(folder)) {
        const auto loaded = Tokenizer::load(folder);
        tokenizer = {{"kind", loaded->kind()}, {"vocab_size", loaded->vocab_size()}};
    }
    const std::int64_t budget =
        has_option(job, "memory") ? memory_budget(job) : std::numeric_limits<std::int64_t>::max();
    const MemoryPlan plan =
        fit_memory(config, {.tokens = int_option(job, "calibration_tokens")}, thread_count(job), budget);
    nlohmann::json result = {{"model_type", config.model_type},
                             {"parameters", parameters.total},
                             {"active_parameters", parameters.active},
                             {"bytes", files.total_bytes()},
                             {"hidden_size", config.hidden_size},
                             {"max_positions", config.max_positions},
                             {"layers", layers},
                             {"vocab_size", config.vocab_size},
                             {"tokenizer", tokenizer},
                             {"memory_plan", to_json(plan)}};
    if (config.raw.contains("quantization_config"))
        result["quantization"] = config.raw["quantization_config"].value("quant_method", "unknown");
    return result;
}

} // namespace moequant
