#include "core/job/event.h"

#include "core/job/error.h"

namespace moequant {

void check_stop(const std::stop_token& stop) {
    if (stop.stop_requested())
        throw Cancelled();
}

void warn(const EventSink& emit, const std::string& code, const std::string& text) {
    if (emit)
        emit({"warning", {{"code", code}, {"text", text}}});
}

Progress::Progress(EventSink emit, std::string stage, std::int64_t total, std::string unit)
    : emit_(std::move(emit)),
      stage_(std::move(stage)),
      unit_(std::move(unit)),
      total_(total),
      begin_(Clock::now()),
      last_(begin_) {}

void Progress::resume_at(std::int64_t done) {
    start_ = done;
    begin_ = Clock::now();
}

void Progress::update(std::int64_t done, std::optional<int> layer) {
    if (!emit_)
        return;
    const auto now = Clock::now();
    const bool last = done >= total_;
    if (!first_ && !last && now - last_ < std::chrono::milliseconds(100))
        return;
    first_ = false;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    const double rate = seconds > 0 && done > start_ ? double(done - start_) / seconds : 0;
    nlohmann::json fields = {
        {"stage", stage_}, {"done", done}, {"total", total_}, {"unit", unit_}, {"rate", rate}};
    fields["left_s"] = rate > 0 ? nlohmann::json(double(total_ - done) / rate) : nlohmann::json();
    if (layer)
        fields["layer"] = *layer;
    emit_({"progress", std::move(fields)});
}

} // namespace moequant
