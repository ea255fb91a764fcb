#include "core/job/output_folder.h"

#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/json_text.h"
#include "core/job/option_table.h"

namespace fs = std::filesystem;

namespace moequant {
namespace {

fs::path without_slash(fs::path path) {
    return path.has_filename() ? path : path.parent_path();
}

void check_identity(const fs::path& out, const nlohmann::json& identity) {
    std::error_code error;
    const auto status = fs::status(out, error);
    if (!fs::exists(status))
        return;
    if (!fs::is_directory(status))
        throw RequestError(out.string(), "exists and is no folder");
    const bool empty = fs::is_empty(out, error);
    if (error)
        throw RequestError(out.string(), error.message());
    if (empty)
        return;
    if (!fs::is_regular_file(out / "moequant.json", error))
        throw RequestError(out.string(), "already holds something else");
    const auto record = parse_json_text(read_bytes(out / "moequant.json"));
    if (!record.is_object() || !record.contains("identity"))
        throw RequestError((out / "moequant.json").string(), "is damaged; the folder is not overwritten");
    if (const std::string key = first_difference(record["identity"], identity);
        record["identity"] != identity)
        throw RequestError(out.string(),
                           "already holds the checkpoint of a different job (" + key + " differs)");
}

} // namespace

void check_output_folder(const fs::path& out, const Job& job) {
    check_identity(without_slash(out), job_identity(job));
}

void check_output(const Job& job) {
    if (!job.output)
        return;
    const Output kind = find_kind(job.kind).output;
    const fs::path out = *job.output;
    std::error_code error;
    if (kind == Output::OptionalFolder || kind == Output::RequiredFolder) {
        check_output_folder(out, job);
    } else if (fs::is_directory(out, error) || !out.has_filename()) {
        throw RequestError(out.string(), "is a folder, not a file");
    } else if (out.has_parent_path() && !fs::is_directory(out.parent_path(), error)) {
        throw RequestError(out.string(), "its folder does not exist");
    }
}

OutputFolder::OutputFolder(fs::path out, const Job& job, const std::string& run_name)
    : out_(without_slash(std::move(out))),
      partial_(out_.string() + ".partial-" + run_name),
      run_name_(run_name),
      identity_(job_identity(job)) {
    check_identity(out_, identity_);
    std::error_code error;
    fs::remove_all(partial_, error);
    fs::create_directories(partial_, error);
    if (error)
        throw RunError(partial_.string() + ": " + error.message());
}

OutputFolder::~OutputFolder() {
    std::error_code error;
    if (!committed_)
        fs::remove_all(partial_, error);
}

void OutputFolder::commit(const nlohmann::json& facts) {
    nlohmann::json record = facts.is_object() ? facts : nlohmann::json::object();
    record["identity"] = identity_;
    record["version"] = MOEQUANT_VERSION;
    write_file_atomically(partial_ / "moequant.json", record.dump(2) + "\n");
    for (const auto& entry : fs::recursive_directory_iterator(partial_))
        if (entry.is_regular_file())
            sync_to_disk(entry.path());
    check_identity(out_, identity_); // somebody may have put something there meanwhile
    const fs::path old = out_.string() + ".old-" + run_name_;
    std::error_code error;
    fs::remove_all(old, error);
    const bool replaced = fs::exists(out_);
    if (replaced)
        fs::rename(out_, old, error);
    if (!error)
        fs::rename(partial_, out_, error);
    if (error) {
        std::error_code ignored;
        if (replaced && !fs::exists(out_, ignored))
            fs::rename(old, out_, ignored);
        throw RunError(out_.string() + ": " + error.message());
    }
    committed_ = true;
    fs::remove_all(old, error);
}

} // namespace moequant
