#include "core/model/safetensors.h"

#include "core/job/error.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

namespace moequant {
namespace {

using nlohmann::json;

constexpr std::uint64_t max_header_bytes = 100'000'000; // the reference implementation's limit

std::optional<at::ScalarType> dtype_of(const std::string& name) {
    static const std::map<std::string, at::ScalarType> table = {{"F64", at::kDouble},
                                                                {"F32", at::kFloat},
                                                                {"F16", at::kHalf},
                                                                {"BF16", at::kBFloat16},
                                                                {"I64", at::kLong},
                                                                {"I32", at::kInt},
                                                                {"I16", at::kShort},
                                                                {"I8", at::kChar},
                                                                {"U8", at::kByte},
                                                                {"BOOL", at::kBool},
                                                                {"F8_E4M3", at::kFloat8_e4m3fn},
                                                                {"F8_E5M2", at::kFloat8_e5m2}};
    const auto found = table.find(name);
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

struct Mapping {
    Mapping(void* data, std::size_t size) : data(data), size(size) {}
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    void* data;
    std::size_t size;
    ~Mapping() {
        if (size > 0)
            munmap(data, size);
    }
};

std::shared_ptr<Mapping> map_file(const std::filesystem::path& path) {
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        throw RequestError(path.string(), std::strerror(errno));
    struct stat info {};
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(fd);
        throw RequestError(path.string(), "is not a regular file");
    }
    const auto size = std::size_t(info.st_size);
    void* data = size > 0 ? mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0) : nullptr;
    const int error = errno;
    close(fd);
    if (data == MAP_FAILED)
        throw RequestError(path.string(), std::strerror(error));
    return std::make_shared<Mapping>(data, size);
}

TensorEntry parse_entry(const std::string& file, const std::string& name, const json& value,
                        std::uint64_t data_bytes) {
    const auto fault = [&](const std::string& text) {
        return RequestError(file, "tensor '" + name + "' " + text);
    };
    if (!value.is_object() || !value.contains("dtype") || !value["dtype"].is_string() ||
        !value.contains("shape") || !value["shape"].is_array() || !value.contains("data_offsets") ||
        !value["data_offsets"].is_array() || value["data_offsets"].size() != 2)
        throw fault("needs dtype, shape and data_offsets");
    const auto dtype = dtype_of(value["dtype"].get<std::string>());
    if (!dtype)
        throw fault("has the unknown dtype " + value["dtype"].get<std::string>());
    TensorEntry entry{*dtype, {}, 0, 0};
    std::uint64_t bytes = at::elementSize(*dtype);
    for (const json& extent : value["shape"]) {
        if (!extent.is_number_unsigned())
            throw fault("has a shape that is not a list of sizes");
        const auto size = extent.get<std::uint64_t>();
        if (size > (std::uint64_t(1) << 40) || __builtin_mul_overflow(bytes, size, &bytes))
            throw fault("has an impossible shape");
        entry.shape.push_back(std::int64_t(size));
    }
    for (const json& offset : value["data_offsets"])
        if (!offset.is_number_unsigned())
            throw fault("has data_offsets that are not byte positions");
    entry.begin = value["data_offsets"][0].get<std::uint64_t>();
    entry.end = value["data_offsets"][1].get<std::uint64_t>();
    if (entry.begin > entry.end || entry.end > data_bytes)
        throw fault("lies outside the file (truncated?)");
    if (entry.end - entry.begin != bytes)
        throw fault("holds " + std::to_string(entry.end - entry.begin) + " bytes, its shape needs " +
                    std::to_string(bytes));
    return entry;
}

json parse_json_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw RequestError(path.string(), "cannot be opened");
    json document = json::parse(in, nullptr, false);
    if (document.is_discarded())
        throw RequestError(path.string(), "is not valid JSON");
    return document;
}

/// A shard name as an index writes it: a plain file name beside the index.
bool stays_in_folder(const std::string& name) {
    const std::filesystem::path path(name);
    if (name.empty() || path.is_absolute())
        return false;
    return std::none_of(path.begin(), path.end(), [](const auto& part) { return part == ".."; });
}

} // namespace

