#include "core/corpus/download.h"

#include "core/job/error.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>

namespace moequant {
namespace {

namespace fs = std::filesystem;

constexpr int attempts = 5;
constexpr auto pause_between = std::chrono::milliseconds(300);

struct CurlCleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct SlistCleanup {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Transfer {
    CURL* handle = nullptr;
    fs::path part, validator; ///< the unfinished file, and the server's mark of the version it is from
    std::int64_t offset = 0;  ///< bytes that were there before this attempt
    std::ofstream out;
    std::int64_t written = 0;
    std::optional<std::int64_t> range_start; ///< of the Content-Range header
    std::string etag;
    bool began = false, disk_failed = false, wrong_range = false;
    std::optional<Progress> progress;
    const EventSink* emit = nullptr;
    const std::stop_token* stop = nullptr;
};

long status_of(CURL* handle) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin));
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    const std::string_view line(data, size * count);
    if (line.starts_with("HTTP/")) { // a redirect's answer came before: forget its headers
        transfer.etag.clear();
        transfer.range_start.reset();
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos)
        return size * count;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return char(std::tolower(c)); });
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "etag" && !value.starts_with("W/")) // a weak one does not promise equal bytes
        transfer.etag = value;
    else if (name == "content-range" && value.starts_with("bytes "))
        transfer.range_start = std::strtoll(value.c_str() + 6, nullptr, 10);
    return size * count;
}

/// At the first byte of the body it is known whether the server continues or begins anew.
bool begin_body(Transfer& transfer) {
    transfer.began = true;
    const bool continues = status_of(transfer.handle) == 206;
    if (continues && transfer.range_start.value_or(-1) != transfer.offset) {
        transfer.wrong_range = true;
        return false;
    }
    if (!continues)
        transfer.offset = 0;
    transfer.out.open(transfer.part, std::ios::binary | (continues ? std::ios::app : std::ios::trunc));
    if (!transfer.etag.empty())
        std::ofstream(transfer.validator, std::ios::binary | std::ios::trunc) << transfer.etag;
    else
        fs::remove(transfer.validator);
    return bool(transfer.out);
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    const auto bytes = size * count;
    if (!transfer.began && !begin_body(transfer)) {
        transfer.disk_failed = !transfer.wrong_range;
        return 0;
    }
    transfer.out.write(data, std::streamsize(bytes));
    if (!transfer.out) {
        transfer.disk_failed = true;
        return 0;
    }
    transfer.written += std::int64_t(bytes);
    return bytes;
}

int on_progress(void* user, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) {
    auto& transfer = *static_cast<Transfer*>(user);
    if (total > 0 && transfer.began) {
        if (!transfer.progress) {
            transfer.progress.emplace(*transfer.emit, "fetch", transfer.offset + total, "bytes");
            transfer.progress->resume_at(transfer.offset);
        }
        transfer.progress->update(transfer.offset + now);
    }
    return transfer.stop->stop_requested() ? 1 : 0;
}

std::string first_line(const fs::path& file) {
    std::string line;
    std::ifstream in(file);
    std::getline(in, line);
    return line;
}

void set_up(CURL* handle, const std::string& url, Transfer& transfer) {
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(handle, CURLOPT_MAXREDIRS, 10L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, 20L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L); // a minute without a byte
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, 60L);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "moequant/" MOEQUANT_VERSION);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
}

/// What one attempt came to.
enum class Outcome { Done, Again, AgainFromStart };

Outcome attempt(const std::string& url, const fs::path& part, const EventSink& emit,
                const std::stop_token& stop, std::string& fault) {
    const std::unique_ptr<CURL, CurlCleanup> handle(curl_easy_init());
    if (!handle)
        throw RunError("libcurl cannot be initialized");
    Transfer transfer;
    transfer.handle = handle.get();
    transfer.part = part;
    transfer.validator = part.string() + ".etag";
    transfer.emit = &emit;
    transfer.stop = &stop;
    std::error_code missing;
    if (const auto size = fs::file_size(part, missing); !missing)
        transfer.offset = std::int64_t(size);
    set_up(handle.get(), url, transfer);
    std::unique_ptr<curl_slist, SlistCleanup> headers;
    const auto range = std::to_string(transfer.offset) + "-";
    if (transfer.offset > 0) {
        curl_easy_setopt(handle.get(), CURLOPT_RANGE, range.c_str());
        if (const auto etag = first_line(transfer.validator); !etag.empty()) {
            headers.reset(curl_slist_append(nullptr, ("If-Range: " + etag).c_str()));
            curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
        }
    }
    const auto code = curl_easy_perform(handle.get());
    transfer.out.close();
    const auto status = status_of(handle.get());
    if (stop.stop_requested())
        throw Cancelled();
    if (transfer.disk_failed || (transfer.began && !transfer.wrong_range && transfer.out.fail()))
        throw RunError(part.string() + ": cannot be written (is the disk full?)");
    if (code == CURLE_OK) {
        if (!transfer.began) // an empty file
            std::ofstream(part, std::ios::binary | std::ios::trunc);
        return Outcome::Done;
    }
    fault = url + ": " +
            (code == CURLE_HTTP_RETURNED_ERROR ? "the server answered " + std::to_string(status)
                                               : std::string(curl_easy_strerror(code)));
    // 416: the part is longer than what lies there now.
    if (transfer.wrong_range || status == 416)
        return Outcome::AgainFromStart;
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT)
        throw RequestError(fault);
    const bool network = code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR ||
                         code == CURLE_GOT_NOTHING || code == CURLE_OPERATION_TIMEDOUT ||
                         code == CURLE_HTTP2_STREAM || code == CURLE_SEND_ERROR;
    if (network || status == 429 || status == 500 || status == 502 || status == 503 || status == 504)
        return Outcome::Again;
    throw RunError(fault);
}

} // namespace

void download(const std::string& url, const fs::path& target, const EventSink& emit,
              const std::stop_token& stop) {
    if (!url.starts_with("http://") && !url.starts_with("https://"))
        throw RequestError(url + ": only http and https addresses are fetched");
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    if (!ready)
        throw RunError("libcurl cannot be initialized");
    const fs::path part = target.string() + ".part";
    std::string fault;
    for (int i = 0; i < attempts; ++i) {
        check_stop(stop);
        const auto outcome = attempt(url, part, emit, stop, fault);
        if (outcome == Outcome::Done) {
            fs::rename(part, target);
            fs::remove(part.string() + ".etag");
            return;
        }
        if (outcome == Outcome::AgainFromStart)
            fs::remove(part);
        std::this_thread::sleep_for(pause_between);
    }
    throw RunError(fault + " (what has come is kept; fetching again goes on from there)");
}

} // namespace moequant
