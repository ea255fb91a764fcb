#include "core/stages/device.h"

#include "core/job/error.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>

#include <dlfcn.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace moequant {
namespace {

bool driver_present() {
    return std::filesystem::exists("/proc/driver/nvidia/version");
}

/// libtorch asks for its CUDA hooks once, so the library must be there before anything else asks.
bool load_cuda() {
    static const bool loaded = [] {
        for (const char* name : {"libtorch_cuda_linalg.so", "libtorch_cuda.so"})
            dlopen(name, RTLD_NOW | RTLD_GLOBAL);
        return dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) != nullptr && at::globalContext().hasCUDA();
    }();
    return loaded;
}

at::Device parse_device(const std::string& name) {
    if (name == "cpu")
        return at::kCPU;
    if (name == "auto")
        return driver_present() && load_cuda() ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
    int index = 0;
    if (name != "cuda") {
        if (!name.starts_with("cuda:") || name.size() > 8 || name.size() == 5 ||
            name.find_first_not_of("0123456789", 5) != std::string::npos)
            throw RequestError("--device '" + name + "' is unknown (auto, cpu, cuda, cuda:N)");
        index = std::stoi(name.substr(5));
    }
    if (!driver_present())
        throw RequestError("--device " + name + ": no NVIDIA driver on this machine; use --device cpu");
    if (!load_cuda())
        throw RequestError("--device " + name +
                           ": libtorch's CUDA library cannot be loaded; install the CUDA build");
    if (index >= int(at::globalContext().getAcceleratorHooksInterface(at::kCUDA).deviceCount()))
        throw RequestError("--device " + name + ": there is no such device");
    return {at::kCUDA, at::DeviceIndex(index)};
}

} // namespace

int thread_count(const Job& job) {
    const auto threads = int_option(job, "threads");
    return threads > 0 ? int(threads) : int(std::max(1u, std::thread::hardware_concurrency()));
}

Compute prepare_compute(const Job& job, at::ScalarType stored) {
    Compute compute;
    compute.device = parse_device(text_option(job, "device"));
    at::set_num_threads(thread_count(job));
    const std::string dtype = text_option(job, "dtype");
    compute.dtype = dtype == "float32"                                       ? at::kFloat
                    : dtype == "bfloat16"                                    ? at::kBFloat16
                    : dtype == "float16"                                     ? at::kHalf
                    : compute.device.is_cpu() || !at::isFloatingType(stored) ? at::kFloat
                                                                             : stored;
    return compute;
}

std::int64_t memory_budget(const Job& job) {
    if (has_option(job, "memory"))
        return std::int64_t(size_option(job, "memory"));
    std::ifstream info("/proc/meminfo");
    for (std::string key; info >> key;) {
        std::int64_t kilobytes = 0;
        std::string unit;
        info >> kilobytes;
        std::getline(info, unit);
        if (key == "MemAvailable:")
            return kilobytes * 1024;
    }
    return std::int64_t(4) << 30;
}

} // namespace moequant
