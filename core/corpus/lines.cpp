#include "core/corpus/lines.h"

#include "core/job/error.h"

#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

namespace moequant {
namespace {

struct CloseGz {
    void operator()(gzFile file) const { gzclose(file); }
};

/// Reads `file` in blocks until `block` gives false.
template <typename Block>
void read_blocks(const std::filesystem::path& file, Block&& block) {
    if (std::filesystem::is_directory(file))
        throw RequestError(file.string(), "is a folder, not a file");
    errno = 0;
    const std::unique_ptr<gzFile_s, CloseGz> in(gzopen(file.c_str(), "rb"));
    if (!in)
        throw RequestError(file.string(),
                           std::string("cannot be read: ") + std::strerror(errno ? errno : ENOMEM));
    std::vector<char> buffer(1 << 18);
    gzbuffer(in.get(), unsigned(buffer.size()));
    for (;;) {
        const int count = gzread(in.get(), buffer.data(), unsigned(buffer.size()));
        int code = Z_OK;
        const std::string text = gzerror(in.get(), &code);
        // A truncated gzip file ends with bytes read and Z_BUF_ERROR.
        if (count < 0 || code == Z_BUF_ERROR)
            throw RequestError(file.string(), code == Z_ERRNO
                                                  ? std::string("cannot be read: ") + std::strerror(errno)
                                                  : "damaged gzip data: " + text);
        if (count == 0 || !block(std::string_view(buffer.data(), std::size_t(count))))
            return;
    }
}

} // namespace

void for_each_line(const std::filesystem::path& file,
                   const std::function<bool(std::string_view text, std::int64_t number)>& line) {
    std::string rest;
    std::int64_t number = 0;
    bool more = true;
    read_blocks(file, [&](std::string_view block) {
        while (more) {
            const auto end = block.find('\n');
            if (end == std::string_view::npos)
                break;
            if (rest.empty()) {
                more = line(block.substr(0, end), ++number);
            } else {
                rest.append(block.substr(0, end));
                more = line(rest, ++number);
                rest.clear();
            }
            block.remove_prefix(end + 1);
        }
        rest.append(block);
        return more;
    });
    if (more && !rest.empty())
        line(rest, ++number);
}

std::string read_whole(const std::filesystem::path& file) {
    std::string text;
    std::error_code ignored;
    if (const auto size = std::filesystem::file_size(file, ignored); !ignored)
        text.reserve(size);
    read_blocks(file, [&](std::string_view block) {
        text.append(block);
        return true;
    });
    return text;
}

} // namespace moequant
