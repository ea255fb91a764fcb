#include "core/job/error.h"
#include "core/model/safetensors.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace moequant {
namespace {

std::string dtype_name(at::ScalarType dtype) {
    switch (dtype) {
    case at::kDouble:
        return "F64";
    case at::kFloat:
        return "F32";
    case at::kHalf:
        return "F16";
    case at::kBFloat16:
        return "BF16";
    case at::kLong:
        return "I64";
    case at::kInt:
        return "I32";
    case at::kShort:
        return "I16";
    case at::kChar:
        return "I8";
    case at::kByte:
        return "U8";
    case at::kBool:
        return "BOOL";
    case at::kFloat8_e4m3fn:
        return "F8_E4M3";
    case at::kFloat8_e5m2:
        return "F8_E5M2";
    default:
        throw std::logic_error("safetensors cannot hold this dtype");
    }
}

class File {
  public:
    explicit File(const std::filesystem::path& path) : path_(path) {
        fd_ = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        if (fd_ < 0)
            fail();
    }
    ~File() {
        if (fd_ >= 0)
            close(fd_);
    }
    void write(const void* data, std::size_t size) {
        const auto* at = static_cast<const char*>(data);
        while (size > 0) {
            const ssize_t n = ::write(fd_, at, std::min<std::size_t>(size, 1 << 30));
            if (n < 0 && errno == EINTR)
                continue;
            if (n < 0)
                fail();
            at += n;
            size -= std::size_t(n);
        }
    }
    void finish() {
        if (fsync(fd_) != 0 && errno != EINVAL)
            fail();
        if (close(std::exchange(fd_, -1)) != 0)
            fail();
    }

  private:
    [[noreturn]] void fail() {
        const std::string text = path_.string() + ": " + std::strerror(errno);
        ::unlink(path_.c_str());
        throw RunError(text);
    }
    std::filesystem::path path_;
    int fd_;
};

} // namespace

void write_safetensors(const std::filesystem::path& path, const std::vector<PendingTensor>& tensors,
                       const std::map<std::string, std::string>& metadata) {
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t at = 0;
    for (const PendingTensor& tensor : tensors) {
        std::uint64_t bytes = c10::elementSize(tensor.dtype);
        for (const std::int64_t size : tensor.shape)
            bytes *= std::uint64_t(size);
        header[tensor.name] = {
            {"dtype", dtype_name(tensor.dtype)}, {"shape", tensor.shape}, {"data_offsets", {at, at + bytes}}};
        at += bytes;
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t size = text.size();

    std::filesystem::path partial = path;
    partial += ".partial";
    File file(partial);
    file.write(&size, 8);
    file.write(text.data(), text.size());
    for (const PendingTensor& tensor : tensors) {
        const at::Tensor flat = tensor.load().to(at::kCPU).contiguous();
        if (flat.scalar_type() != tensor.dtype || flat.sizes() != at::IntArrayRef(tensor.shape))
            throw std::logic_error("tensor " + tensor.name + " is not what the header of " + path.string() +
                                   " says");
        file.write(flat.data_ptr(), std::size_t(flat.nbytes()));
    }
    file.finish();
    std::filesystem::rename(partial, path);
}

void write_safetensors(const std::filesystem::path& path,
                       const std::vector<std::pair<std::string, at::Tensor>>& tensors,
                       const std::map<std::string, std::string>& metadata) {
    std::vector<PendingTensor> pending;
    for (const auto& [name, tensor] : tensors)
        pending.push_back(
            {name, tensor.scalar_type(), tensor.sizes().vec(), [tensor = tensor] { return tensor; }});
    write_safetensors(path, pending, metadata);
}

} // namespace moequant
