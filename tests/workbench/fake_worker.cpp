// A worker that speaks the protocol and computes nothing, for tests of the window alone. Its one argument
// says how it behaves: `model` answers every kind of job with made-up numbers of a small model, the others
// misbehave in one way.
#include "core/job/run.h"
#include "core/job/run_files.h"
#include "core/job/run_store.h"
#include "lab_result.h"

#include <nlohmann/json.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace {

using nlohmann::json;

constexpr int layers = 4, experts = 16, top_k = 2;
std::string mode;
long sequence = 0;

void say(long id, const char* event, json fields = json::object()) {
    fields["id"] = id;
    fields["seq"] = ++sequence;
    fields["t"] = 0.0;
    fields["event"] = event;
    std::cout << fields.dump() << '\n' << std::flush;
}

void say_hello(long id) {
    say(id, "hello", {{"protocol", mode == "newer" ? "2.0" : "1.0"}, {"version", "0"}, {"devices", {"cpu"}}});
}

json linears(int layer) {
    const std::string before = "model.layers." + std::to_string(layer) + '.';
    json list = json::array();
    const auto add = [&](const std::string& name, const json& expert, long rows, long columns) {
        list.push_back({{"name", before + name}, {"expert", expert}, {"rows", rows}, {"columns", columns}});
    };
    for (const char* part : {"q_proj", "k_proj", "v_proj", "o_proj"})
        add(std::string("self_attn.") + part, nullptr, 256, 256);
    add("mlp.gate", nullptr, experts, 256);
    for (const char* part : {"gate_proj", "up_proj"})
        add(std::string("mlp.experts.0.") + part, 0, 128, 256);
    add("mlp.experts.0.down_proj", 0, 256, 128);
    for (const char* part : {"gate_proj", "up_proj"})
        add(std::string("mlp.shared_expert.") + part, "shared", 128, 256);
    return list;
}

json inspection() {
    json list = json::array();
    for (int layer = 0; layer < layers; ++layer)
        list.push_back({{"index", layer},
                        {"moe", true},
                        {"experts", experts},
                        {"top_k", top_k},
                        {"shared_experts", 1},
                        {"linears", linears(layer)}});
    return {{"model_type", "qwen2_moe"},
            {"parameters", 8500000},
            {"active_parameters", 3000000},
            {"bytes", 17000000},
            {"layers", list},
            {"vocab_size", 4096},
            {"tokenizer", {{"kind", "bpe"}, {"vocab_size", 4096}}},
            {"memory_plan", {{"peak_bytes", 120000000}}}};
}

json profile(const std::string& corpus) {
    json list = json::array();
    for (int layer = 0; layer < layers; ++layer) {
        std::vector<long> counts;
        for (int expert = 0; expert < experts; ++expert)
            counts.push_back(100 + 50 * ((expert * 7 + layer * 3 + long(corpus.size())) % 11));
        list.push_back({{"layer", layer},
                        {"experts", experts},
                        {"top_k", top_k},
                        {"counts", counts},
                        {"affinity", counts},
                        {"balance", {{"cv", 0.3 + 0.05 * layer}, {"std_percent", 2.0}}}});
    }
    return {{"corpus", corpus},
            {"tokens", 4096},
            {"layers", list},
            {"balance",
             {{"cv", 0.4},
              {"std_percent", 2.0},
              {"gini", 0.2},
              {"min_share", 0.01},
              {"max_share", 0.1},
              {"unused", 0},
              {"below_half_percent", 1}}}};
}

void say_step(long id, int number, int step) {
    json candidates = json::array();
    for (int c = 0; c < 8; ++c)
        candidates.push_back({{"parent", c / 4},
                              {"token", 100 + c},
                              {"text", "the river was " + std::to_string(c)},
                              {"log_p", -1.3 * (step + 2) - 0.1 * c},
                              {"sigma", 1.0 + 0.05 * c},
                              {"score", 2.1 + 0.04 * c},
                              {"kept", c < 4}});
    say(id, "step", {{"sequence", number}, {"step", step}, {"candidates", candidates}});
}

void sample(long id, const json& job) {
    for (int step = 0; step < 20; ++step)
        say_step(id, 0, step);
    say(id, "result",
        {{"result",
          {{"sequences", job["options"]["sequences"]},
           {"tokens", 2048},
           {"balance", {{"cv", 0.21}}},
           {"course", {{"cv", {0.5, 0.3, 0.21}}, {"perplexity", {9.5, 8.75, 8.5}}}},
           {"perplexity", 8.5},
           {"degenerate_share", 0.0},
           {"seconds", 1.5},
           {"tokens_per_second", 1365}}}});
}

