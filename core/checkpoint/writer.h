// Writing a quantized checkpoint, packed or dequantized, and reading it back to prove it.
#pragma once
#include "core/checkpoint/format.h"
#include "core/job/event.h"
#include "core/model/tensor_source.h"

#include <filesystem>
#include <functional>

namespace moequant {

/// Hands over a quantized linear by name, on the CPU. Called once per linear and pass, in file order.
using LinearProvider = std::function<QuantizedLinear(const std::string& name)>;

struct CheckpointRequest {
    std::filesystem::path model; ///< folder with config.json and the files carried along
    /// Its tensors, which may be transformed ones. All but the quantized ".weight" are copied, cast to the
    /// dtype in which `model` stores them (a tensor it lacks: to that of its embeddings); of an unchanged
    /// tensor that is bit for bit.
    const TensorSource* source;
    QuantizationRecord record;
    LinearProvider linear;
    std::uint64_t shard_size = 5'000'000'000; ///< bytes of tensor data in a file, at least one tensor
    nlohmann::json config_changes = nlohmann::json::object(); ///< merged into config.json; null removes a key
};

struct WrittenCheckpoint {
    std::uint64_t bytes = 0; ///< of all files
    std::vector<std::string> files;
};

/// The bytes of tensor data that write_checkpoint would write; reads nothing but headers.
std::uint64_t planned_bytes(const CheckpointRequest& request);

/// Writes config, tokenizer and generation files, and the tensors in shards into `folder`, which exists and
/// is the caller's (it renames it when verified). One linear and one float tensor in memory at a time. The
/// same request gives the same bytes. Throws RunError when a file cannot be written, Cancelled when asked.
WrittenCheckpoint
write_checkpoint(const CheckpointRequest& request, const std::filesystem::path& folder,
                 const std::function<void(std::int64_t done, std::int64_t total)>& progress = {},
                 const std::stop_token& stop = {});

struct Verification {
    bool ok = false;
    std::int64_t linears = 0, expert_linears = 0, float_tensors = 0; ///< compared
    std::vector<std::string> faults;                                 ///< the first 20, each naming a tensor
};
nlohmann::json to_json(const Verification& verification);

/// Re-opens `folder` and compares it with what was meant: the set of names, shapes and dtypes; codes, scales
/// and zeros unpacked against the provider's (float: the dequantized weights as cast); float tensors bit for
/// bit; no NaN, infinity or zero scale;
/// every expert of a layer quantized alike; the config's record. Never throws for what is wrong with the
/// folder: that is a fault.
Verification verify_checkpoint(const CheckpointRequest& request, const std::filesystem::path& folder,
                               const std::stop_token& stop = {});

} // namespace moequant
