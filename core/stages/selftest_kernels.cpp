#include "core/stages/selftest_kernels.h"

#include "core/quantization/gptq.h"

#include <random>

namespace moequant {
namespace {

at::Tensor normal(std::int64_t rows, std::int64_t cols, std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    at::Tensor values = at::empty({rows, cols}, at::kFloat);
    for (std::int64_t i = 0; i < values.numel();
         ++i) { // twelve uniform draws: near enough, and the same everywhere
        double sum = -6;
        for (int k = 0; k < 12; ++k)
            sum += double(engine() >> 11) * 0x1p-53;
        values.data_ptr<float>()[i] = float(sum);
    }
    return values;
}

Factor moved(const Factor& factor, at::Device device) {
    Factor copy = factor;
    copy.upper = factor.upper.to(device);
    if (factor.order.defined())
        copy.order = factor.order.to(device);
    return copy;
}

} // namespace

std::vector<Check> check_gptq_kernel(at::Device device) {
    constexpr std::int64_t rows = 192, cols = 512, tokens = 700;
    const at::Tensor weight = normal(rows, cols, 1) * 0.02;
    const at::Tensor inputs = normal(tokens, cols, 2) * at::exp(normal(1, cols, 3));
    const at::Tensor hessian = inputs.t().mm(inputs);
    std::vector<Check> checks;
    struct Case {
        const char* name;
        std::int64_t group;
        bool act_order;
    };
    for (const Case& one :
         {Case{"per channel", -1, false}, Case{"groups of 64", 64, false}, Case{"act-order", 64, true}}) {
        GptqOptions options;
        options.grid.group_size = one.group;
        options.act_order = one.act_order;
        const Factor factor = factorize(hessian, options, one.name);
        const at::Tensor plain = gptq_with_tensors(weight, factor, options, one.name).codes;
        const Factor there = moved(factor, device);
        const at::Tensor kernel = gptq(weight.to(device), there, options, one.name).codes.to(at::kCPU);
        const std::string place = device.is_cpu() ? "CPU" : "CUDA";
        checks.push_back({place + " GPTQ kernel and plain loop, " + one.name + ": share of codes apart",
                          kernel.ne(plain).to(at::kDouble).mean().item<double>(), 2e-3});
        if (device.is_cpu())
            continue;
        const Factor made = factorize(hessian.to(device), options, one.name);
        const at::Tensor upper = made.upper.to(at::kCPU);
        checks.push_back({"CPU and CUDA: factor, " + std::string(one.name) + ", relative",
                          ((upper - factor.upper).norm() / factor.upper.norm()).item<double>(), 1e-4});
    }
    return checks;
}

} // namespace moequant
