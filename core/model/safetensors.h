// Memory-mapped safetensors files, single and sharded, and their writer.
// Format: u64 little-endian header length, JSON header, data; https://github.com/huggingface/safetensors.
#pragma once
#include "core/model/tensor_source.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace moequant {

struct TensorEntry {
    at::ScalarType dtype;
    std::vector<std::int64_t> shape;
    std::uint64_t begin, end; ///< byte range in the data section
};

/// One mapped file. The mapping lives as long as any tensor loaded from it.
class SafetensorsFile {
  public:
    /// Throws RequestError(file, fault): truncated, header oversized or no JSON, overlapping or out-of-range
    /// offsets, holes, unknown dtype, byte count that does not fit the shape.
    explicit SafetensorsFile(const std::filesystem::path& path);
    const std::map<std::string, TensorEntry>& entries() const { return entries_; }
    const std::map<std::string, std::string>& metadata() const { return metadata_; }
    const std::filesystem::path& path() const { return path_; }
    std::uint64_t file_size() const { return size_; }
    std::uint64_t header_size() const { return header_size_; }
    /// A view of the mapped bytes; never write to it.
    at::Tensor load(const std::string& name) const;

  private:
    std::filesystem::path path_;
    std::shared_ptr<void> mapping_;
    std::uint64_t size_ = 0, header_size_ = 0;
    std::map<std::string, TensorEntry> entries_;
    std::map<std::string, std::string> metadata_;
};

/// A checkpoint folder: `model.safetensors`, or the shards that `model.safetensors.index.json` names.
class SafetensorsFolder : public TensorSource {
  public:
    /// Throws RequestError for a missing or malformed index, a missing shard, a shard path that leaves the
    /// folder, a tensor that the index promises and no shard holds.
    explicit SafetensorsFolder(const std::filesystem::path& folder);
    bool has(const std::string& name) const override;
    std::vector<std::int64_t> shape(const std::string& name) const override;
    at::Tensor load(const std::string& name) const override;
    std::vector<std::string> names() const override;
    const TensorEntry& entry(const std::string& name) const;
    const std::vector<SafetensorsFile>& files() const { return files_; }
    std::uint64_t total_bytes() const; ///< of tensor data

  private:
    std::filesystem::path folder_;
    std::vector<SafetensorsFile> files_;
    std::map<std::string, std::size_t> file_of_;
};

/// A tensor of a file to be written whose data is fetched when its turn comes.
struct PendingTensor {
    std::string name;
    at::ScalarType dtype;
    std::vector<std::int64_t> shape;
    std::function<at::Tensor()> load;
};

/// Writes one safetensors file in the order given, one tensor in memory at a time (header padded to 8 bytes
/// with spaces, keys in file order), to `path`.partial and then by rename, fsynced. Tensors may be on any
/// device. Throws RunError when the disk is full.
void write_safetensors(const std::filesystem::path& path, const std::vector<PendingTensor>& tensors,
                       const std::map<std::string, std::string>& metadata = {});
void write_safetensors(const std::filesystem::path& path,
                       const std::vector<std::pair<std::string, at::Tensor>>& tensors,
                       const std::map<std::string, std::string>& metadata = {});

} // namespace moequant
