#include "core/stages/loaded_model.h"

#include "core/checkpoint/reader.h"
#include "core/job/error.h"
#include "core/job/resources.h"
#include "core/stages/device.h"

#include <algorithm>

namespace moequant {
namespace {

namespace fs = std::filesystem;

at::ScalarType stored_dtype(const TensorSource& source) {
    return source.load("model.embed_tokens.weight").scalar_type();
}

std::string identity_of(const fs::path& folder, const Compute& compute) {
    std::string identity =
        fs::absolute(folder).string() + "|" + compute.device.str() + "|" + toString(compute.dtype);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file())
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files)
        identity += "|" + file.filename().string() + ":" +
                    std::to_string(fs::last_write_time(file).time_since_epoch().count());
    return identity;
}

} // namespace

std::shared_ptr<LoadedModel> open_model(const Job& job, const fs::path& folder) {
    auto model = std::make_shared<LoadedModel>();
    model->folder = folder;
    ModelConfig config = read_config(folder);
    model->source = open_checkpoint(folder);
    const Compute compute = prepare_compute(job, stored_dtype(*model->source));
    model->identity = identity_of(folder, compute);
    if (Tokenizer::present(folder))
        model->tokenizer = Tokenizer::load(folder);
    // Half of the memory may hold layers; the rest is for activations and caches.
    model->decoder =
        std::make_unique<Decoder>(std::move(config), model->source, compute, memory_budget(job) / 2);
    return model;
}

std::shared_ptr<LoadedModel> open_model(const Job& job, Session& session) {
    const fs::path folder = model_folder(job.model);
    if (!fs::is_directory(folder))
        throw RequestError(folder.string(), "is not a folder");
    if (session.model) {
        const Compute compute = prepare_compute(job, stored_dtype(*session.model->source));
        if (session.model->identity == identity_of(folder, compute))
            return session.model;
        session.model.reset(); // before the next one needs the memory
    }
    session.model = open_model(job, folder);
    return session.model;
}

std::optional<std::int32_t> bos_prefix(const Job& job, const LoadedModel& model) {
    const std::string mode = text_option(job, "bos");
    if (mode == "never")
        return std::nullopt;
    if (mode == "auto")
        return model.tokenizer ? model.tokenizer->bos_to_add() : std::nullopt;
    if (!model.config().bos)
        throw RequestError("--bos always: the config names no bos_token_id");
    return model.config().bos;
}

std::vector<std::int32_t> masked_ids(const LoadedModel& model) {
    std::vector<std::int32_t> masked = model.config().special_ids;
    if (model.tokenizer) {
        const auto& special = model.tokenizer->special_ids();
        masked.insert(masked.end(), special.begin(), special.end());
        for (std::int32_t id = 0; id < model.config().vocab_size; ++id)
            if (!model.tokenizer->known(id))
                masked.push_back(id);
    }
    std::sort(masked.begin(), masked.end());
    masked.erase(std::unique(masked.begin(), masked.end()), masked.end());
    return masked;
}

std::vector<fs::path> check_model(const fs::path& folder) {
    if (!fs::is_directory(folder))
        throw RequestError(folder.string(), "is not a folder");
    const ModelConfig config = read_config(folder);
    check_tensors(*open_checkpoint(folder), config);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto name = entry.path().filename().string();
        if (name == "config.json" || name == "tokenizer.json" || name == "tokenizer_config.json" ||
            name == "vocab.json" || name == "merges.txt" || name.ends_with(".safetensors") ||
            name.ends_with(".safetensors.index.json"))
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace moequant
