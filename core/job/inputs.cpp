#include "core/job/inputs.h"

#include "core/job/error.h"
#include "core/job/sha256.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>
#include <unistd.h>

namespace moequant {
namespace {

std::uint64_t header_bytes(const std::filesystem::path& file, std::uint64_t size) {
    std::ifstream in(file, std::ios::binary);
    unsigned char bytes[8] = {};
    in.read(reinterpret_cast<char*>(bytes), 8);
    std::uint64_t length = 0;
    for (int i = 7; i >= 0; --i)
        length = length << 8 | bytes[i];
    return in && length <= size && size - length >= 8 ? length + 8 : size;
}

std::string processor_name() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("model name")) {
            const auto colon = line.find(": ");
            return colon == std::string::npos ? "" : line.substr(colon + 2);
        }
    return "";
}

std::string gpu_name(int index) {
    std::error_code error;
    std::vector<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/driver/nvidia/gpus", error))
        folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    if (index >= int(folders.size()))
        return "NVIDIA GPU";
    std::ifstream in(folders[std::size_t(index)] / "information");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("Model:")) {
            const auto start = line.find_first_not_of(" \t", 6);
            return start == std::string::npos ? "NVIDIA GPU" : line.substr(start);
        }
    return "NVIDIA GPU";
}

bool has_avx512() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512f");
#else
    return false;
#endif
}

bool has_avx2() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}

} // namespace

nlohmann::json hash_inputs(const std::string& role, const std::vector<std::filesystem::path>& files) {
    nlohmann::json hashes = nlohmann::json::object();
    for (const auto& file : files) {
        std::error_code error;
        const auto size = std::filesystem::file_size(file, error);
        if (error)
            throw RequestError(file.string(), error.message());
        const bool weights = file.extension() == ".safetensors";
        const std::string hash = sha256_file(file, weights ? header_bytes(file, size) : UINT64_MAX);
        const std::string name = role + "/" + file.filename().string();
        std::string key = name;
        for (int copy = 2; hashes.contains(key); ++copy)
            key = name + "#" + std::to_string(copy);
        hashes[key] = {{"size", size}, {"sha256", hash}};
    }
    return hashes;
}

nlohmann::json machine_environment() {
    nlohmann::json features = nlohmann::json::array();
    if (has_avx2())
        features.push_back("avx2");
    if (has_avx512())
        features.push_back("avx512f");
    char host[256] = {};
    ::gethostname(host, sizeof host - 1);
    const char* mode = std::getenv("MKL_CBWR");
    return {{"version", MOEQUANT_VERSION},
            {"compiler", __VERSION__},
            {"host", host},
            {"cpu", processor_name()},
            {"cpu_features", features},
            {"cores", std::thread::hardware_concurrency()},
            {"mkl_cbwr", mode ? nlohmann::json(mode) : nlohmann::json()}};
}

nlohmann::json list_devices() {
    nlohmann::json devices = nlohmann::json::array();
    devices.push_back({{"name", "cpu"}, {"description", processor_name()}});
    int found = 0;
    for (int i = 0; i < 64; ++i)
        if (std::filesystem::exists("/dev/nvidia" + std::to_string(i))) {
            devices.push_back({{"name", "cuda:" + std::to_string(found)}, {"description", gpu_name(i)}});
            ++found;
        }
    return devices;
}

const char* strict_matrix_mode() {
    return has_avx512() ? "AVX512,STRICT" : has_avx2() ? "AVX2,STRICT" : "COMPATIBLE";
}

} // namespace moequant
