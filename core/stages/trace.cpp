// One forward pass of given ids: logits and routing, for comparison with other implementations.
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/model/safetensors.h"
#include "core/stages/kinds.h"
#include "core/stages/loaded_model.h"

#include <fstream>

namespace moequant {
namespace {

/// {"ids": [[…], …]}: rows of equal length → int64 [B, T].
at::Tensor read_ids(const std::string& path, const ModelConfig& config) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw RequestError(path, "cannot be opened");
    const auto document = nlohmann::json::parse(in, nullptr, false);
    const auto fault = [&](const std::string& text) { return RequestError(path, text); };
    if (!document.is_object() || !document.contains("ids") || !document["ids"].is_array() ||
        document["ids"].empty())
        throw fault("must be {\"ids\": [[…], …]}");
    std::vector<std::int64_t> flat;
    std::size_t length = 0;
    for (const auto& row : document["ids"]) {
        if (!row.is_array() || row.empty())
            throw fault("'ids' must hold lists of token ids");
        if (length != 0 && row.size() != length)
            throw fault("'ids' must hold lists of one length");
        length = row.size();
        for (const auto& id : row) {
            if (!id.is_number_integer() || id.get<std::int64_t>() < 0 ||
                id.get<std::int64_t>() >= config.vocab_size)
                throw fault("'ids' holds " + id.dump() + ", no token of the vocabulary (0 … " +
                            std::to_string(config.vocab_size - 1) + ")");
            flat.push_back(id.get<std::int64_t>());
        }
    }
    if (std::int64_t(length) > config.max_positions)
        throw fault("sequences of " + std::to_string(length) + " are beyond the model's " +
                    std::to_string(config.max_positions) + " positions");
    return at::tensor(flat, at::kLong).view({-1, std::int64_t(length)});
}

} // namespace

void prepare_trace(Job& job) {
    const auto folder = model_folder(job.model);
    job.inputs.update(hash_inputs("model", check_model(folder)));
    const std::string tokens = text_option(job, "tokens");
    read_ids(tokens, read_config(folder));
    job.inputs.update(hash_inputs("tokens", {tokens}));
}

nlohmann::json run_trace(const Job& job, StageContext& context) {
    const auto model = open_model(job, context.session);
    const Decoder& decoder = *model->decoder;
    const ModelConfig& config = decoder.config();
    const at::Tensor ids = read_ids(text_option(job, "tokens"), config);
    const std::int64_t batch = ids.size(0), length = ids.size(1);
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    Progress progress(context.emit, "trace", std::int64_t(config.layers.size()), "layers");
    at::Tensor hidden = embed(decoder, ids.reshape({-1})).view({batch, length, config.hidden_size});
    for (int i = 0; i < int(config.layers.size()); ++i) {
        check_stop(context.stop);
        Routing routing;
        hidden = layer_forward(config, i, *decoder.layer(i), hidden, decoder.rope(length), &routing);
        if (routing.index.defined()) {
            tensors.emplace_back("layers." + std::to_string(i) + ".topk_index", routing.index);
            tensors.emplace_back("layers." + std::to_string(i) + ".topk_weight", routing.weight);
        }
        progress.update(i + 1, i);
    }
    tensors.emplace(tensors.begin(), "logits",
                    logits(decoder, hidden.reshape({batch * length, config.hidden_size}))
                        .view({batch, length, config.vocab_size}));
    write_safetensors(*job.output, tensors);
    return {{"path", *job.output}, {"tokens", batch * length}};
}

} // namespace moequant
