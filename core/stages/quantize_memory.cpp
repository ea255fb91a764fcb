#include "core/stages/quantize_memory.h"

#include "core/job/error.h"
#include "core/stages/device.h"
#include "core/stages/token_sets.h"

#include <algorithm>

namespace moequant {
namespace {

std::int64_t hidden_bytes(const Job& job) {
    return text_option(job, "hidden_dtype") == "bfloat16" ? 2 : 4;
}

std::int64_t planned_tokens(const CorpusSpec& spec) {
    const std::int64_t length = spec.length.value_or(512);
    return std::clamp<std::int64_t>(spec.samples.value_or(128), 0, (std::int64_t(1) << 40) / length) * length;
}

} // namespace

CalibrationSize size_of(const Job& job, const TokenSet& set, std::int64_t prefix) {
    CalibrationSize size{0, 0, hidden_bytes(job)};
    for (const auto& sequence : set.sequences) {
        const std::int64_t length = std::ssize(sequence) + prefix;
        size.tokens += length;
        size.longest = std::max(size.longest, length);
    }
    return size;
}

CalibrationSize expected_size(const Job& job, const ModelConfig& config) {
    if (job.corpus.empty())
        return {0, 0, hidden_bytes(job)};
    const CorpusSpec spec = CorpusSpec::parse(job.corpus[0]);
    if (spec.kind == "tokens")
        return size_of(job, load_corpus(spec, corpus_context(job, config, nullptr, CorpusUse::Calibrate)), 0);
    std::int64_t tokens = planned_tokens(spec);
    if (spec.kind == "balanced") // its candidates' hidden states are held once, a set's twice
        tokens = std::max(tokens, planned_tokens(pool_of(spec)) / 2);
    return {tokens, spec.length.value_or(512), hidden_bytes(job)};
}

MemoryPlan fit_to_memory(const Job& job, const ModelConfig& config, const CalibrationSize& size,
                         const EventSink& emit) {
    const bool asked = has_option(job, "memory");
    const std::string budget = asked ? "--memory " + text_option(job, "memory") : "the memory that is free";
    const MemoryPlan plan = fit_memory(config, size, thread_count(job), memory_budget(job));
    if (asked && plan.peak() > memory_budget(job))
        throw RequestError(budget + " is too small: with 1 expert and " + std::to_string(plan.batch) +
                           " tokens at a time this job needs " + std::to_string((plan.peak() >> 20) + 1) +
                           "MiB (see moequant inspect)");
    if (const std::string cut = what_was_cut(plan, config, thread_count(job)); !cut.empty())
        warn(emit, "memory", cut + ", to stay under " + budget);
    return plan;
}

DevicePlan fit_to_device(const Job& job, const ModelConfig& config, const CalibrationSize& size,
                         at::ScalarType compute) {
    const bool asked = has_option(job, "device_memory");
    const std::int64_t budget =
        asked ? std::int64_t(size_option(job, "device_memory")) : std::int64_t(8) << 30;
    const DevicePlan plan = fit_device(config, size, std::int64_t(at::elementSize(compute)), budget);
    if (asked && plan.peak > budget)
        throw RequestError("--device-memory " + text_option(job, "device_memory") +
                           " is too small: with 1 expert and " + std::to_string(plan.batch) +
                           " tokens at a time this job needs " + std::to_string((plan.peak >> 20) + 1) +
                           "MiB");
    return plan;
}

} // namespace moequant
