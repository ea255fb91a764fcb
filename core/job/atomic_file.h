// Files that exist wholly or not at all.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace moequant {

/// Calls `write` with a temporary path in the same folder, syncs what it wrote to the disk and renames it to
/// `path`. When anything fails the temporary file is removed and `path` is as before. Throws RunError naming
/// the file and the fault (disk full, no permission); what `write` throws passes through.
void write_file_atomically(const std::filesystem::path& path,
                           const std::function<void(const std::filesystem::path&)>& write);
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

/// Plain writing with every error checked: for use inside `write`. Throws RunError.
void write_bytes(const std::filesystem::path& path, std::string_view bytes);

/// Flushes a file or folder to the disk. Throws RunError.
void sync_to_disk(const std::filesystem::path& path);

/// The whole file; throws RequestError when it cannot be read.
std::string read_bytes(const std::filesystem::path& path);

} // namespace moequant
