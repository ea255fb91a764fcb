// `moequant fetch NAME`: the well-known corpora from their publishers' addresses.
#pragma once
#include "core/job/event.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace moequant {

struct FetchedFile {
    std::filesystem::path path;
    std::string sha256;
    std::int64_t bytes = 0;
    bool was_there = false; ///< nothing was downloaded
};

/// The names in the address table (resources/corpora/corpora.json).
std::vector<std::string> fetchable_corpora(const std::filesystem::path& table);

/// Downloads what the table lists for `name` into `data_folder`/<the corpus's folder> and gives the files
/// that `load_corpus` reads. A file must have the table's sha256 where that states one; otherwise the first
/// download records its hash beside it (FILE.sha256), says so with a warning, and later downloads must match.
/// Files that are there with the right hash are left alone. Throws RequestError: no such name, malformed
/// table, or a program built without downloads; RunError: network, disk, or a hash that differs (the file is
/// then not kept).
std::vector<FetchedFile> fetch_corpus(const std::string& name, const std::filesystem::path& data_folder,
                                      const std::filesystem::path& table, const EventSink& emit,
                                      const std::stop_token& stop);

} // namespace moequant
