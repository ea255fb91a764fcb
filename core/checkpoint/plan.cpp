#include "core/checkpoint/plan.h"

#include "core/job/error.h"
#include "core/model/safetensors.h"

#include <map>

namespace moequant {
namespace {

std::uint64_t bytes_of(at::ScalarType dtype, const std::vector<std::int64_t>& shape) {
    std::uint64_t bytes = c10::elementSize(dtype);
    for (const std::int64_t size : shape)
        bytes *= static_cast<std::uint64_t>(size);
    return bytes;
}

} // namespace

CheckpointPlan plan_checkpoint(const CheckpointRequest& request) {
    constexpr std::string_view suffix = ".weight";
    const std::string embedding = "model.embed_tokens.weight";
    const QuantizationRecord& record = request.record;
    const SafetensorsFolder original(request.model);
    const auto stored_dtype = [&](const std::string& name) {
        // What the original does not store, such as the head of a model that was tied, has the model's dtype.
        return original.entry(original.has(name) ? name : embedding).dtype;
    };
    std::map<std::string, GridOptions> waiting = record.linears;
    CheckpointPlan plan;
    plan.float_linears.emplace_back("lm_head");
    for (const std::string& name : request.source->names()) {
        const std::string linear = name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : "";
        const std::vector<std::int64_t> shape = request.source->shape(name);
        const auto quantized = waiting.find(linear);
        if (quantized == waiting.end()) {
            if (!linear.empty() && shape.size() == 2 && linear != "lm_head" &&
                !linear.ends_with("embed_tokens"))
                plan.float_linears.push_back(linear);
            const at::ScalarType dtype = stored_dtype(name);
            plan.tensors.push_back({name, dtype, shape, bytes_of(dtype, shape), ""});
            continue;
        }
        if (shape.size() != 2)
            throw RequestError(name, "is no matrix and cannot be quantized");
        check_grid(quantized->second, shape[1], linear);
        if (record.format == Format::floating) {
            const at::ScalarType dtype = stored_dtype(name);
            plan.tensors.push_back({name, dtype, shape, bytes_of(dtype, shape), linear});
        } else {
            for (const PackedTensor& tensor :
                 packed_layout(record.format, quantized->second, shape[0], shape[1]))
                plan.tensors.push_back({linear + tensor.suffix, tensor.dtype, tensor.shape,
                                        bytes_of(tensor.dtype, tensor.shape), linear});
        }
        waiting.erase(quantized);
    }
    if (!waiting.empty())
        throw RequestError(waiting.begin()->first + ".weight", "is not in the checkpoint");
    for (const PlannedTensor& tensor : plan.tensors)
        plan.bytes += tensor.bytes;
    return plan;
}

std::vector<std::pair<std::size_t, std::size_t>> plan_shards(const CheckpointPlan& plan,
                                                             std::uint64_t shard_size) {
    std::vector<std::pair<std::size_t, std::size_t>> shards;
    std::uint64_t filled = 0;
    for (std::size_t begin = 0, end = 0; begin < plan.tensors.size(); begin = end) {
        std::uint64_t bytes = 0; // of one float tensor, or of all tensors of one linear
        do {
            bytes += plan.tensors[end++].bytes;
        } while (end < plan.tensors.size() && !plan.tensors[end].linear.empty() &&
                 plan.tensors[end].linear == plan.tensors[begin].linear);
        if (shards.empty() || filled + bytes > shard_size) {
            shards.emplace_back(begin, end);
            filled = 0;
        }
        shards.back().second = end;
        filled += bytes;
    }
    return shards;
}

nlohmann::ordered_json planned_config(const CheckpointRequest& request, const CheckpointPlan& plan) {
    return quantization_config(request.record, plan.float_linears);
}

std::uint64_t planned_bytes(const CheckpointRequest& request) {
    return plan_checkpoint(request).bytes;
}

} // namespace moequant
