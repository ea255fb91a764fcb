// `selftest`: does this machine compute what it should? CPU against CUDA, and the CPU against itself with
// other numbers of threads.
#include "core/corpus/corpus.h"
#include "core/job/error.h"
#include "core/job/resources.h"
#include "core/model/safetensors.h"
#include "core/quantization/gptq.h"
#include "core/quantization/hessian.h"
#include "core/stages/device.h"
#include "core/stages/kinds.h"
#include "core/stages/loaded_model.h"
#include "core/stages/selftest_kernels.h"

#include <ATen/Parallel.h>

#include <cmath>
#include <cstdlib>

namespace moequant {
namespace {

constexpr std::int64_t windows = 4, length = 128;
/// Two devices may order experts differently where their probabilities are this close.
constexpr double tie = 1e-4;

double largest_difference(const at::Tensor& a, const at::Tensor& b) {
    return (a.to(at::kCPU, at::kDouble) - b.to(at::kCPU, at::kDouble)).abs().max().item<double>();
}

TokenSet test_tokens(const LoadedModel& model) {
    CorpusContext context;
    context.resources = resources_folder();
    context.tokenizer = model.tokenizer.get();
    context.vocab_size = model.config().vocab_size;
    context.eos = model.config().eos;
    return load_corpus(CorpusSpec::parse("builtin:prose?samples=" + std::to_string(windows) +
                                         "&length=" + std::to_string(length) + "&order=sequential"),
                       context);
}

struct Traced {
    std::vector<at::Tensor> inputs, outputs; ///< hidden states before and after each layer [B, T, hidden]
    std::vector<Routing> routing;            ///< of each layer
    at::Tensor logits;                       ///< float32 [B·T, vocab]
};

/// One forward of all windows; with `inputs` every layer starts from those instead of its own.
Traced trace(const Decoder& decoder, const TokenSet& set, const std::vector<at::Tensor>* inputs = nullptr) {
    const auto batches = batch_sequences(set.sequences, std::nullopt, windows * length);
    const at::Tensor& ids = batches.at(0).ids;
    Traced traced;
    at::Tensor hidden = embed(decoder, ids.reshape({-1})).view({ids.size(0), ids.size(1), -1});
    for (std::size_t i = 0; i < decoder.config().layers.size(); ++i) {
        if (inputs)
            hidden = (*inputs)[i].to(hidden.device());
        traced.inputs.push_back(hidden);
        Routing routing;
        hidden = layer_forward(decoder.config(), int(i), *decoder.layer(int(i)), hidden,
                               decoder.rope(ids.size(1)), &routing);
        traced.routing.push_back(routing);
        traced.outputs.push_back(hidden);
    }
    traced.logits = logits(decoder, hidden.reshape({-1, hidden.size(2)}));
    return traced;
}

/// GPTQ of the first layer's query projection from the inputs of `traced`, on the decoder's device.
struct Quantized {
    at::Tensor hessian, codes;
    double objective;
};

Quantized quantize_query(const Decoder& decoder, const Traced& traced, const at::Tensor& hessian = {}) {
    const auto weights = decoder.layer(0);
    const at::Device device = decoder.compute().device;
    const at::Tensor weight = weights->q.to(at::kFloat);
    Hessian sum("model.layers.0.self_attn.q_proj", weight.size(1), device);
    sum.add(rms_norm(traced.inputs[0].reshape({-1, weight.size(1)}), weights->input_norm,
                     decoder.config().rms_norm_eps));
    Quantized result;
    result.hessian = sum.unweighted();
    GptqOptions options;
    options.grid.bits = 3;
    options.grid.group_size = -1;
    const Factor factor = factorize(result.hessian, options, "q_proj");
    const QuantizedLinear linear = gptq(weight, factor, options, "q_proj");
    result.codes = linear.codes;
    const at::Tensor judge = hessian.defined() ? hessian : result.hessian; // both devices by one measure
    result.objective = output_error(weight.to(at::kCPU), linear.dequantize().to(at::kCPU), judge.to(at::kCPU),
                                    judge.to(at::kCPU))
                           .relative_output_error.value_or(NAN);
    return result;
}

std::vector<Check> check_cpu(const Decoder& decoder, const TokenSet& set) {
    const int threads = at::get_num_threads(), other = threads > 1 ? 1 : 2;
    const Traced usual = trace(decoder, set);
    const Quantized quantized = quantize_query(decoder, usual);
    at::set_num_threads(other);
    const Traced again = trace(decoder, set);
    const Quantized quantized_again = quantize_query(decoder, usual);
    at::set_num_threads(threads);
    double alone = 0;
    for (std::size_t s = 0; s < set.sequences.size(); ++s) {
        const Traced one = trace(decoder, TokenSet{"one", {set.sequences[s]}});
        alone = std::max(
            alone, largest_difference(one.logits, usual.logits.narrow(0, std::int64_t(s) * length, length)));
    }
    const std::string counts = std::to_string(threads) + " and " + std::to_string(other) + " threads: ";
    return {{counts + "logits", largest_difference(usual.logits, again.logits), 0},
            {counts + "Hessian", largest_difference(quantized.hessian, quantized_again.hessian), 0},
            {counts + "GPTQ codes", largest_difference(quantized.codes, quantized_again.codes), 0},
            {"a sequence alone and in a batch: logits", alone, 0}};
}

std::vector<Check> check_cuda(const Decoder& cpu, const Decoder& cuda, const TokenSet& set) {
    const Traced host = trace(cpu, set), by_layer = trace(cuda, set, &host.inputs), device = trace(cuda, set);
    std::vector<Check> checks;
    double hidden = 0, affinity = 0, elsewhere = 0, counts = 0;
    at::Tensor same_path = at::ones({windows * length}, at::kBool); // tokens routed alike in every layer
    for (std::size_t i = 0; i < host.routing.size(); ++i) {
        const at::Tensor apart =
            (host.outputs[i] - by_layer.outputs[i].to(at::kCPU)).abs().amax(2).reshape({-1});
        if (!host.routing[i].index.defined()) {
            hidden = std::max(hidden, apart.max().item<double>());
            continue;
        }
        const auto sorted = [](const Routing& routing) {
            return std::get<0>(routing.index.to(at::kCPU).sort(1));
        };
        const at::Tensor equal = at::eq(sorted(host.routing[i]), sorted(by_layer.routing[i])).all(1);
        hidden = std::max(hidden, (apart * equal).max().item<double>());
        const at::Tensor gap =
            (host.routing[i].weight - by_layer.routing[i].weight.to(at::kCPU)).abs().amax(1);
        affinity = std::max(affinity, gap.max().item<double>());
        elsewhere += at::logical_and(at::logical_not(equal), gap > tie).sum().item<double>();
        const std::int64_t experts = cpu.config().layers[i].experts;
        const auto count = [&](const Routing& routing) {
            const at::Tensor rows = routing.index.to(at::kCPU).index({equal});
            return at::bincount(rows.reshape({-1}), {}, experts);
        };
        counts = std::max(counts, largest_difference(count(host.routing[i]), count(by_layer.routing[i])));
        same_path =
            at::logical_and(same_path, at::eq(sorted(host.routing[i]), sorted(device.routing[i])).all(1));
    }
    // A token sees all before it, so one that ties are decided differently for taints the rest of its window.
    at::Tensor clean =
        std::get<0>(at::cummin(same_path.view({windows, length}).to(at::kLong), 1)).to(at::kBool);
    const at::Tensor difference =
        (host.logits - device.logits.to(at::kCPU)).abs().amax(1).masked_select(clean.reshape({-1}));
    const Quantized ours = quantize_query(cpu, host), theirs = quantize_query(cuda, by_layer, ours.hessian);
    const double scale = ours.hessian.abs().max().item<double>();
    return {
        {"CPU and CUDA: logits", difference.numel() > 0 ? difference.max().item<double>() : NAN, 1e-3},
        {"CPU and CUDA: share of tokens left out after a tie",
         1 - double(difference.numel()) / double(windows * length), 0.5},
        {"CPU and CUDA: hidden states after one layer", hidden, 1e-3},
        {"CPU and CUDA: affinities", affinity, 1e-3},
        {"CPU and CUDA: tokens routed elsewhere, ties aside", elsewhere, 0},
        {"CPU and CUDA: counts, ties aside", counts, 0},
        {"CPU and CUDA: Hessian, relative", largest_difference(ours.hessian, theirs.hessian) / scale, 1e-3},
        {"CPU and CUDA: GPTQ objective, relative",
         std::abs(theirs.objective - ours.objective) / ours.objective, 1e-3}};
}

} // namespace

void prepare_selftest(Job& job) {
    prepare_compute(job); // a device that is not there is refused before a run folder is made
    check_model(model_folder("sample"));
}

nlohmann::json run_selftest(const Job& job, StageContext& context) {
    const Compute compute = prepare_compute(job);
    Job on_cpu = job;
    on_cpu.options["device"] = "cpu";
    on_cpu.options["dtype"] = "float32";
    const auto cpu = open_model(on_cpu, model_folder("sample"));
    const TokenSet set = test_tokens(*cpu);
    Progress progress(context.emit, "selftest", compute.device.is_cuda() ? 2 : 1, "parts");
    progress.update(0);
    std::vector<Check> checks = check_cpu(*cpu->decoder, set);
    for (Check& check : check_gptq_kernel(at::kCPU))
        checks.push_back(std::move(check));
    progress.update(1);
    check_stop(context.stop);
    if (compute.device.is_cuda()) {
        Job on_cuda = on_cpu;
        on_cuda.options["device"] = compute.device.str();
        const auto cuda = open_model(on_cuda, model_folder("sample"));
        for (Check& check : check_cuda(*cpu->decoder, *cuda->decoder, set))
            checks.push_back(std::move(check));
        for (Check& check : check_gptq_kernel(compute.device))
            checks.push_back(std::move(check));
        progress.update(2);
    }
    nlohmann::json list = nlohmann::json::array();
    std::string failed;
    for (const Check& check : checks) {
        list.push_back({{"name", check.name},
                        {"value", check.value},
                        {"tolerance", check.tolerance},
                        {"ok", check.ok()}});
        if (check.ok())
            continue;
        char numbers[96];
        std::snprintf(numbers, sizeof numbers, ": %.3g, tolerance %.3g", check.value, check.tolerance);
        warn(context.emit, "selftest", check.name + numbers);
        failed += (failed.empty() ? "" : "; ") + check.name;
    }
    if (!failed.empty())
        throw RunError("selftest failed: " + failed);
    const char* mode = std::getenv("MKL_CBWR");
    return {{"device", compute.device.str()},
            {"threads", at::get_num_threads()},
            {"mkl_cbwr", mode ? nlohmann::json(mode) : nlohmann::json()},
            {"checks", list},
            {"ok", true}};
}

} // namespace moequant
