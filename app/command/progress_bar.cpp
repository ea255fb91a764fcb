#include "app/command/progress_bar.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <sys/ioctl.h>
#include <unistd.h>

namespace moequant {
namespace {

double number(const nlohmann::json& fields, const char* name) {
    return fields.contains(name) && fields[name].is_number() ? fields[name].get<double>() : 0;
}

std::string rate_text(double rate) {
    char text[32];
    std::snprintf(text, sizeof text, rate >= 100 ? "%.0f" : rate >= 10 ? "%.1f" : "%.2f", rate);
    return text;
}

} // namespace

std::string duration_text(double seconds) {
    const auto whole = std::int64_t(std::ceil(std::max(0.0, seconds)));
    if (whole < 60)
        return std::to_string(whole) + " s";
    if (whole < 3600)
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string progress_text(const nlohmann::json& progress, int bar_width) {
    const double total = number(progress, "total"), done = number(progress, "done");
    const double share = total > 0 ? std::clamp(done / total, 0.0, 1.0) : 0;
    std::string text = progress.value("stage", "");
    if (progress.contains("layer") && progress["layer"].is_number_integer())
        text += "  layer " + std::to_string(progress["layer"].get<int>());
    if (bar_width > 0) {
        text += "  ";
        const int filled = int(std::lround(share * bar_width));
        for (int i = 0; i < bar_width; ++i)
            text += i < filled ? "▓" : "░";
    }
    text += "  " + std::to_string(int(share * 100)) + " %";
    if (const double rate = number(progress, "rate"); rate > 0)
        text += "  " + rate_text(rate) + " " + progress.value("unit", "") + "/s";
    if (progress.contains("left_s") && progress["left_s"].is_number() && done < total)
        text += "  " + duration_text(number(progress, "left_s")) + " left";
    return text;
}

ProgressBar::ProgressBar(int fd) : fd_(fd), terminal_(::isatty(fd) != 0) {}

ProgressBar::~ProgressBar() {
    clear();
}

void ProgressBar::write(const std::string& text) {
    if (::write(fd_, text.data(), text.size()) < 0) {
        // a closed stderr must not stop the work
    }
}

void ProgressBar::clear() {
    const std::lock_guard lock(mutex_);
    if (drawn_)
        write("\r\033[K");
    drawn_ = false;
}

void ProgressBar::show(const Event& event) {
    if (event.name == "warning") {
        clear();
        spdlog::warn("{}", event.fields.value("text", ""));
        return;
    }
    if (event.name != "progress")
        return;
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    const std::string stage = event.fields.value("stage", "");
    const bool end = number(event.fields, "done") >= number(event.fields, "total");
    const bool begin = stage != stage_;
    if (!begin && !end &&
        now - last_ < (terminal_ ? std::chrono::milliseconds(100) : std::chrono::seconds(10)))
        return;
    stage_ = stage;
    last_ = now;
    if (!terminal_) {
        write(progress_text(event.fields, 0) + "\n");
        return;
    }
    winsize size{};
    const int columns = ::ioctl(fd_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
    write("\r\033[K" + progress_text(event.fields, std::clamp(columns - 70, 5, 30)));
    drawn_ = true;
}

} // namespace moequant
