// Files read in a stream, gzip or not (zlib tells by the first bytes).
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace moequant {

/// Calls `line(text, number)` for every line of `file`, numbered from 1, without its "\n"; stops when it
/// gives false. A last line without "\n" counts, an empty rest after the last "\n" does not. RequestError:
/// unreadable or damaged.
void for_each_line(const std::filesystem::path& file,
                   const std::function<bool(std::string_view text, std::int64_t number)>& line);

/// The whole file, unpacked. RequestError as above.
std::string read_whole(const std::filesystem::path& file);

} // namespace moequant
