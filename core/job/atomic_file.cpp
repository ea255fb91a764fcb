#include "core/job/atomic_file.h"

#include "core/job/error.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace moequant {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
    throw RunError(path.string() + ": " + std::strerror(error));
}

/// Closes a descriptor at the end of the scope.
struct Descriptor {
    int fd;
    ~Descriptor() {
        if (fd >= 0)
            ::close(fd);
    }
};

} // namespace

void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
    Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
    if (file.fd < 0)
        fail(path, errno);
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            fail(path, errno);
        bytes.remove_prefix(std::size_t(written));
    }
    const int fd = std::exchange(file.fd, -1);
    if (::close(fd) != 0)
        fail(path, errno);
}

void sync_to_disk(const std::filesystem::path& path) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.fd < 0)
        fail(path, errno);
    // Some file systems cannot sync a folder and say EINVAL; the rename is then as durable as it gets.
    if (::fsync(file.fd) != 0 && errno != EINVAL)
        fail(path, errno);
}

void write_file_atomically(const std::filesystem::path& path,
                           const std::function<void(const std::filesystem::path&)>& write) {
    static std::atomic<unsigned> counter{0};
    const std::filesystem::path temporary =
        path.parent_path() / ("." + path.filename().string() + "." + std::to_string(::getpid()) + "-" +
                              std::to_string(counter++) + ".tmp");
    try {
        write(temporary);
        sync_to_disk(temporary);
        if (::rename(temporary.c_str(), path.c_str()) != 0)
            fail(path, errno);
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    sync_to_disk(path.has_parent_path() ? path.parent_path() : std::filesystem::path("."));
}

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
    write_file_atomically(path,
                          [&](const std::filesystem::path& temporary) { write_bytes(temporary, bytes); });
}

std::string read_bytes(const std::filesystem::path& path) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.fd < 0)
        throw RequestError(path.string(), std::strerror(errno));
    std::string bytes;
    char buffer[1 << 16];
    while (true) {
        const ssize_t got = ::read(file.fd, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            throw RequestError(path.string(), std::strerror(errno));
        if (got == 0)
            return bytes;
        bytes.append(buffer, std::size_t(got));
    }
}

} // namespace moequant
