// The worker's lines (docs/protocol.md, "Worker"): what a request may say, and the limits.
#pragma once
#include "core/job/error.h"
#include "core/job/job.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moequant {

inline constexpr const char* protocol_version =
    "1.0"; ///< two sides with another number before the dot do not talk
inline constexpr std::size_t line_limit = std::size_t(1) << 20; ///< bytes of a line, the newline not counted
inline constexpr std::int64_t read_limit = std::int64_t(1) << 18; ///< bytes that one `read` may ask for
inline constexpr std::size_t queue_limit = 1000;                  ///< lines waiting for the pipe

/// The number before the dot of a `hello`'s `protocol`; -1 when it is malformed.
int protocol_major(const nlohmann::json& protocol);

/// One line of the worker's stdin.
struct WorkerRequest {
    std::int64_t id = 0;
    std::string action;                             ///< the line's `do`
    std::optional<Job> job;                         ///< run
    std::optional<std::vector<std::string>> events; ///< run: names wanted ("step:3" is sequence 3 of "step")
    bool detach = false;                            ///< run: go on after the end of stdin
    bool after_layer = false; ///< cancel: `when` is "layer"; `id` names the request to stop
    std::string folder;       ///< runs; empty: the default one
    std::string path;         ///< read
    std::int64_t offset = 0, bytes = read_limit; ///< read
};

/// A line that is no request. `id` is there when the line had one.
class RequestLineError : public RequestError {
  public:
    RequestLineError(std::optional<std::int64_t> id, const std::string& text) : RequestError(text), id_(id) {}
    std::optional<std::int64_t> id() const { return id_; }

  private:
    std::optional<std::int64_t> id_;
};

/// Throws RequestLineError for whatever is wrong with the line: no JSON, no object, unknown `do`, unknown
/// keys, wrong types, a job that parse_job refuses.
WorkerRequest parse_request(std::string_view line);

/// Writes an object as one line without its newline; invalid UTF-8 becomes U+FFFD.
std::string to_line(const nlohmann::json& object);

std::string base64(std::string_view bytes);

} // namespace moequant
