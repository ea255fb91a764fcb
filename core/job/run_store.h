// Reading run folders: a list of them, one of them, its events.
#pragma once
#include "core/job/job.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

struct RunSummary {
    std::filesystem::path folder;
    std::string kind, model;
    std::string time;      ///< when it was created, UTC, ISO 8601
    bool finished = false; ///< result.json is there
    bool running = false;  ///< a live process holds its lock
};

struct StoredRun {
    std::filesystem::path folder;
    Job job; ///< with its inputs
    nlohmann::json environment = nlohmann::json::object();
    std::optional<nlohmann::json> result;
};

/// The runs in `folder` (its sub-folders that hold a job.json), newest first. What is no run or damaged is
/// left out; a folder that does not exist holds none.
std::vector<RunSummary> list_runs(const std::filesystem::path& folder);
nlohmann::json to_json(const RunSummary& summary);

/// Throws RequestError when the folder holds no run or a damaged one. A result.json that is no JSON counts as
/// absent.
StoredRun read_run(const std::filesystem::path& folder);

/// The objects of events.jsonl whose `seq` is at least `from`; a torn last line is left out.
std::vector<nlohmann::json> read_events(const std::filesystem::path& folder, std::int64_t from = 1);

/// Who holds the lock: "process 12 on host since …", from the lock file.
std::string lock_holder(const std::filesystem::path& folder);
bool is_locked(const std::filesystem::path& folder);

/// Where the whole lines of an events file end.
struct EventsEnd {
    std::uint64_t bytes = 0;
    std::int64_t lines = 0;
    double seconds = 0; ///< `t` of the last whole line
};
EventsEnd find_events_end(const std::filesystem::path& events_file);

} // namespace moequant
