// What a stage says while it works: named events with JSON fields (shared contract: docs/protocol.md).
#pragma once
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace moequant {

/// One message without the envelope (id, seq, t), which whoever forwards it adds. `name` is one of progress,
/// usage, step, linear, layer, warning, …; `fields` an object.
struct Event {
    std::string name;
    nlohmann::json fields;
};

using EventSink = std::function<void(const Event&)>;

/// Throws Cancelled once a stop was asked for. Call it at least once a layer and once a search step.
void check_stop(const std::stop_token& stop);

/// Emits `warning` with a short machine-readable code and one sentence.
void warn(const EventSink& emit, const std::string& code, const std::string& text);

/// Turns counts of finished work into `progress` events: at most ten a second, the first and last always,
/// with rate (units a second since the start) and the seconds left.
class Progress {
  public:
    Progress(EventSink emit, std::string stage, std::int64_t total, std::string unit);
    /// `done` units of `total` are finished; `layer` says where, when the stage goes by layers.
    void update(std::int64_t done, std::optional<int> layer = std::nullopt);
    /// Work that an earlier, interrupted run had finished: counts as done but not into the rate.
    void resume_at(std::int64_t done);

  private:
    using Clock = std::chrono::steady_clock;
    EventSink emit_;
    std::string stage_, unit_;
    std::int64_t total_, start_ = 0;
    Clock::time_point begin_, last_;
    bool first_ = true;
};

} // namespace moequant