void quantize(long id) {
    json rows = json::array();
    for (int layer = 0; layer < layers; ++layer) {
        for (int expert = 0; expert < experts; ++expert)
            for (const char* part : {"gate_proj", "up_proj", "down_proj"}) {
                const bool empty = layer == 1 && expert == 3;
                json row = {
                    {"name", "model.layers." + std::to_string(layer) + ".mlp.experts." +
                                 std::to_string(expert) + "." + part},
                    {"layer", layer},
                    {"expert", expert},
                    {"rows", 128},
                    {"columns", 256},
                    {"bits", 4},
                    {"tokens", empty ? 0 : 200 + 10 * expert},
                    {"relative_output_error", empty ? json() : json(0.004 * (1 + expert % 5) * (1 + layer))},
                    {"fallback", empty ? json("rtn") : json()}};
                rows.push_back(row);
                say(id, "linear", row);
            }
        say(id, "progress",
            {{"stage", "quantize"},
             {"done", layer + 1},
             {"total", layers},
             {"unit", "layers"},
             {"rate", 1.0},
             {"left_s", layers - layer - 1},
             {"layer", layer}});
        say(id, "layer",
            {{"layer", layer}, {"tokens", 4096}, {"fallbacks", layer == 1 ? 1 : 0}, {"seconds", 0.5}});
    }
    say(id, "result",
        {{"result",
          {{"linears", rows},
           {"bytes_before", 17000000},
           {"bytes_after", 6000000},
           {"seconds", 2.0},
           {"verified", true}}}});
}

/// Every two runs differ a little on the prose, and it does not show.
json comparison(const json& runs) {
    json differences = json::array();
    for (std::size_t a = 0; a < runs.size(); ++a)
        for (std::size_t b = a + 1; b < runs.size(); ++b)
            differences.push_back(
                {{"corpus", "builtin:prose"},
                 {"run", std::filesystem::path(runs[b].get<std::string>()).filename().string()},
                 {"against", std::filesystem::path(runs[a].get<std::string>()).filename().string()},
                 {"log_ratio", 0.01},
                 {"low", -0.01},
                 {"high", 0.03},
                 {"percent", 1.0},
                 {"windows", 4},
                 {"shown", false}});
    return {{"columns", json::array()}, {"rows", json::array()}, {"differences", differences}};
}

void measure(long id, const json& job) {
    const json& options = job["options"];
    const bool experts = options.value("experts", "all") != "none";
    json result = moequant::lab_result(experts);
    for (const char* name : {"loss", "linear", "layer", "expert"})
        if (experts && options.contains(name) && !options[name].is_null())
            result["study"][name] = options[name];
    result["warnings"] = {"rounding is the largest error of 20 measurements"};
    for (int done = 1; done <= 4; ++done)
        say(id, "progress",
            {{"stage", done < 3 ? "study" : "experts"},
             {"done", done},
             {"total", 4},
             {"unit", "steps"},
             {"rate", 2.0},
             {"left_s", (4 - done) / 2.0}});
    say(id, "warning", {{"code", "rounding"}, {"text", result["warnings"][0]}});
    say(id, "result", {{"result", result}});
}

// Works on the request until it is cancelled; others wait meanwhile.
void hold(long id) {
    std::vector<long> waiting;
    for (std::string line; std::getline(std::cin, line);) {
        const json request = json::parse(line, nullptr, false);
        const long other = request["id"];
        if (request["do"] == "run")
            waiting.push_back(other);
        if (request["do"] != "cancel")
            continue;
        say(other, "failed",
            {{"code", "cancelled"}, {"text", "cancelled " + request["when"].get<std::string>()}});
        std::erase(waiting, other);
        if (other == id && waiting.empty())
            return;
    }
    std::exit(0);
}

// A folder that a test has filled stands in for the run's.
json run_folder() {
    const char* folder = std::getenv("FAKE_RUN");
    return folder ? json(folder) : json("some/run");
}

json tokens(const json& ids) {
    json texts = json::array();
    for (const json& token : ids)
        texts.push_back(" t" + std::to_string(token.get<int>()));
    return {{"text", ""}, {"tokens", texts}};
}

