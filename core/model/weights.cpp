#include "core/model/weights.h"

#include "core/job/error.h"

namespace moequant {
namespace {

std::string shape_text(at::IntArrayRef shape) {
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + "]";
}

void check_shape(const TensorSource& source, const std::string& name, at::IntArrayRef expected) {
    const auto shape = source.shape(name);
    if (at::IntArrayRef(shape) != expected)
        throw RequestError("tensor '" + name + "' has shape " + shape_text(shape) +
                           ", config.json asks for " + shape_text(expected));
}

Placement to_compute(const Compute& compute) {
    return [compute](const at::Tensor& stored) { return stored.to(compute.device, compute.dtype); };
}

at::Tensor fetch(const TensorSource& source, const std::string& name, at::IntArrayRef expected,
                 const Placement& place) {
    check_shape(source, name, expected);
    const at::Tensor stored = source.load(name);
    if (!stored.is_floating_point())
        throw RequestError("tensor '" + name + "' is not a floating-point tensor");
    return place(stored).contiguous();
}

std::vector<std::pair<std::string, std::vector<std::int64_t>>> end_shapes(const TensorSource& source,
                                                                          const ModelConfig& config) {
    std::vector<std::pair<std::string, std::vector<std::int64_t>>> result = {
        {"model.embed_tokens.weight", {config.vocab_size, config.hidden_size}},
        {"model.norm.weight", {config.hidden_size}}};
    if (!config.tie_word_embeddings || source.has("lm_head.weight"))
        result.push_back({"lm_head.weight", {config.vocab_size, config.hidden_size}});
    return result;
}

} // namespace

at::Tensor& linear_weight(LayerWeights& layer, const LinearInfo& linear) {
    Mlp& mlp = linear.expert == LinearInfo::shared ? layer.shared
               : linear.expert >= 0                ? layer.experts.at(std::size_t(linear.expert))
                                                   : layer.dense;
    switch (linear.role) {
    case Role::Q:
        return layer.q;
    case Role::K:
        return layer.k;
    case Role::V:
        return layer.v;
    case Role::O:
        return layer.o;
    case Role::Router:
        return layer.router;
    case Role::SharedGate:
        return layer.shared_gate;
    case Role::Gate:
        return mlp.gate;
    case Role::Up:
        return mlp.up;
    case Role::Down:
        return mlp.down;
    }
    throw std::logic_error("unknown role");
}

LayerWeights load_layer(const TensorSource& source, const ModelConfig& config, int index,
                        const Compute& compute) {
    return load_layer(source, config, index, to_compute(compute));
}

LayerWeights load_layer(const TensorSource& source, const ModelConfig& config, int index,
                        const Placement& place) {
    LayerWeights layer;
    const std::string prefix = layer_prefix(index);
    layer.input_norm = fetch(source, prefix + ".input_layernorm.weight", {config.hidden_size}, place);
    layer.post_norm = fetch(source, prefix + ".post_attention_layernorm.weight", {config.hidden_size}, place);
    layer.experts.resize(std::size_t(config.layers.at(std::size_t(index)).experts));
    for (const LinearInfo& linear : layer_linears(config, index)) {
        linear_weight(layer, linear) =
            fetch(source, linear.name + ".weight", {linear.rows, linear.columns}, place);
        if (!linear.bias)
            continue;
        at::Tensor bias = fetch(source, linear.name + ".bias", {linear.rows}, place);
        (linear.role == Role::Q   ? layer.q_bias
         : linear.role == Role::K ? layer.k_bias
         : linear.role == Role::V ? layer.v_bias
                                  : layer.o_bias) = std::move(bias);
    }
    return layer;
}

EndWeights load_ends(const TensorSource& source, const ModelConfig& config, const Compute& compute) {
    EndWeights ends;
    const Placement place = to_compute(compute);
    const auto shapes = end_shapes(source, config);
    ends.embedding = fetch(source, shapes[0].first, shapes[0].second, place);
    ends.final_norm = fetch(source, shapes[1].first, shapes[1].second, place);
    ends.head =
        config.tie_word_embeddings ? ends.embedding : fetch(source, shapes[2].first, shapes[2].second, place);
    return ends;
}

std::int64_t layer_bytes(const ModelConfig& config, int layer, at::ScalarType dtype) {
    std::int64_t elements = 2 * config.hidden_size;
    for (const LinearInfo& linear : layer_linears(config, layer))
        elements += linear.rows * linear.columns + (linear.bias ? linear.rows : 0);
    return elements * std::int64_t(at::elementSize(dtype));
}

void check_tensors(const TensorSource& source, const ModelConfig& config) {
    for (const auto& [name, shape] : end_shapes(source, config))
        check_shape(source, name, shape);
    for (int i = 0; i < int(config.layers.size()); ++i) {
        check_shape(source, layer_prefix(i) + ".input_layernorm.weight", {config.hidden_size});
        check_shape(source, layer_prefix(i) + ".post_attention_layernorm.weight", {config.hidden_size});
    }
    for (const LinearInfo& linear : decoder_linears(config)) {
        check_shape(source, linear.name + ".weight", {linear.rows, linear.columns});
        if (linear.bias)
            check_shape(source, linear.name + ".bias", {linear.rows});
    }
}

} // namespace moequant
