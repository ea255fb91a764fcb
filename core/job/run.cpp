#include "core/job/run.h"

#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/json_text.h"
#include "core/job/resources.h"
#include "core/job/run_store.h"
#include "core/job/sha256.h"

#include <cctype>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <random>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace fs = std::filesystem;

namespace moequant {
namespace {

std::string utc_time(const char* format) {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[64];
    std::strftime(text, sizeof text, format, &parts);
    return text;
}

} // namespace

fs::path default_runs_folder() {
    return user_data_folder() / "runs";
}

std::string new_run_name(const Job& job) {
    std::string model;
    for (char c : fs::path(job.model).filename().string())
        model += std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-' ? c : '_';
    if (model.size() > 64)
        model.resize(64);
    std::random_device device;
    char tail[5];
    std::snprintf(tail, sizeof tail, "%04x", device() & 0xffffu);
    return utc_time("%Y%m%d-%H%M%S") + "-" + job.kind + "-" + (model.empty() ? "" : model + "-") + tail;
}

Run::Run(Job& job) : begin_(std::chrono::steady_clock::now()) {
    const bool fresh = job.options.value("fresh", false);
    if (!job.run) {
        do
            folder_ = default_runs_folder() / new_run_name(job);
        while (fs::exists(folder_));
    } else {
        folder_ = *job.run;
        if (!folder_.has_filename())
            folder_ = folder_.parent_path();
    }
    try {
        make_folder();
        take_lock();
        open_record(job, fresh);
        if (!stored_result_) {
            open_state();
            write_record();
        }
        open_events();
    } catch (...) {
        std::error_code ignored;
        if (made_)
            fs::remove_all(folder_, ignored);
        for (int fd : {events_, lock_})
            if (fd >= 0)
                ::close(fd);
        throw;
    }
    job.run = folder_.string();
}

Run::~Run() {
    if (events_ >= 0)
        ::close(events_);
    if (lock_ >= 0) {
        if (::ftruncate(lock_, 0) != 0) {
            // an outdated note in an unlocked file misleads nobody: the lock itself decides
        }
        ::close(lock_);
    }
}

void Run::make_folder() {
    std::error_code error;
    if (fs::exists(folder_, error)) {
        if (!fs::is_directory(folder_))
            throw RequestError(folder_.string(), "is no run folder");
        bool empty = true;
        for (const auto& entry : fs::directory_iterator(folder_, error))
            empty = empty && entry.path().filename() == "lock";
        if (error)
            throw RequestError(folder_.string(), error.message());
        if (!empty && !fs::exists(folder_ / "job.json"))
            throw RequestError(folder_.string(), "holds something else than a run");
        return;
    }
    fs::create_directories(folder_, error);
    if (error)
        throw RunError(folder_.string() + ": " + error.message());
    made_ = true;
}

void Run::take_lock() {
    const fs::path file = folder_ / "lock";
    lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock_ < 0)
        throw RunError(file.string() + ": " + std::strerror(errno));
    int locked = ::flock(lock_, LOCK_EX | LOCK_NB);
    // is_locked() of somebody who lists runs holds the lock for a moment too
    for (int attempt = 0; locked != 0 && errno == EWOULDBLOCK && attempt < 10; ++attempt) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        locked = ::flock(lock_, LOCK_EX | LOCK_NB);
    }
    if (locked != 0) {
        const int fault = errno;
        made_ = false; // another process was quicker: the folder is its own
        if (fault != EWOULDBLOCK)
            throw RunError(file.string() + ": " + std::strerror(fault));
        throw RequestError(folder_.string(), "is in use by " + lock_holder(folder_));
    }
    char host[256] = {};
    ::gethostname(host, sizeof host - 1);
    const nlohmann::json note = {
        {"pid", ::getpid()}, {"host", host}, {"start", utc_time("%Y-%m-%dT%H:%M:%SZ")}};
    const std::string text = note.dump() + "\n";
    if (::ftruncate(lock_, 0) != 0 || ::pwrite(lock_, text.data(), text.size(), 0) != ssize_t(text.size()))
        throw RunError(file.string() + ": " + std::strerror(errno));
}

void Run::open_record(const Job& job, bool fresh) {
    Job stored_form = job;
    stored_form.options.erase("fresh");
    stored_form.run = folder_.string();
    record_ = to_json(stored_form);
    if (job.options.contains("fresh"))
        record_["options"]["fresh"] = false;
    record_["inputs"] = job.inputs;
    record_["environment"] = machine_environment();
    record_["environment"]["created"] = utc_time("%Y-%m-%dT%H:%M:%SZ");
    if (!fs::exists(folder_ / "job.json"))
        return;
    if (fresh) {
        for (const auto& entry : fs::directory_iterator(folder_))
            if (entry.path().filename() != "lock")
                fs::remove_all(entry.path());
        return;
    }
    const StoredRun before = read_run(folder_);
    if (const auto mine = job_identity(job), theirs = job_identity(before.job); mine != theirs)
        throw RequestError(folder_.string(),
                           "holds a run of a different job: " + first_difference(theirs, mine) +
                               " differs (--fresh starts over)");
    stored_result_ = before.result;
    resumed_ = !before.result;
    if (before.environment.contains("created"))
        record_["environment"]["created"] = before.environment["created"];
}

void Run::write_record() {
    write_file_atomically(folder_ / "job.json", record_.dump(2) + "\n");
}

