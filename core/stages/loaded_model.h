// A checkpoint opened for computing.
#pragma once
#include "core/model/decoder.h"
#include "core/model/tokenizer/tokenizer.h"
#include "core/stages/stage.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace moequant {

struct LoadedModel {
    std::filesystem::path folder;
    std::string identity; ///< folder, device, dtype and the files' times: equal means the same model
    std::shared_ptr<const TensorSource> source;
    std::shared_ptr<const Tokenizer> tokenizer; ///< null when the folder has none
    std::unique_ptr<Decoder> decoder;

    const ModelConfig& config() const { return decoder->config(); }
};

/// Opens the job's model (or `folder`), float or quantized, from the session when it is the one used last.
/// Throws RequestError.
std::shared_ptr<LoadedModel> open_model(const Job& job, Session& session);
std::shared_ptr<LoadedModel> open_model(const Job& job, const std::filesystem::path& folder);

/// The token that `--bos` puts before every sequence: with auto what the tokenizer's post-processor adds.
std::optional<std::int32_t> bos_prefix(const Job& job, const LoadedModel& model);

/// Ids that a search must never draw: special tokens of tokenizer and config, and ids the tokenizer does not
/// know.
std::vector<std::int32_t> masked_ids(const LoadedModel& model);

/// Reads config and headers and checks every tensor's name and shape; returns the files that decide a result.
/// Throws RequestError.
std::vector<std::filesystem::path> check_model(const std::filesystem::path& folder);

} // namespace moequant
