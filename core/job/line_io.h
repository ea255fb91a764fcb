// Lines in and lines out, without ever blocking the thread that computes.
#pragma once
#include "core/job/worker_protocol.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>

namespace moequant {

/// Reads lines of at most `limit` bytes from a file descriptor.
class LineReader {
  public:
    enum class Status { Line, TooLong, End };

    explicit LineReader(int fd, std::size_t limit = line_limit) : fd_(fd), limit_(limit) {}
    /// The next line without its newline. A longer one is skipped to its end and reported as TooLong; a last
    /// line without newline counts as a line.
    Status next(std::string& line);

  private:
    bool fill();

    int fd_;
    std::size_t limit_, position_ = 0;
    std::string buffer_;
    bool end_ = false;
};

/// Lines waiting to be written. When it is full (queue_limit), droppable lines give way: the oldest of them,
/// or the new one. The others are always kept.
class LineQueue {
  public:
    explicit LineQueue(std::size_t limit = queue_limit) : limit_(limit) {}
    /// Never blocks.
    void push(std::string line, bool droppable = false);
    /// Waits for a line; false once the queue is closed and empty.
    bool pop(std::string& line);
    /// No more lines will come.
    void close();
    std::size_t size() const;

  private:
    struct Entry {
        std::string line;
        bool droppable;
    };
    const std::size_t limit_;
    mutable std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<Entry> entries_;
    std::size_t droppable_ = 0;
    bool closed_ = false;
};

/// Writes line and newline; false when the other side is gone.
bool write_line(int fd, const std::string& line);

} // namespace moequant