SafetensorsFile::SafetensorsFile(const std::filesystem::path& path) : path_(path) {
    const std::string file = path.string();
    auto mapping = map_file(path);
    size_ = mapping->size;
    if (size_ < 8)
        throw RequestError(file, "is too short for a safetensors file");
    const auto* bytes = static_cast<const char*>(mapping->data);
    std::memcpy(&header_size_, bytes, 8);
    if (header_size_ > max_header_bytes)
        throw RequestError(file, "has an oversized header (" + std::to_string(header_size_) + " bytes)");
    if (header_size_ + 8 > size_)
        throw RequestError(file, "ends inside its header (truncated?)");
    const json header = json::parse(bytes + 8, bytes + 8 + header_size_, nullptr, false);
    if (!header.is_object())
        throw RequestError(file, "has a header that is not a JSON object");

    const std::uint64_t data_bytes = size_ - 8 - header_size_;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
    for (const auto& [name, value] : header.items()) {
        if (name == "__metadata__") {
            if (!value.is_object())
                throw RequestError(file, "has a __metadata__ that is not an object");
            for (const auto& [key, text] : value.items())
                if (text.is_string())
                    metadata_[key] = text.get<std::string>();
            continue;
        }
        TensorEntry entry = parse_entry(file, name, value, data_bytes);
        if (entry.end > entry.begin)
            ranges.emplace_back(entry.begin, entry.end);
        entries_.emplace(name, std::move(entry));
    }
    std::sort(ranges.begin(), ranges.end());
    std::uint64_t at = 0;
    for (const auto& [begin, end] : ranges) {
        if (begin < at)
            throw RequestError(file, "has tensors with overlapping offsets");
        if (begin > at)
            throw RequestError(file, "has a hole between its tensors");
        at = end;
    }
    if (at != data_bytes)
        throw RequestError(file, "has bytes after its last tensor");
    mapping_ = mapping;
}

at::Tensor SafetensorsFile::load(const std::string& name) const {
    const auto found = entries_.find(name);
    if (found == entries_.end())
        throw RequestError(path_.string(), "holds no tensor '" + name + "'");
    const TensorEntry& entry = found->second;
    auto* data =
        static_cast<char*>(static_cast<Mapping*>(mapping_.get())->data) + 8 + header_size_ + entry.begin;
    const auto options = at::TensorOptions().dtype(entry.dtype);
    if (entry.end == entry.begin)
        return at::empty(entry.shape, options);
    // Files of other writers may place tensors at odd addresses; ATen needs aligned elements.
    if (reinterpret_cast<std::uintptr_t>(data) % at::elementSize(entry.dtype) != 0) {
        at::Tensor copy = at::empty(entry.shape, options);
        std::memcpy(copy.data_ptr(), data, entry.end - entry.begin);
        return copy;
    }
    return at::from_blob(
        data, entry.shape, [keep = mapping_](void*) {}, options);
}

SafetensorsFolder::SafetensorsFolder(const std::filesystem::path& folder) : folder_(folder) {
    namespace fs = std::filesystem;
    if (!fs::is_directory(folder))
        throw RequestError(folder.string(), "is not a folder");
    const fs::path index_path = folder / "model.safetensors.index.json";
    const fs::path single = folder / "model.safetensors";
    if (!fs::exists(index_path)) {
        if (!fs::exists(single))
            throw RequestError(folder.string(),
                               "holds neither model.safetensors nor model.safetensors.index.json");
        files_.emplace_back(single);
        for (const auto& [name, entry] : files_[0].entries())
            file_of_[name] = 0;
        return;
    }
    const json index = parse_json_file(index_path);
    if (!index.is_object() || !index.contains("weight_map") || !index["weight_map"].is_object())
        throw RequestError(index_path.string(), "has no weight_map");
    std::map<std::string, std::size_t> opened;
    for (const auto& [name, value] : index["weight_map"].items()) {
        if (!value.is_string() || !stays_in_folder(value.get<std::string>()))
            throw RequestError(index_path.string(), "tensor '" + name + "' points outside the folder");
        const auto shard = value.get<std::string>();
        auto found = opened.find(shard);
        if (found == opened.end()) {
            const fs::path path = folder / shard;
            if (!fs::exists(path))
                throw RequestError(path.string(), "is missing (named by model.safetensors.index.json)");
            files_.emplace_back(path);
            found = opened.emplace(shard, files_.size() - 1).first;
        }
        if (!files_[found->second].entries().contains(name))
            throw RequestError((folder / shard).string(),
                               "holds no tensor '" + name + "' although the index says so");
        file_of_[name] = found->second;
    }
}

bool SafetensorsFolder::has(const std::string& name) const {
    return file_of_.contains(name);
}

const TensorEntry& SafetensorsFolder::entry(const std::string& name) const {
    const auto found = file_of_.find(name);
    if (found == file_of_.end())
        throw RequestError(folder_.string(), "holds no tensor '" + name + "'");
    return files_[found->second].entries().at(name);
}

std::vector<std::int64_t> SafetensorsFolder::shape(const std::string& name) const {
    return entry(name).shape;
}

at::Tensor SafetensorsFolder::load(const std::string& name) const {
    entry(name);
    return files_[file_of_.at(name)].load(name);
}

std::vector<std::string> SafetensorsFolder::names() const {
    std::vector<std::string> result;
    for (const auto& [name, file] : file_of_)
        result.push_back(name);
    return result;
}

std::uint64_t SafetensorsFolder::total_bytes() const {
    std::uint64_t sum = 0;
    for (const auto& [name, file] : file_of_) {
        const TensorEntry& e = files_[file].entries().at(name);
        sum += e.end - e.begin;
    }
    return sum;
}

} // namespace moequant
