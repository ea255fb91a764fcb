#include "core/job/event_filter.h"

#include <algorithm>

namespace moequant {

EventFilter::EventFilter(std::optional<std::vector<std::string>> names, EventSink next)
    : names_(std::move(names)), next_(std::move(next)) {}

bool EventFilter::wanted(const Event& event) const {
    if (event.name == "warning")
        return true;
    if (!names_)
        return event.name != "step";
    const auto listed = [&](const std::string& name) {
        return std::find(names_->begin(), names_->end(), name) != names_->end();
    };
    return listed(event.name) ||
           (event.name == "step" && event.fields.contains("sequence") &&
            listed("step:" + std::to_string(event.fields["sequence"].get<std::int64_t>())));
}

void EventFilter::send_pending(Clock::time_point now) {
    if (!pending_ || (progress_sent_ && now - *progress_sent_ < std::chrono::milliseconds(100)))
        return;
    const Event event = std::move(*pending_);
    pending_.reset();
    progress_sent_ = now;
    next_(event);
}

void EventFilter::operator()(const Event& event) {
    const std::lock_guard lock(mutex_);
    if (!wanted(event))
        return;
    const auto now = Clock::now();
    if (event.name == "progress") {
        pending_ = event;
        send_pending(now);
        return;
    }
    if (event.name == "step") {
        const auto sequence = event.fields.value("sequence", std::int64_t(0));
        const auto sent = step_sent_.find(sequence);
        const auto interval =
            std::chrono::milliseconds(50) * std::max<std::int64_t>(1, std::int64_t(step_sent_.size()));
        if (sent != step_sent_.end() && now - sent->second < interval)
            return;
        step_sent_[sequence] = now;
        next_(event);
        return;
    }
    send_pending(now);
    next_(event);
}

void EventFilter::flush() {
    const std::lock_guard lock(mutex_);
    progress_sent_.reset();
    send_pending(Clock::now());
}

} // namespace moequant
