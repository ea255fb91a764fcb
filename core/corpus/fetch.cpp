#include "core/corpus/fetch.h"

#include "core/corpus/address_table.h"
#include "core/job/error.h"

#ifdef MOEQUANT_WITH_FETCH
#include "core/corpus/download.h"
#include "core/corpus/unzip.h"
#include "core/job/sha256.h"

#include <fstream>
#endif

namespace moequant {

std::vector<std::string> fetchable_corpora(const std::filesystem::path& table) {
    std::vector<std::string> names;
    for (const auto& corpus : read_address_table(table))
        names.push_back(corpus.name);
    return names;
}

#ifdef MOEQUANT_WITH_FETCH
namespace {

namespace fs = std::filesystem;

fs::path record_of(const fs::path& file) {
    return file.string() + ".sha256";
}

/// The hash that an earlier download recorded, empty when there was none.
std::string recorded(const fs::path& file) {
    std::string hash;
    std::ifstream(record_of(file)) >> hash;
    return hash;
}

/// In the form that `sha256sum --check` reads.
void record(const fs::path& file, const std::string& hash) {
    const auto part = record_of(file).string() + ".part";
    std::ofstream out(part, std::ios::trunc);
    out << hash << "  " << file.filename().string() << "\n";
    out.close();
    if (!out)
        throw RunError(part + ": cannot be written (is the disk full?)");
    fs::rename(part, record_of(file));
}

/// Downloads to `target` and checks or records the hash of what came; a wrong file is not kept.
std::string fetch_checked(const RemoteFile& remote, const fs::path& target, const EventSink& emit,
                          const std::stop_token& stop) {
    const fs::path arrival = target.string() + ".download"; // the name is taken only by what has been checked
    download(remote.url, arrival, emit, stop);
    const auto hash = sha256_file(arrival);
    const auto known = remote.sha256.value_or(recorded(target));
    if (!known.empty() && hash != known) {
        fs::remove(arrival);
        throw RunError(remote.url + ": has sha256 " + hash + ", not " + known +
                       (remote.sha256 ? "" : " as recorded in " + record_of(target).string()));
    }
    if (known.empty())
        warn(emit, "first_hash",
             remote.url + ": no published checksum is known; its sha256 " + hash + " is recorded in " +
                 record_of(target).string() + " and later downloads must match it");
    record(target, hash);
    fs::rename(arrival, target);
    return hash;
}

FetchedFile fetched(const fs::path& file, bool was_there) {
    return {file, sha256_file(file), std::int64_t(fs::file_size(file)), was_there};
}

/// True when the file is there with the hash that it should have.
bool in_place(const fs::path& file, const std::string& known) {
    return fs::exists(file) && !known.empty() && sha256_file(file) == known;
}

void fetch_plain(const RemoteFile& remote, const fs::path& target, std::vector<FetchedFile>& files,
                 const EventSink& emit, const std::stop_token& stop) {
    const bool there = in_place(target, remote.sha256.value_or(recorded(target)));
    if (!there)
        fetch_checked(remote, target, emit, stop);
    files.push_back(fetched(target, there));
}

void fetch_archive(const RemoteFile& remote, const fs::path& archive, std::vector<FetchedFile>& files,
                   const EventSink& emit, const std::stop_token& stop) {
    bool there = true;
    for (const auto& name : remote.unzip) {
        const auto target = archive.parent_path() / name;
        there = there && in_place(target, recorded(target));
    }
    if (!there) {
        fetch_checked(remote, archive, emit, stop);
        try {
            for (const auto& name : remote.unzip)
                unzip_member(archive, name, archive.parent_path() / name);
        } catch (const RunError&) {
            fs::remove(archive);
            if (!remote.sha256)
                fs::remove(record_of(archive)); // a broken first download must not bind the next
            throw;
        }
    }
    for (const auto& name : remote.unzip) {
        const auto target = archive.parent_path() / name;
        files.push_back(fetched(target, there));
        if (!there)
            record(target, files.back().sha256);
    }
    fs::remove(archive);
}

} // namespace

std::vector<FetchedFile> fetch_corpus(const std::string& name, const fs::path& data_folder,
                                      const fs::path& table, const EventSink& emit,
                                      const std::stop_token& stop) {
    std::string names;
    for (const auto& corpus : read_address_table(table)) {
        names += (names.empty() ? "" : ", ") + corpus.name;
        if (corpus.name != name)
            continue;
        if (!corpus.checked)
            warn(emit, "unchecked_address",
                 "the addresses of " + name + " have not been tried by the makers of this program");
        std::vector<FetchedFile> files;
        for (const auto& remote : corpus.files) {
            const auto target = data_folder / corpus.folder / remote.path;
            std::error_code fault;
            fs::create_directories(target.parent_path(), fault);
            if (fault)
                throw RequestError(target.parent_path().string(), "cannot be created: " + fault.message());
            if (remote.unzip.empty())
                fetch_plain(remote, target, files, emit, stop);
            else
                fetch_archive(remote, target, files, emit, stop);
        }
        return files;
    }
    throw RequestError("fetch: no corpus '" + name + "' (there are " + names + ")");
}

#else

std::vector<FetchedFile> fetch_corpus(const std::string&, const std::filesystem::path&,
                                      const std::filesystem::path&, const EventSink&,
                                      const std::stop_token&) {
    throw RequestError("fetch: this program was built without downloads (MOEQUANT_FETCH)");
}

#endif

} // namespace moequant
