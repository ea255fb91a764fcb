// What a person sees on stderr while a stage works.
#pragma once
#include "core/job/event.h"

#include <chrono>
#include <mutex>
#include <string>

namespace moequant {

/// One progress line: `Quantizing  layer 9  ▓▓▓░░░  33 %  41 experts/s  2 min 10 s left`.
std::string progress_text(const nlohmann::json& progress, int bar_width);
/// "2 h 5 min", "2 min 10 s", "7 s"
std::string duration_text(double seconds);

/// Shows `progress` and `warning` events. On a terminal as a bar that is redrawn in place, otherwise as plain
/// lines: when a stage begins, then at most every ten seconds, and when it ends. Safe to use from several
/// threads.
class ProgressBar {
  public:
    explicit ProgressBar(int fd = 2);
    ~ProgressBar();
    void show(const Event& event);
    /// Removes the bar, so that other text can follow.
    void clear();

  private:
    using Clock = std::chrono::steady_clock;
    void write(const std::string& text);

    int fd_;
    bool terminal_, drawn_ = false;
    std::string stage_;
    Clock::time_point last_;
    std::mutex mutex_;
};

} // namespace moequant
