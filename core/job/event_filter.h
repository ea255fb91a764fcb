// Which events of a request go on, and how often.
#pragma once
#include "core/job/event.h"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

/// `progress` at most ten a second, the latest wins; `step` only for subscribed sequences and at most twenty
/// a second over all of them; the rest as it comes. Safe to call from several threads.
class EventFilter {
  public:
    /// `names`: events wanted ("step" for all sequences, "step:3" for one); without, all but `step`. Warnings
    /// always pass.
    EventFilter(std::optional<std::vector<std::string>> names, EventSink next);
    void operator()(const Event& event);
    /// Sends what is held back.
    void flush();

  private:
    using Clock = std::chrono::steady_clock;
    bool wanted(const Event& event) const;
    void send_pending(Clock::time_point now);

    std::optional<std::vector<std::string>> names_;
    EventSink next_;
    std::mutex mutex_;
    std::optional<Event> pending_; ///< the latest progress, not sent yet
    std::optional<Clock::time_point> progress_sent_;
    std::map<std::int64_t, Clock::time_point> step_sent_;
};

} // namespace moequant
