// Members of a zip archive.
#pragma once
#include <filesystem>
#include <string>

namespace moequant {

/// Writes the member called `name` (in whatever folder of the archive) to `target`, by way of a temporary
/// name. Throws RunError naming the archive: damaged, no such member, or the disk is full.
void unzip_member(const std::filesystem::path& archive, const std::string& name,
                  const std::filesystem::path& target);

} // namespace moequant
