#include "core/job/line_io.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace moequant {

bool LineReader::fill() {
    char bytes[1 << 16];
    ssize_t got = 0;
    do
        got = ::read(fd_, bytes, sizeof bytes);
    while (got < 0 && errno == EINTR);
    end_ = got <= 0;
    buffer_.erase(0, position_);
    position_ = 0;
    if (got > 0)
        buffer_.append(bytes, std::size_t(got));
    return !end_;
}

LineReader::Status LineReader::next(std::string& line) {
    bool too_long = false;
    std::size_t searched = position_;
    while (true) {
        const auto newline = buffer_.find('\n', searched);
        const std::size_t stop = newline == std::string::npos ? buffer_.size() : newline;
        too_long = too_long || stop - position_ > limit_;
        if (newline != std::string::npos || end_) {
            if (newline == std::string::npos && stop == position_ && !too_long)
                return Status::End;
            line = too_long ? "" : buffer_.substr(position_, stop - position_);
            position_ = newline == std::string::npos ? stop : stop + 1;
            return too_long ? Status::TooLong : Status::Line;
        }
        if (too_long) // keep nothing of it
            position_ = stop;
        searched = stop - position_;
        fill();
    }
}

void LineQueue::push(std::string line, bool droppable) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_)
            return;
        if (entries_.size() >= limit_) {
            if (droppable_ > 0) {
                entries_.erase(std::find_if(entries_.begin(), entries_.end(),
                                            [](const Entry& e) { return e.droppable; }));
                --droppable_;
            } else if (droppable) {
                return;
            }
        }
        entries_.push_back({std::move(line), droppable});
        droppable_ += droppable;
    }
    filled_.notify_one();
}

bool LineQueue::pop(std::string& line) {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return closed_ || !entries_.empty(); });
    if (entries_.empty())
        return false;
    droppable_ -= entries_.front().droppable;
    line = std::move(entries_.front().line);
    entries_.pop_front();
    return true;
}

void LineQueue::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    filled_.notify_all();
}

std::size_t LineQueue::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

bool write_line(int fd, const std::string& line) {
    const std::string text = line + "\n";
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = ::write(fd, text.data() + done, text.size() - done);
        if (written > 0) {
            done += std::size_t(written);
        } else if (errno == EAGAIN) {
            pollfd wait{fd, POLLOUT, 0};
            ::poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

} // namespace moequant
