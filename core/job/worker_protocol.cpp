#include "core/job/worker_protocol.h"

#include "core/job/json_text.h"

#include <charconv>

namespace moequant {
namespace {

/// The fields of a request line, each asked for once.
class Fields {
  public:
    Fields(const nlohmann::json& line, std::int64_t id) : line_(line), id_(id) {}

    [[noreturn]] void refuse(const std::string& text) const { throw RequestLineError(id_, text); }

    void allow(std::initializer_list<const char*> names) const {
        for (const auto& [key, value] : line_.items()) {
            bool known = key == "id" || key == "do";
            for (const char* name : names)
                known = known || key == name;
            if (!known)
                refuse(key + ": unknown key of this request");
        }
    }
    std::string text(const char* name) const {
        if (!line_.contains(name) || line_[name].is_null())
            return "";
        if (!line_[name].is_string() ||
            line_[name].get_ref<const std::string&>().find('\0') != std::string::npos)
            refuse(std::string(name) + ": expected text");
        return line_[name];
    }
    bool flag(const char* name) const {
        if (!line_.contains(name))
            return false;
        if (!line_[name].is_boolean())
            refuse(std::string(name) + ": expected true or false");
        return line_[name];
    }
    std::int64_t number(const char* name, std::int64_t missing, std::int64_t max) const {
        if (!line_.contains(name))
            return missing;
        const auto& value = line_[name];
        if (!value.is_number_integer() ||
            (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t(max)) ||
            value.get<std::int64_t>() < 0 || value.get<std::int64_t>() > max)
            refuse(std::string(name) + ": expected a whole number from 0 to " + std::to_string(max));
        return value;
    }

  private:
    const nlohmann::json& line_;
    std::int64_t id_;
};

void read_run_fields(WorkerRequest& request, const nlohmann::json& line, const Fields& fields) {
    fields.allow({"job", "events", "detach"});
    if (!line.contains("job"))
        fields.refuse("job: missing");
    try {
        request.job = parse_job(line["job"]);
    } catch (const RequestError& error) {
        fields.refuse(error.what());
    }
    if (line.contains("events") && !line["events"].is_null()) {
        if (!line["events"].is_array())
            fields.refuse("events: expected a list of names");
        request.events.emplace();
        for (const auto& name : line["events"]) {
            if (!name.is_string())
                fields.refuse("events: expected a list of names");
            request.events->push_back(name);
        }
    }
    request.detach = fields.flag("detach");
}

} // namespace

int protocol_major(const nlohmann::json& protocol) {
    if (protocol.is_number_integer())
        return protocol.get<int>();
    if (!protocol.is_string())
        return -1;
    const auto& text = protocol.get_ref<const std::string&>();
    int major = -1;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), major);
    return error == std::errc() && (*stop == '.' || *stop == '\0') ? major : -1;
}

WorkerRequest parse_request(std::string_view text) {
    const auto line = parse_json_text(text);
    if (line.is_discarded())
        throw RequestLineError({}, "the line is no JSON");
    if (!line.is_object())
        throw RequestLineError({}, "the line is no JSON object");
    if (!line.contains("id") || !line["id"].is_number_integer() ||
        (line["id"].is_number_unsigned() && line["id"].get<std::uint64_t>() > std::uint64_t(INT64_MAX)))
        throw RequestLineError({}, "id: expected a whole number");
    WorkerRequest request;
    request.id = line["id"];
    const Fields fields(line, request.id);
    request.action = fields.text("do");
    if (request.action == "run") {
        read_run_fields(request, line, fields);
    } else if (request.action == "cancel") {
        fields.allow({"when"});
        const std::string when = fields.text("when");
        if (!when.empty() && when != "now" && when != "layer")
            fields.refuse("when: expected \"now\" or \"layer\"");
        request.after_layer = when == "layer";
    } else if (request.action == "runs") {
        fields.allow({"folder"});
        request.folder = fields.text("folder");
    } else if (request.action == "read") {
        fields.allow({"path", "offset", "bytes"});
        request.path = fields.text("path");
        if (request.path.empty())
            fields.refuse("path: missing");
        request.offset = fields.number("offset", 0, INT64_MAX);
        request.bytes = fields.number("bytes", read_limit, read_limit);
    } else if (request.action == "hello" || request.action == "drop-model" || request.action == "quit") {
        fields.allow({"protocol"});
    } else {
        fields.refuse(request.action.empty() ? "do: missing"
                                             : "do: unknown request '" + request.action + "'");
    }
    return request;
}

std::string to_line(const nlohmann::json& object) {
    return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string base64(std::string_view bytes) {
    static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t k) {
            return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u;
        };
        const std::uint32_t three = byte(0) << 16 | byte(1) << 8 | byte(2);
        text += digits[three >> 18];
        text += digits[three >> 12 & 63];
        text += i + 1 < bytes.size() ? digits[three >> 6 & 63] : '=';
        text += i + 2 < bytes.size() ? digits[three & 63] : '=';
    }
    return text;
}

} // namespace moequant
