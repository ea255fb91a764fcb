#include "core/corpus/address_table.h"

#include "core/job/error.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace moequant {
namespace {

void check_inside(const std::string& path, const std::filesystem::path& table) {
    const std::filesystem::path inside(path);
    bool leaves = path.empty() || inside.is_absolute();
    for (const auto& part : inside)
        leaves = leaves || part == "..";
    if (leaves)
        throw RequestError(table.string(), "path '" + path + "' leaves the data folder");
}

} // namespace

std::vector<RemoteCorpus> read_address_table(const std::filesystem::path& file) {
    std::vector<RemoteCorpus> table;
    std::ifstream in(file);
    if (!in)
        throw RequestError(file.string(), "cannot be read");
    try {
        const auto document = nlohmann::json::parse(in);
        for (const auto& entry : document.at("corpora")) {
            RemoteCorpus corpus;
            entry.at("name").get_to(corpus.name);
            entry.at("folder").get_to(corpus.folder);
            entry.at("licence").get_to(corpus.licence);
            entry.at("checked").get_to(corpus.checked);
            check_inside(corpus.folder, file);
            for (const auto& item : entry.at("files")) {
                RemoteFile remote{item.at("url").get<std::string>(), std::nullopt,
                                  item.at("path").get<std::string>(),
                                  item.value("unzip", std::vector<std::string>())};
                if (!item.at("sha256").is_null())
                    remote.sha256 = item.at("sha256").get<std::string>();
                check_inside(remote.path, file);
                for (const auto& member : remote.unzip)
                    check_inside(member, file);
                corpus.files.push_back(std::move(remote));
            }
            table.push_back(std::move(corpus));
        }
    } catch (const nlohmann::json::exception& fault) {
        throw RequestError(file.string(), std::string("malformed address table: ") + fault.what());
    }
    return table;
}

} // namespace moequant
