// resources/corpora/corpora.json: where the well-known corpora are downloaded from.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

struct RemoteFile {
    std::string url;
    std::optional<std::string> sha256; ///< of what the address gives, where it is known
    std::string path;                  ///< inside the corpus's folder
    std::vector<std::string> unzip;    ///< names of members to take out of the archive, which is then dropped
};

struct RemoteCorpus {
    std::string name, folder, licence;
    bool checked = false; ///< whether somebody has run these addresses online
    std::vector<RemoteFile> files;
};

/// Throws RequestError for a missing or malformed table and for paths that would leave the folder.
std::vector<RemoteCorpus> read_address_table(const std::filesystem::path& file);

} // namespace moequant