void Run::record(const std::string& key, const nlohmann::json& value) {
    const std::lock_guard lock(state_mutex_);
    record_["environment"][key] = value;
    write_record();
}

void Run::open_events() {
    const fs::path file = folder_ / "events.jsonl";
    events_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (events_ < 0)
        throw RunError(file.string() + ": " + std::strerror(errno));
    const EventsEnd end = find_events_end(file);
    if (::ftruncate(events_, off_t(end.bytes)) != 0)
        throw RunError(file.string() + ": " + std::strerror(errno));
    seq_ = end.lines;
    earlier_seconds_ = end.seconds;
}

void Run::append_event(nlohmann::json& line) {
    const std::lock_guard lock(events_mutex_);
    line["seq"] = seq_ + 1;
    const double seconds =
        earlier_seconds_ + std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    line["t"] = std::round(seconds * 1000) / 1000;
    const std::string text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    const off_t before = ::lseek(events_, 0, SEEK_END);
    ssize_t written = 0;
    do
        written = ::write(events_, text.data(), text.size());
    while (written < 0 && errno == EINTR);
    if (written != ssize_t(text.size())) {
        const int fault = written < 0 ? errno : ENOSPC;
        if (::ftruncate(events_, before) != 0) {
            // the torn line is cut off when the run goes on
        }
        throw RunError((folder_ / "events.jsonl").string() + ": " + std::strerror(fault));
    }
    ++seq_;
}

void Run::open_state() {
    const fs::path list = folder_ / "state" / "state.json";
    std::error_code error;
    if (!fs::exists(list, error)) {
        fs::remove_all(folder_ / "state", error);
        return;
    }
    const auto document = parse_json_text(read_bytes(list));
    if (document.is_object())
        for (const auto& [key, entry] : document.items())
            if (entry.is_object() && entry.contains("file") && entry["file"].is_string() &&
                entry.contains("sha256") && entry["sha256"].is_string())
                state_[key] = entry;
    state_list_damaged_ = !document.is_object() || state_.size() != document.size();
    for (const auto& entry : fs::directory_iterator(folder_ / "state")) {
        bool listed = entry.path().filename() == "state.json";
        for (const auto& [key, value] : state_.items())
            listed = listed || value["file"] == entry.path().filename().string();
        if (!listed) // left by a process that died while saving
            fs::remove_all(entry.path(), error);
    }
}

void Run::write_state_list() {
    write_file_atomically(folder_ / "state" / "state.json", state_.dump(1) + "\n");
}

void Run::save_state(const std::string& key, const std::function<void(const fs::path&)>& write) {
    if (key.empty() || key == "state.json" || key.front() == '.' || key.find('/') != std::string::npos)
        throw std::invalid_argument("state key '" + key + "' is no file name");
    const std::lock_guard lock(state_mutex_);
    std::error_code error;
    fs::create_directories(folder_ / "state", error);
    if (error)
        throw RunError((folder_ / "state").string() + ": " + error.message());
    // A new name each time: until state.json names the new file, the old one stays valid.
    int number = 0;
    std::string name = key;
    while (fs::exists(folder_ / "state" / name))
        name = std::to_string(++number) + "-" + key;
    std::string hash;
    write_file_atomically(folder_ / "state" / name, [&](const fs::path& temporary) {
        write(temporary);
        hash = sha256_file(temporary);
    });
    const std::string before = state_.contains(key) ? state_[key]["file"].get<std::string>() : "";
    state_[key] = {{"file", name}, {"sha256", hash}, {"bytes", fs::file_size(folder_ / "state" / name)}};
    write_state_list();
    if (!before.empty())
        fs::remove(folder_ / "state" / before, error);
}

void Run::save_state(const std::string& key, const std::string& bytes) {
    save_state(key, [&](const fs::path& temporary) { write_bytes(temporary, bytes); });
}

std::optional<fs::path> Run::load_state(const std::string& key, const EventSink& warnings) {
    const std::lock_guard lock(state_mutex_);
    if (state_list_damaged_) {
        state_list_damaged_ = false;
        warn(warnings, "state",
             (folder_ / "state" / "state.json").string() + " is damaged: that work is done again");
    }
    if (!state_.contains(key))
        return std::nullopt;
    const fs::path file = folder_ / "state" / fs::path(state_[key]["file"].get<std::string>()).filename();
    std::error_code error;
    if (fs::is_regular_file(file, error) && sha256_file(file) == state_[key]["sha256"])
        return file;
    warn(warnings, "state", file.string() + " is damaged or missing: that work is done again");
    state_.erase(key);
    return std::nullopt;
}

void Run::remove_state(const std::string& key) {
    const std::lock_guard lock(state_mutex_);
    if (!state_.contains(key))
        return;
    const fs::path file = folder_ / "state" / fs::path(state_[key]["file"].get<std::string>()).filename();
    state_.erase(key);
    write_state_list();
    std::error_code error;
    fs::remove(file, error);
}

void Run::finish(const nlohmann::json& result, const std::function<void()>& before) {
    const std::lock_guard lock(state_mutex_);
    const std::string text = result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    write_file_atomically(folder_ / "result.json", [&](const fs::path& temporary) {
        write_bytes(temporary, text);
        sync_to_disk(temporary);
        if (before)
            before();
    });
    std::error_code error;
    fs::remove_all(folder_ / "state", error);
}

} // namespace moequant
