// A run: the folder that a job writes (docs/protocol.md, "Run folder").
#pragma once
#include "core/job/event.h"
#include "core/job/job.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace moequant {

/// $XDG_DATA_HOME/moequant/runs
std::filesystem::path default_runs_folder();
/// `<UTC yyyymmdd-hhmmss>-<kind>-<model>-<4 hex>`
std::string new_run_name(const Job& job);

/// An open run: locked while the object lives. Safe to use from several threads.
class Run {
  public:
    /// Makes the run's folder (job.run, or a new one under default_runs_folder(), whose path is then put into
    /// job.run), or goes on in an existing one. `job` must be resolved and prepared (job.inputs filled in).
    /// With the option `fresh` everything an earlier run left in the folder is removed first. RequestError:
    /// the folder holds a different job (naming the first key that differs), something else, or is locked by
    /// a live process (naming it). RunError: the folder cannot be written.
    explicit Run(Job& job);
    ~Run();
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    const std::filesystem::path& folder() const { return folder_; }
    std::string name() const { return folder_.filename().string(); }
    /// A path inside the folder, for artifacts: write them with core/job/atomic_file.h.
    std::filesystem::path path(const std::string& relative) const { return folder_ / relative; }
    /// True when the folder held an unfinished run of the same job.
    bool resumed() const { return resumed_; }
    /// The stored result, if the run had finished before. Nothing may be written then.
    const std::optional<nlohmann::json>& stored_result() const { return stored_result_; }

    /// Adds facts about this execution (device used, library versions, …) to `environment` in job.json.
    void record(const std::string& key, const nlohmann::json& value);

    /// Puts `seq` (the line number, from 1) and `t` (seconds since the run began) into `line` and appends it
    /// to events.jsonl.
    void append_event(nlohmann::json& line);
    std::int64_t last_seq() const { return seq_; }

    // Finished work that a resumed run need not do again. A key is a file name, such as
    // "layer-0007.safetensors".
    /// Calls `write` with a temporary path, syncs the file, renames it and lists it with its sha256: it
    /// exists wholly or not at all. Save a layer before emitting its `layer` event: stopping "after this
    /// layer" acts on the event.
    void save_state(const std::string& key, const std::function<void(const std::filesystem::path&)>& write);
    void save_state(const std::string& key, const std::string& bytes);
    /// The file saved under `key`; null when there is none, or when it is damaged (then `damaged` gets a
    /// warning).
    std::optional<std::filesystem::path> load_state(const std::string& key, const EventSink& warnings = {});
    void remove_state(const std::string& key);

    /// Writes result.json (its presence means finished) and removes state/. `before` runs when the result is
    /// on the disk and only the rename is left: the place for the last event.
    void finish(const nlohmann::json& result, const std::function<void()>& before = {});

  private:
    void make_folder();
    void take_lock();
    void open_record(const Job& job, bool fresh);
    void open_events();
    void open_state();
    void write_record();
    void write_state_list();

    std::filesystem::path folder_;
    nlohmann::json record_, state_ = nlohmann::json::object();
    std::optional<nlohmann::json> stored_result_;
    bool made_ = false, resumed_ = false, state_list_damaged_ = false;
    int lock_ = -1, events_ = -1;
    std::int64_t seq_ = 0;
    double earlier_seconds_ = 0;
    std::chrono::steady_clock::time_point begin_;
    std::mutex events_mutex_, state_mutex_;
};

} // namespace moequant
