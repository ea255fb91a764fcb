#include "core/job/option_groups.h"

#include "core/job/presets.h"

namespace moequant {

using enum OptionType;

std::vector<Option> common_options() {
    const std::string group = "Common";
    return {
        execution({"device", String, "auto", "auto, cpu, cuda or cuda:N", group}),
        choice("dtype", "auto", "type of the weights while computing (auto: as stored)", group,
               {"auto", "float32", "bfloat16", "float16"}),
        execution(limits({"threads", Int, 0, "CPU threads, 0: as many as there are cores", group}, 0, 4096)),
        limits({"seed", Int, 0, "every random draw comes from it", group}, 0),
        execution(
            {"data", Path, nullptr, "folder of the corpora (else $MOEQUANT_DATA, then the user's)", group}),
        execution(
            {"memory", Size, nullptr, "memory to stay within, such as 8GiB (default: what is free)", group}),
        execution({"fresh", Bool, false, "start over in a run folder that is finished or holds another job",
                   group}),
    };
}

Option bos_option() {
    return choice("bos", "auto", "feed BOS before every sequence (auto: where the tokenizer adds it)",
                  "Corpus", {"auto", "always", "never"});
}

namespace {

Option preset_option(const std::string& kind) {
    const bool quantizes = kind == "quantize";
    Option preset = choice("preset", "balanced",
                           quantizes ? "a whole recipe, or values for the search alone; explicit options win"
                                     : "values for the search; explicit options win",
                           quantizes ? "Preset" : "EBSS", preset_names(kind));
    preset.execution = true; // what it stands for is compared
    return preset;
}

} // namespace

/// Defaults are those of the preset `balanced` (docs/ebss.md says what decided them).
std::vector<Option> ebss_options(const std::string& kind) {
    const std::string group = "EBSS";
    const nlohmann::json& balanced = find_preset("balanced").options;
    const auto value = [&](const char* key) { return balanced.at(key); };
    Option tau{"tau", Float, value("tau"), "divisor of the balance term; inf switches it off", group};
    tau.allow_infinity = true;
    return {
        preset_option(kind),
        limits(tau, 1e-9),
        limits({"width", Int, value("width"), "beams kept a step", group}, 1, 255),
        limits({"branching", Int, value("branching"),
                "continuations tried of each beam, 0: the width, which is exact for --sigma-of parent",
                group},
               0, 1024),
        choice("sigma-of", value("sigma_of"),
               "whose balance scores a candidate: the branch's before its new token (parent), or with it "
               "(child; feeds width × branching rows a step)",
               group, {"parent", "child"}),
        choice("sigma-unit", value("sigma_unit"), "unit of the balance deviation", group,
               {"percent", "token", "share", "cv", "literal"}),
        choice("balance-scope", value("balance_scope"), "balance within each sequence, or over the whole set",
               group, {"sequence", "set"}),
        limits({"wave", Int, value("wave"),
                "with --balance-scope set: sequences searched in lockstep, 0: all; the next wave sees the "
                "finished ones",
                group},
               0),
        limits({"noise", Float, value("noise"),
                "continuations drawn from p^(1/noise) without replacement (stochastic beam); 0: the most "
                "probable",
                group},
               0, 100),
        limits({"no-repeat-ngram", Int, value("no_repeat_ngram"),
                "no n-gram of this length twice in a sequence, 0: off", group},
               0, 1000000),
        limits({"retries", Int, value("retries"),
                "how often a degenerate sequence is replaced by a new one, 0: never", group},
               0, 1000),
        limits({"warmup", Int, value("warmup"), "tokens sampled at the start before the search", group}, 0,
               1000000),
        choice("first-token", value("first_token"), "where sequences start", group,
               {"uniform", "sequential"}),
        choice("eos", value("eos"), "mask special ids until the length is reached, or let EOS end a sequence",
               group, {"mask", "stop"}),
        execution(limits({"batch", Int, 0, "sequences searched at once, 0: as memory allows", group}, 0)),
    };
}

Option agq_option() {
    return {"agq", Bool, false, "weigh calibration tokens by their affinity to the expert", "Method"};
}

Option bits_option() {
    return limits({"bits", Int, 4, "bits a weight", "Grid"}, 2, 8);
}

Option group_size_option() {
    return limits({"group-size", Int, 128, "columns that share a scale, -1: the whole row", "Grid"}, -1);
}

Option format_option() {
    return choice("format", "gptq", "format of the checkpoint; float: dequantized weights", "Checkpoint",
                  {"gptq", "compressed-tensors", "awq", "float"});
}

Option shard_size_option() {
    return {"shard-size", Size, "5GB", "largest size of one file of weights", "Checkpoint"};
}

std::vector<Option> quantize_options() {
    Option bit_choices =
        limits(list_of("bit-choices", Int, "bits to choose from, such as 2,3,4", "Mixed precision"), 2, 8);
    bit_choices.default_value = {2, 3, 4, 8};
    return {
        choice("method", "gptq", "quantizer", "Method", {"gptq", "awq", "rtn"}),
        {"rotate", Bool, false,
         "turn the residual stream by a random Hadamard matrix first (QuaRot), fused into the "
         "weights",
         "Method"},
        agq_option(),
        limits({"agq-exponent", Float, 1.0, "power of the affinity", "Method"}, 0, 16),
        choice("expert-tokens", "routed",
               "tokens in a routed expert's Hessian: those routed to it, or all of them (with --agq "
               "weighed by the router's full softmax)",
               "Method", {"routed", "all"}),
        limits({"min-tokens", Int, nullptr,
                "tokens (with --agq effective ones) below which a routed expert is starved; default: "
                "twice the width of the hidden states",
                "Starved experts"},
               0),
        choice("starved", "shrink",
               "what a starved expert gets: its Hessian shrunk towards its layer's, the Hessian of all the "
               "layer's tokens, or round to nearest",
               "Starved experts", {"shrink", "route-all", "rtn"}),
        limits({"damp", Float, 0.01, "damping, as a share of the Hessian's mean diagonal", "Method"}, 0, 1),
        {"act-order", Bool, false, "columns in order of decreasing Hessian diagonal", "Method"},
        bits_option(),
        group_size_option(),
        {"asym", Bool, false, "asymmetric grid with zero points", "Grid"},
        choice("clip", "none",
               "search each scale for the least error of the weights (AWQ searches its own way)", "Grid",
               {"none", "mse"}),
        {"quantize-router", Bool, false, "also the router and the shared expert's gate", "Grid"},
        list_of("override", String,
                "another grid for linears: PATTERN=bits:8,group_size:32,sym:true,clip:mse, or "
                "PATTERN=skip",
                "Grid"),
        limits({"average-bits", Float, nullptr,
                "mixed precision: bits of each routed expert from its measured error, this many on "
                "average",
                "Mixed precision"},
               2, 8),
        bit_choices,
        choice("mixed-unit", "expert", "what gets bits of its own", "Mixed precision", {"expert", "layer"}),
        choice("hidden-dtype", "float32", "how the calibration set's hidden states are kept", "Method",
               {"float32", "bfloat16"}),
        execution({"device-memory", Size, nullptr,
                   "GPU memory to stay within: hidden states go to the host when they need more", "Common"}),
        format_option(),
        shard_size_option(),
    };
}

} // namespace moequant
