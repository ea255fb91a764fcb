#include "core/quantization/layer_state.h"

#include "core/job/error.h"
#include "core/model/safetensors.h"

namespace moequant {
namespace {

using nlohmann::json;

const std::string float_prefix = "float:"; // no module is called so

json describe(const QuantizedLinear& linear) {
    return {{"bits", linear.bits},
            {"group_size", linear.group_size},
            {"symmetric", linear.symmetric},
            {"act_order", linear.act_order},
            {"scale_dtype", linear.scale_dtype == at::kHalf       ? "fp16"
                            : linear.scale_dtype == at::kBFloat16 ? "bf16"
                                                                  : "fp32"}};
}

} // namespace

void write_layer_state(const std::filesystem::path& path, const QuantizedLayer& layer, const json& facts) {
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    json linears = json::object(), reports = json::array();
    for (const auto& [name, linear] : layer.linears) {
        linears[name] = describe(linear);
        tensors.emplace_back(name + ".codes", linear.codes);
        tensors.emplace_back(name + ".scales", linear.scales);
        tensors.emplace_back(name + ".zeros", linear.zeros);
        tensors.emplace_back(name + ".group_of", linear.group_of);
    }
    for (const auto& [name, tensor] : layer.floats)
        tensors.emplace_back(float_prefix + name, tensor);
    for (const LinearReport& report : layer.reports)
        reports.push_back(to_json(report));
    write_safetensors(path, tensors,
                      {{"linears", linears.dump()}, {"reports", reports.dump()}, {"facts", facts.dump()}});
}

LayerState read_layer_state(const std::filesystem::path& path) {
    const SafetensorsFile file(path);
    LayerState state;
    try {
        state.reports = json::parse(file.metadata().at("reports"));
        state.facts = json::parse(file.metadata().at("facts"));
        const json linears = json::parse(file.metadata().at("linears"));
        for (const auto& [name, fields] : linears.items()) {
            QuantizedLinear linear;
            linear.codes = file.load(name + ".codes");
            linear.scales = file.load(name + ".scales");
            linear.zeros = file.load(name + ".zeros");
            linear.group_of = file.load(name + ".group_of");
            linear.bits = fields.at("bits");
            linear.group_size = fields.at("group_size");
            linear.symmetric = fields.at("symmetric");
            linear.act_order = fields.at("act_order");
            const std::string dtype = fields.at("scale_dtype");
            linear.scale_dtype = dtype == "fp16" ? at::kHalf : dtype == "bf16" ? at::kBFloat16 : at::kFloat;
            state.linears.emplace(name, std::move(linear));
        }
        for (const auto& [name, entry] : file.entries())
            if (name.starts_with(float_prefix))
                state.floats.emplace(name.substr(float_prefix.size()), file.load(name));
    } catch (const RequestError&) {
        throw;
    } catch (const std::exception&) {
        throw RequestError(path.string(), "is not the state of a quantized layer");
    }
    return state;
}

void apply_layer_state(const ModelConfig& config, int layer, const LayerState& state, LayerWeights& weights) {
    const auto replace = [](at::Tensor& weight, const at::Tensor& value) {
        weight = value.to(weight.device(), weight.scalar_type());
    };
    std::map<std::string, at::Tensor*> places = {
        {layer_prefix(layer) + ".input_layernorm.weight", &weights.input_norm},
        {layer_prefix(layer) + ".post_attention_layernorm.weight", &weights.post_norm}};
    for (const LinearInfo& linear : layer_linears(config, layer)) {
        places[linear.name + ".weight"] = &linear_weight(weights, linear);
        if (linear.role == Role::V)
            places[linear.name + ".bias"] = &weights.v_bias;
        if (const auto found = state.linears.find(linear.name); found != state.linears.end())
            replace(linear_weight(weights, linear), found->second.dequantize());
    }
    for (const auto& [name, value] : state.floats)
        replace(*places.at(name), value);
}

} // namespace moequant
