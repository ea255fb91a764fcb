#include "core/job/run_files.h"

#include "core/job/error.h"
#include "core/job/worker_protocol.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace moequant {

void RunFiles::allow(const fs::path& run) {
    std::error_code error;
    const fs::path real = fs::canonical(run, error);
    if (error || !fs::is_regular_file(real / "job.json", error))
        return;
    const std::lock_guard lock(mutex_);
    allowed_.insert(real);
}

bool RunFiles::readable(const fs::path& real) const {
    std::error_code error;
    const fs::path runs = fs::canonical(runs_, error);
    const std::lock_guard lock(mutex_);
    for (fs::path folder = real.parent_path(); folder != folder.root_path(); folder = folder.parent_path())
        if (allowed_.contains(folder) || (!runs.empty() && folder.parent_path() == runs &&
                                          fs::is_regular_file(folder / "job.json", error)))
            return true;
    return false;
}

nlohmann::json RunFiles::read(const fs::path& path, std::int64_t offset, std::int64_t bytes) {
    // The name is judged after opening, by what was opened: a link changed in between cannot deceive.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        throw RequestError(path.string(), std::strerror(errno));
    const auto refuse = [&](const std::string& fault) {
        ::close(fd);
        throw RequestError(path.string(), fault);
    };
    std::error_code error;
    const fs::path real = fs::read_symlink("/proc/self/fd/" + std::to_string(fd), error);
    struct stat status {};
    if (error || !real.is_absolute() || !readable(real))
        refuse("lies in no run folder");
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        refuse("is no regular file");
    std::string data(std::size_t(std::clamp<std::int64_t>(
                         std::min(bytes, std::int64_t(status.st_size) - offset), 0, read_limit)),
                     '\0');
    std::size_t done = 0;
    while (done < data.size()) {
        const ssize_t got =
            ::pread(fd, data.data() + done, data.size() - done, off_t(offset + std::int64_t(done)));
        if (got < 0 && errno != EINTR)
            refuse(std::strerror(errno));
        if (got == 0)
            break;
        done += got > 0 ? std::size_t(got) : 0;
    }
    ::close(fd);
    data.resize(done);
    return {{"path", path.string()},
            {"offset", offset},
            {"bytes", done},
            {"size", status.st_size},
            {"data", base64(data)}};
}

} // namespace moequant
