// One expert (gate and up sharing a Hessian, down with its own) through factorisation and GPTQ, and the floor
// under it: the same factorisations, trailing updates and in-block updates as the best library calls, with
// nothing between. Prints a line of JSON for every line read: seconds of each part of one run. The first line
// printed tells what was found. Usage: bench_gptq FILE THREADS CLIP   (FILE: safetensors with gate, up, down,
// hessian.in, hessian.down; CLIP: none or mse)
#include "core/job/inputs.h"
#include "core/model/safetensors.h"
#include "core/quantization/gptq.h"

#include <ATen/Parallel.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>

using namespace moequant;

namespace {

template <class Work>
double seconds(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// L⁻¹ by halves: nearly all of it matrix products.
void invert_lower(const at::Tensor& l, at::Tensor inverse) {
    const std::int64_t n = l.size(0);
    if (n <= 64) {
        inverse.copy_(at::linalg_solve_triangular(l, at::eye(n, l.options()), /*upper=*/false));
        return;
    }
    const std::int64_t half = (n / 2 + 63) / 64 * 64, rest = n - half;
    const at::Tensor a = inverse.narrow(0, 0, half).narrow(1, 0, half);
    const at::Tensor c = inverse.narrow(0, half, rest).narrow(1, half, rest);
    invert_lower(l.narrow(0, 0, half).narrow(1, 0, half), a);
    invert_lower(l.narrow(0, half, rest).narrow(1, half, rest), c);
    const at::Tensor b = l.narrow(0, half, rest).narrow(1, 0, half);
    inverse.narrow(0, half, rest).narrow(1, 0, half).copy_(c.mm(b.mm(a)).neg_());
}

void floor_of_factor(const at::Tensor& hessian) {
    const auto [lower, info] = at::linalg_cholesky_ex(hessian);
    at::Tensor inverse = at::zeros_like(hessian);
    invert_lower(lower, inverse);
}

/// Blocks of 128 columns; each has, on average, 64 columns to update inside itself.
void floor_of_columns(at::Tensor weight, const at::Tensor& u) {
    const std::int64_t cols = weight.size(1), block = 128;
    const at::Tensor error = weight.narrow(1, 0, block).contiguous();
    at::Tensor inside = at::empty({weight.size(0), block / 2}, weight.options());
    for (std::int64_t begin = 0; begin < cols; begin += block) {
        const std::int64_t rest = cols - begin - block;
        const at::Tensor rows = u.narrow(0, begin, std::min(block, cols - begin));
        at::mm_out(inside, error.narrow(1, 0, rows.size(0)), rows.narrow(1, 0, block / 2));
        if (rest > 0)
            weight.narrow(1, begin + block, rest).addmm_(error, rows.narrow(1, begin + block, rest), 1, -1);
    }
}

double objective(const at::Tensor& weight, const QuantizedLinear& linear, const at::Tensor& hessian) {
    const at::Tensor delta = (linear.dequantize() - weight).to(at::kDouble);
    return delta.mm(hessian.to(at::kDouble)).mul_(delta).sum().item<double>();
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: bench_gptq FILE THREADS CLIP\n");
        return 2;
    }
    ::setenv("MKL_CBWR", strict_matrix_mode(), 0);
    at::set_num_threads(std::atoi(argv[2]));
    const SafetensorsFile file(argv[1]);
    const at::Tensor gate = file.load("gate"), up = file.load("up"), down = file.load("down");
    const at::Tensor in = file.load("hessian.in"), middle = file.load("hessian.down");
    GptqOptions options;
    options.grid = {
        .bits = 4, .group_size = -1, .clip = std::string(argv[3]) == "mse" ? Clip::mse : Clip::none};

    Factor first, second;
    QuantizedLinear of_gate, of_up, of_down;
    const auto run = [&] {
        nlohmann::json line;
        line["factor"] = seconds([&] {
            first = factorize(in, options, "gate");
            second = factorize(middle, options, "down");
        });
        line["columns"] = seconds([&] {
            of_gate = gptq(gate, first, options, "gate");
            of_up = gptq(up, first, options, "up");
            of_down = gptq(down, second, options, "down");
        });
        return line;
    };
    run();
    std::cout << nlohmann::json{{"objective", objective(gate, of_gate, in) + objective(up, of_up, in) +
                                                  objective(down, of_down, middle)},
                                {"condition", {first.condition, second.condition}}}
              << std::endl;

    const at::Tensor damped = in.clone(), damped_middle = middle.clone();
    damped.diagonal().add_(0.01 * damped.diagonal().mean());
    damped_middle.diagonal().add_(0.01 * damped_middle.diagonal().mean());
    const at::Tensor w1 = gate.clone(), w2 = up.clone(), w3 = down.clone();
    std::string command;
    while (std::getline(std::cin, command)) {
        nlohmann::json line = run();
        line["floor_factor"] = seconds([&] {
            floor_of_factor(damped);
            floor_of_factor(damped_middle);
        });
        line["floor_columns"] = seconds([&] {
            floor_of_columns(w1, first.upper);
            floor_of_columns(w2, first.upper);
            floor_of_columns(w3, second.upper);
        });
        std::cout << line << std::endl;
    }
}
