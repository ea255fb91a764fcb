// Reading files for a client that may see run folders and nothing else.
#pragma once
#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <set>

namespace moequant {

class RunFiles {
  public:
    /// `runs`: the folder whose sub-folders are runs.
    explicit RunFiles(std::filesystem::path runs) : runs_(std::move(runs)) {}
    /// Makes one run folder readable. What holds no job.json is ignored.
    void allow(const std::filesystem::path& run);
    /// `{path, offset, bytes, size, data}`: up to `bytes` bytes as base64, fewer at the end of the file.
    /// RequestError when the path, links followed, lies in no run folder or is no regular file.
    nlohmann::json read(const std::filesystem::path& path, std::int64_t offset, std::int64_t bytes);

  private:
    bool readable(const std::filesystem::path& real) const;

    std::filesystem::path runs_;
    mutable std::mutex mutex_;
    std::set<std::filesystem::path> allowed_;
};

} // namespace moequant
