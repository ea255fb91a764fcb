// The three ways a job can end early. Everything else that escapes a stage is a failed run (exit code 1).
#pragma once
#include <stdexcept>
#include <string>

namespace moequant {

/// The request was wrong: bad option, unreadable or malformed file. One line naming the file (or option, or
/// tensor) and the fault. Exit code 2; nothing has been written.
class RequestError : public std::runtime_error {
  public:
    explicit RequestError(const std::string& text) : std::runtime_error(text) {}
    RequestError(const std::string& file, const std::string& fault)
        : std::runtime_error(file + ": " + fault), file_(file) {}
    /// The file at fault, empty when it is not about a file.
    const std::string& file() const { return file_; }

  private:
    std::string file_;
};

/// The run failed although the request was right: disk full, out of memory. Exit code 1.
class RunError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Stopped on the user's wish. Exit code 130.
class Cancelled : public std::runtime_error {
  public:
    Cancelled() : std::runtime_error("cancelled") {}
};

} // namespace moequant
