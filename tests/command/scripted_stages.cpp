// Stages that do nothing but what a test asks for, by the model's name and a few options.
#include "core/job/error.h"
#include "core/stages/stage.h"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <thread>

namespace moequant {

struct LoadedModel {};

Session::Session() = default;
Session::~Session() = default;

namespace {

bool named(const Job& job, const std::string& word) {
    return job.model.find(word) != std::string::npos;
}

void wait_for(const std::filesystem::path& file, const StageContext& context) {
    while (!std::filesystem::exists(file)) {
        check_stop(context.stop);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

/// `bits` layers of `group_size` milliseconds each; finished ones are found again after a restart. The layers
/// of a "gated" model begin with a `linear` and end only once the run folder holds a file "go-<layer>".
nlohmann::json quantize(const Job& job, StageContext& context) {
    const auto layers = int_option(job, "bits");
    nlohmann::json computed = nlohmann::json::array(), found = nlohmann::json::array();
    for (std::int64_t layer = 0; layer < layers; ++layer) {
        check_stop(context.stop);
        const std::string key = "layer-" + std::to_string(layer);
        if (context.run->load_state(key, context.emit)) {
            found.push_back(layer);
            continue;
        }
        context.emit(
            {"progress", {{"stage", "quantize"}, {"done", layer}, {"total", layers}, {"unit", "layers"}}});
        if (named(job, "gated")) {
            context.emit({"linear", {{"layer", layer}}});
            wait_for(context.run->path("go-" + std::to_string(layer)), context);
        }
        for (int i = 0; i < 20; ++i) {
            check_stop(context.stop);
            std::this_thread::sleep_for(std::chrono::microseconds(50 * int_option(job, "group_size")));
        }
        context.run->save_state(key, "weights of " + key);
        computed.push_back(layer);
        context.emit({"layer", {{"layer", layer}}});
    }
    return {{"computed", computed}, {"found", found}};
}

/// As many progress, step and linear events as `sequences` says, without a pause.
nlohmann::json sample(const Job& job, StageContext& context) {
    const auto count = int_option(job, "sequences");
    for (std::int64_t i = 0; i < count; ++i) {
        check_stop(context.stop);
        context.emit({"progress", {{"stage", "flood"}, {"done", i}, {"total", count}, {"unit", "lines"}}});
        context.emit({"step", {{"sequence", i % 2}, {"step", i}, {"candidates", nlohmann::json::array()}}});
        context.emit({"linear", {{"name", "linear " + std::to_string(i)}, {"text", std::string(500, 'x')}}});
        if (named(job, "slow"))
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return {{"sequences", count}};
}

} // namespace

void prepare_job(Job& job) {
    if (named(job, "missing"))
        throw RequestError(job.model + "/config.json", "No such file or directory");
    job.inputs = {{"model/config.json", {{"size", 2}, {"sha256", named(job, "other") ? "bb" : "aa"}}}};
}

nlohmann::json run_job(const Job& job, StageContext& context) {
    if (named(job, "noisy")) { // what a library might print
        std::printf("printf noise\n");
        std::fflush(stdout);
        std::cout << "cout noise" << std::endl;
    }
    if (named(job, "broken"))
        throw std::runtime_error("the device is on fire\nsecond line");
    if (named(job, "full"))
        throw RunError("/out/weights: No space left on device");
    if (named(job, "greedy"))
        throw std::bad_alloc();
    if (named(job, "late"))
        throw RequestError("model.safetensors", "tensor x holds NaN");
    if (named(job, "warns"))
        warn(context.emit, "few-tokens", "3 experts saw fewer than 256 tokens");
    if (job.kind == "quantize")
        return quantize(job, context);
    if (job.kind == "sample")
        return sample(job, context);
    if (job.kind == "tokenize")
        return {{"ids", std::vector<int>(named(job, "huge") ? 400000 : 3, 12345)}, {"count", 3}};
    if (job.kind == "profile" && named(job, "huge"))
        return {{"counts", std::vector<int>(400000, 12345)}};
    return {{"model_type", "scripted"}, {"threads", int_option(job, "threads")}};
}

std::string explain_job(const Job& job) {
    return has_option(job, "explain") ? "the search of sequence " + job.options["explain"].dump() + "\n" : "";
}

} // namespace moequant
