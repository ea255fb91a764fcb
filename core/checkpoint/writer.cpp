#include "core/checkpoint/writer.h"

#include "core/checkpoint/plan.h"
#include "core/job/error.h"
#include "core/model/safetensors.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

namespace moequant {
namespace {

namespace fs = std::filesystem;

/// Packs one linear at a time: the tensors of a linear follow each other in the file.
class Packer {
  public:
    explicit Packer(const CheckpointRequest& request) : request_(request) {}
    at::Tensor get(const PlannedTensor& planned) {
        if (request_.record.format == Format::floating)
            return request_.linear(planned.linear).dequantize().to(planned.dtype);
        if (planned.linear != linear_) {
            tensors_ = pack_linear(request_.record.format, planned.linear, request_.linear(planned.linear));
            linear_ = planned.linear;
        }
        for (const auto& [name, tensor] : tensors_)
            if (name == planned.name)
                return tensor;
        throw RunError("the quantized linear " + planned.linear + " has no " + planned.name);
    }

  private:
    const CheckpointRequest& request_;
    std::string linear_;
    NamedTensors tensors_;
};

void write_text(const fs::path& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file)
        throw RunError(path.string() + ": cannot be written");
}

/// Tokenizer, generation settings, remote code, licences: all that is neither weights nor rewritten by us.
bool carried_along(const fs::path& file) {
    const std::string name = file.filename().string(), extension = file.extension().string();
    static constexpr std::array rewritten{"config.json", "quantize_config.json", "quant_config.json",
                                          "moequant.json"};
    if (std::find(rewritten.begin(), rewritten.end(), name) != rewritten.end() ||
        name.ends_with(".index.json"))
        return false;
    static constexpr std::array kinds{".json", ".py", ".model", ".tiktoken", ".jinja"};
    return std::find(kinds.begin(), kinds.end(), extension) != kinds.end() || name == "merges.txt" ||
           name == "vocab.txt" || name.starts_with("LICENSE") || name.starts_with("NOTICE");
}

void write_configs(const CheckpointRequest& request, const CheckpointPlan& plan, const fs::path& folder) {
    const fs::path source = request.model / "config.json";
    std::ifstream file(source);
    nlohmann::ordered_json config;
    try {
        config = nlohmann::ordered_json::parse(file);
    } catch (const nlohmann::json::exception&) {
        throw RequestError(source.string(), "is no JSON document");
    }
    const nlohmann::ordered_json quantization = planned_config(request, plan);
    config.merge_patch(nlohmann::ordered_json::parse(request.config_changes.dump()));
    config.erase("quantization_config");
    if (!quantization.is_null())
        config["quantization_config"] = quantization;
    write_text(folder / "config.json", config.dump(2) + "\n");
    if (request.record.format == Format::gptq)
        write_text(folder / "quantize_config.json", quantization.dump(2) + "\n");
}

void copy_files(const fs::path& from, const fs::path& to) {
    for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
        if (!entry.is_regular_file() || !carried_along(entry.path()))
            continue;
        std::error_code error;
        fs::copy_file(entry.path(), to / entry.path().filename(), fs::copy_options::overwrite_existing,
                      error);
        if (error)
            throw RunError((to / entry.path().filename()).string() + ": " + error.message());
    }
}

std::string shard_name(std::size_t index, std::size_t count) {
    if (count == 1)
        return "model.safetensors";
    char name[64];
    std::snprintf(name, sizeof name, "model-%05zu-of-%05zu.safetensors", index + 1, count);
    return name;
}

} // namespace

WrittenCheckpoint write_checkpoint(const CheckpointRequest& request, const fs::path& folder,
                                   const std::function<void(std::int64_t, std::int64_t)>& progress,
                                   const std::stop_token& stop) {
    const CheckpointPlan plan = plan_checkpoint(request);
    const auto shards = plan_shards(plan, request.shard_size);
    write_configs(request, plan, folder);
    copy_files(request.model, folder);
    Packer packer(request);
    const auto total = std::ssize(plan.tensors);
    std::int64_t done = 0;
    nlohmann::ordered_json weight_map = nlohmann::ordered_json::object();
    for (std::size_t s = 0; s < shards.size(); ++s) {
        std::vector<PendingTensor> tensors;
        for (std::size_t i = shards[s].first; i < shards[s].second; ++i) {
            const PlannedTensor& planned = plan.tensors[i];
            weight_map[planned.name] = shard_name(s, shards.size());
            tensors.push_back({planned.name, planned.dtype, planned.shape, [&, planned] {
                                   check_stop(stop);
                                   if (progress)
                                       progress(++done, total);
                                   return planned.linear.empty()
                                              ? request.source->load(planned.name).to(planned.dtype)
                                              : packer.get(planned);
                               }});
        }
        write_safetensors(folder / shard_name(s, shards.size()), tensors, {{"format", "pt"}});
    }
    if (shards.size() > 1) {
        const nlohmann::ordered_json index = {{"metadata", {{"total_size", plan.bytes}}},
                                              {"weight_map", weight_map}};
        write_text(folder / "model.safetensors.index.json", index.dump(2) + "\n");
    }
    WrittenCheckpoint written;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file()) {
            written.files.push_back(entry.path().filename().string());
            written.bytes += entry.file_size();
        }
    std::sort(written.files.begin(), written.files.end());
    return written;
}

} // namespace moequant