void run(long id, const json& job) {
    const std::string kind = job["kind"];
    if (mode == "die" || (mode == "die-in-quantize" && kind == "quantize")) {
        say(id, "accepted", {{"job", job}, {"run", "some/run"}});
        std::fprintf(stderr, "out of memory\n");
        std::raise(SIGKILL);
    }
    say(id, "accepted", {{"job", job}, {"run", kind == "inspect" ? json() : run_folder()}});
    if (mode == "hold" && kind != "inspect")
        return hold(id);
    if (mode == "refuse" || (mode == "refuse-jobs" && kind != "inspect"))
        return say(id, "failed",
                   {{"code", "request"}, {"text", "config.json: no such file"}, {"file", "config.json"}});
    if (mode == "malformed")
        std::cout << "{\"id\": 1, \"event\": \n\xff\xfe not json\n[1, 2]\n{\"event\": 5}\n" << std::flush;
    if (mode == "long")
        std::cout << "{\"event\": \"" << std::string(3 << 20, 'x') << "\"}\n" << std::flush;
    if (mode == "flood" && kind == "sample")
        for (int i = 0; i < 100000; ++i)
            say_step(id, i % 4, i / 4);
    if (mode == "flood" && kind != "sample")
        for (int i = 0; i < 100000; ++i)
            say(id, "linear",
                {{"name", "model.layers.0.mlp.experts.1.up_proj"},
                 {"layer", i % layers},
                 {"expert", i % experts},
                 {"tokens", i},
                 {"relative_output_error", 0.01}});
    if (kind == "profile") {
        const json result = profile(job["corpus"][0]);
        for (const json& layer : result["layers"]) {
            say(id, "usage",
                {{"corpus", result["corpus"]},
                 {"layer", layer["layer"]},
                 {"counts", layer["counts"]},
                 {"affinity", layer["affinity"]}});
            if (mode == "die-in-profile")
                std::raise(SIGKILL);
        }
        say(id, "result", {{"result", result}});
    } else if (kind == "tokenize")
        say(id, "result", {{"result", tokens(job["options"]["decode"])}});
    else if (kind == "sample")
        sample(id, job);
    else if (kind == "quantize")
        quantize(id);
    else if (kind == "hessian-lab")
        measure(id, job);
    else if (kind == "export")
        say(id, "result",
            {{"result",
              {{"path", job["output"]},
               {"format", job["options"]["format"]},
               {"bytes", 6000000},
               {"verified", true},
               {"verification", {{"ok", true}, {"linears", 220}, {"faults", json::array()}}},
               {"notes", json::array()}}}});
    else if (kind == "compare")
        say(id, "result", {{"result", comparison(job["options"]["runs"])}});
    else if (kind == "evaluate")
        say(id, "result",
            {{"result",
              {{"perplexity", json::object()},
               {"agreement", json::object()},
               {"tasks", json::object()},
               {"average", nullptr}}}});
    else
        say(id, "result", {{"result", inspection()}});
}

// The run folders are real.
void show_files(long id, const json& request) {
    using namespace moequant;
    static RunFiles files(default_runs_folder());
    try {
        if (request["do"] == "read")
            return say(id, "result",
                       {{"result", files.read(request["path"].get<std::string>(), request["offset"],
                                              request["bytes"])}});
        const std::string folder = request.value("folder", "");
        json runs = json::array();
        for (const RunSummary& run :
             list_runs(folder.empty() ? default_runs_folder() : std::filesystem::path(folder))) {
            files.allow(run.folder);
            runs.push_back(to_json(run));
        }
        say(id, "result", {{"result", {{"folder", folder}, {"runs", runs}}}});
    } catch (const std::exception& error) {
        say(id, "failed", {{"code", "request"}, {"text", error.what()}});
    }
}

} // namespace

int main(int argc, char** argv) {
    mode = argc > 1 ? argv[1] : "model";
    std::ios::sync_with_stdio(false);
    if (mode == "die-at-start")
        return 3;
    if (mode == "chatty")
        std::cout << "Welcome to the server\n" << std::flush;
    if (mode == "silent")
        std::cout << "password:\n" << std::flush;
    for (std::string line; std::getline(std::cin, line);) {
        const json request = json::parse(line, nullptr, false);
        if (!request.is_object() || mode == "silent")
            continue;
        const long id = request["id"];
        if (request["do"] == "hello")
            say_hello(id);
        else if (request["do"] == "run")
            run(id, request["job"]);
        else if (request["do"] == "runs" || request["do"] == "read")
            show_files(id, request);
        else if (request["do"] == "quit")
            return 0;
    }
    return 0;
}
