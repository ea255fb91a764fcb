#include "core/job/run_store.h"

#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/json_text.h"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace moequant {

StoredRun read_run(const fs::path& folder) {
    StoredRun run;
    run.folder = folder;
    const fs::path file = folder / "job.json";
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        throw RequestError(folder.string(), "is no run folder (it has no job.json)");
    const auto record = parse_json_text(read_bytes(file));
    if (!record.is_object())
        throw RequestError(file.string(), "is no JSON document");
    run.job = read_job_file(file);
    if (record.contains("inputs"))
        run.job.inputs = record["inputs"];
    if (record.contains("environment") && record["environment"].is_object())
        run.environment = record["environment"];
    if (fs::is_regular_file(folder / "result.json", error)) {
        auto result = parse_json_text(read_bytes(folder / "result.json"));
        if (!result.is_discarded())
            run.result = std::move(result);
    }
    return run;
}

std::vector<RunSummary> list_runs(const fs::path& folder) {
    std::vector<RunSummary> runs;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (!fs::is_regular_file(entry.path() / "job.json", error))
            continue;
        try {
            const auto record = parse_json_text(read_bytes(entry.path() / "job.json"));
            const auto environment = record.value("environment", nlohmann::json::object());
            runs.push_back({entry.path(), record.at("kind").get<std::string>(),
                            record.at("model").is_string() ? record["model"].get<std::string>() : "",
                            environment.value("created", ""),
                            fs::is_regular_file(entry.path() / "result.json"), is_locked(entry.path())});
        } catch (const std::exception&) {
            continue;
        }
    }
    std::sort(runs.begin(), runs.end(), [](const RunSummary& a, const RunSummary& b) {
        return a.time != b.time ? a.time > b.time : a.folder > b.folder;
    });
    return runs;
}

nlohmann::json to_json(const RunSummary& summary) {
    return {{"folder", summary.folder.string()},
            {"kind", summary.kind},
            {"model", summary.model},
            {"time", summary.time},
            {"finished", summary.finished},
            {"running", summary.running}};
}

std::vector<nlohmann::json> read_events(const fs::path& folder, std::int64_t from) {
    std::vector<nlohmann::json> events;
    const fs::path file = folder / "events.jsonl";
    std::error_code error;
    if (!fs::exists(file, error))
        return events;
    const EventsEnd end = find_events_end(file);
    std::ifstream in(file, std::ios::binary);
    std::string line;
    for (std::int64_t number = 1; number <= end.lines && std::getline(in, line); ++number)
        if (number >= from) {
            auto event = parse_json_text(line);
            if (event.is_object())
                events.push_back(std::move(event));
        }
    return events;
}

std::string lock_holder(const fs::path& folder) {
    try {
        const auto note = parse_json_text(read_bytes(folder / "lock"));
        return "process " + std::to_string(note.at("pid").get<std::int64_t>()) + " on " +
               note.at("host").get<std::string>() + " since " + note.at("start").get<std::string>();
    } catch (const std::exception&) {
        return "another process";
    }
}

bool is_locked(const fs::path& folder) {
    const int fd = ::open((folder / "lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool locked = ::flock(fd, LOCK_SH | LOCK_NB) != 0;
    ::close(fd);
    return locked;
}

EventsEnd find_events_end(const fs::path& events_file) {
    EventsEnd end;
    std::ifstream in(events_file, std::ios::binary);
    std::string line, last;
    std::uint64_t before_last = 0;
    while (std::getline(in, line) && !in.eof()) { // a line without its newline sets eof: it is torn
        before_last = end.bytes;
        end.bytes += line.size() + 1;
        ++end.lines;
        last.swap(line);
    }
    if (end.lines == 0)
        return end;
    const auto event = parse_json_text(last);
    if (!event.is_object()) { // the newline arrived but not all before it
        end.bytes = before_last;
        --end.lines;
    } else if (event.contains("t") && event["t"].is_number()) {
        end.seconds = event["t"].get<double>();
    }
    return end;
}

} // namespace moequant
