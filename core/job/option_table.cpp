#include "core/job/option_table.h"

#include "core/job/error.h"

namespace moequant {
namespace {

using enum OptionType;

Option limits(Option option, std::optional<double> min, std::optional<double> max = {}) {
    option.min = min;
    option.max = max;
    return option;
}

Option choice(const std::string& name, const std::string& value, const std::string& help,
              const std::string& group, std::vector<std::string> choices,
              std::vector<std::string> later = {}) {
    Option option{name, Choice, value, help, group};
    option.choices = std::move(choices);
    option.later = std::move(later);
    return option;
}

Option list_of(const std::string& name, OptionType type, const std::string& help, const std::string& group) {
    Option option{name, type, nlohmann::json::array(), help, group};
    option.list = true;
    return option;
}

Option positional(Option option) {
    option.positional = option.required = true;
    return option;
}

Option required(Option option) {
    option.required = true;
    option.default_value = nullptr;
    return option;
}

Option not_built(Option option) {
    option.built = false;
    return option;
}

Option execution(Option option) {
    option.execution = true;
    return option;
}

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

Option preset_option() {
    Option preset = choice("preset", "balanced", "values for the search; explicit options win", "EBSS",
                           {"balanced", "paper"});
    preset.execution = true; // what it stands for is compared
    return preset;
}

/// Defaults are those of the preset `balanced` (docs/ebss.md says what decided them).
std::vector<Option> ebss_options() {
    const std::string group = "EBSS";
    const nlohmann::json balanced = preset_values("balanced");
    const auto value = [&](const char* key) { return balanced.at(key); };
    Option tau{"tau", Float, value("tau"), "divisor of the balance term; inf switches it off", group};
    tau.allow_infinity = true;
    return {
        preset_option(),
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

template <typename... Lists>
std::vector<Option> join(const Lists&... lists) {
    std::vector<Option> all;
    (all.insert(all.end(), lists.begin(), lists.end()), ...);
    return all;
}

using Options = std::vector<Option>;

std::vector<Kind> make_kinds() {
    std::vector<Kind> kinds;
    const auto add = [&](Kind kind) {
        kind.options = join(kind.options, common_options());
        kinds.push_back(std::move(kind));
    };
    const Options bos = {bos_option()};

    add({.name = "inspect",
         .help = "Read a checkpoint's config and headers, no weights",
         .examples = {"moequant inspect sample", "moequant inspect ~/models/Mixtral-8x7B-v0.1 --json"},
         .keeps_run = false,
         .options = {}});

    Option ids = list_of("decode", Int, "ids to turn into text, such as 1,2,3", "Text");
    ids.default_value = nullptr;
    add({.name = "tokenize",
         .help = "Turn text into ids, or ids into text",
         .examples = {"moequant tokenize sample --text-file README.md",
                      "moequant tokenize sample --decode 1,2,3"},
         .keeps_run = false,
         .options = {
             {"text-file", Path, nullptr, "text to tokenize", "Text"},
             {"add-special-tokens", Bool, false, "add what the tokenizer's post-processor adds", "Text"},
             limits(ids, 0)}});

    add({.name = "trace",
         .help = "One forward pass: logits and routing of given ids",
         .examples = {"moequant trace sample --tokens ids.json -o trace.safetensors"},
         .output = Output::RequiredFile,
         .keeps_run = false,
         .options = {required({"tokens", Path, nullptr, "JSON file {\"ids\": [[…], …]}", "Input"})}});

    add({.name = "profile",
         .help = "Expert usage of a corpus",
         .examples = {"moequant profile sample --corpus builtin:prose",
                      "moequant profile sample --corpus 'wikitext2?samples=64&length=512' --top-tokens 20"},
         .min_corpora = 1,
         .max_corpora = 1,
         .options = join(Options{limits({"top-tokens", Int, 0,
                                         "also save each expert's N tokens of highest affinity", "Profile"},
                                        0, 100000)},
                         bos, ebss_options())});

    add({.name = "sample",
         .help = "Let the model write a calibration set that uses its experts evenly (EBSS)",
         .examples = {"moequant sample sample -o set.jsonl",
                      "moequant sample sample --preset paper --sequences 64 -o set.jsonl",
                      "moequant sample sample --tau 0.1 --width 4 --record 4 --explain 0 -o set.jsonl"},
         .output = Output::OptionalFile,
         .options = join(
             Options{limits({"sequences", Int, 128, "sequences to write", "EBSS"}, 1),
                     limits({"length", Int, 512, "ids a sequence", "EBSS"}, 2)},
             ebss_options(),
             Options{
                 limits({"record", Int, 0, "sequences whose search goes into search.safetensors", "EBSS"}, 0,
                        64),
                 execution(limits({"explain", Int, nullptr,
                                   "print the recorded search of this sequence (from 0) as a table", "EBSS"},
                                  0))},
             bos)});

    const Option agq{"agq", Bool, false, "weigh calibration tokens by their affinity to the expert",
                     "Method"};
    const Option bits = limits({"bits", Int, 4, "bits a weight", "Grid"}, 2, 8);
    const Option group_size =
        limits({"group-size", Int, 128, "columns that share a scale, -1: the whole row", "Grid"}, -1);
    Options grid = ebss_options();
    for (Option& option : grid)
        if (option.name == "tau" || option.name == "width" || option.name == "branching") {
            option.default_value = nlohmann::json::array({option.default_value});
            option.list = true;
            option.help += "; a list, with ranges start:stop:step";
        }
    add({.name = "sweep",
         .help = "A grid of EBSS runs, on request with the quantized model's perplexity",
         .examples = {"moequant sweep sample --tau 1:1.5:0.1 --width 2,4 --sequences 16 --length 128",
                      "moequant sweep sample --tau 0.3,1.2,inf --quantize --bits 3 --perplexity "
                      "builtin:prose"},
         .options = join(
             Options{limits({"sequences", Int, 128, "sequences a cell", "EBSS"}, 1),
                     limits({"length", Int, 512, "ids a sequence", "EBSS"}, 2)},
             grid,
             Options{
                 {"quantize", Bool, false, "GPTQ with each cell's set, then --perplexity", "Quantize"},
                 bits,
                 group_size,
                 agq,
                 list_of("perplexity", Spec, "corpus SPEC to measure the quantized models on", "Quantize"),
                 execution({"keep-checkpoints", Bool, false, "keep every cell's quantized checkpoint",
                            "Quantize"})},
             bos)});

    const Option shard_size{"shard-size", Size, "5GB", "largest size of one file of weights", "Checkpoint"};
    const Option format = choice("format", "gptq", "format of the checkpoint", "Checkpoint",
                                 {"gptq", "compressed-tensors", "awq"}, {"awq"});
    add({.name = "quantize",
         .help = "Quantize a model layer by layer and write a checkpoint",
         .examples = {"moequant quantize sample -o sample-gptq --corpus builtin:prose",
                      "moequant quantize sample -o sample-agq --corpus tokens:set.jsonl --agq --bits 3",
                      "moequant quantize sample -o sample-rtn --method rtn --format compressed-tensors"},
         .min_corpora = 0,
         .max_corpora = 1,
         .output = Output::OptionalFolder,
         .goes_by_layer = true,
         .options = join(
             Options{
                 choice("method", "gptq", "quantizer", "Method", {"gptq", "awq", "rtn"}, {"awq"}),
                 agq,
                 limits({"agq-exponent", Float, 1.0, "power of the affinity", "Method"}, 0, 16),
                 choice("expert-tokens", "routed",
                        "tokens in a routed expert's Hessian: those routed to it, or all of them (with --agq "
                        "weighed by the router's full softmax)",
                        "Method", {"routed", "all"}),
                 limits({"damp", Float, 0.01, "damping, as a share of the Hessian's mean diagonal", "Method"},
                        0, 1),
                 {"act-order", Bool, false, "columns in order of decreasing Hessian diagonal", "Method"},
                 bits,
                 group_size,
                 {"asym", Bool, false, "asymmetric grid with zero points", "Grid"},
                 {"quantize-router", Bool, false, "also the router and the shared expert's gate", "Grid"},
                 format,
                 shard_size},
             bos, ebss_options())});

    add({.name = "export",
         .help = "A quantized checkpoint of ours in another format",
         .examples = {"moequant export RUN -o OUT --format compressed-tensors"},
         .built = false,
         .output = Output::RequiredFolder,
         .options = {format, shard_size}});

    Option window_bos = bos_option(); // published perplexities are without
    window_bos.help = "feed BOS before every window and score its first token (auto: never)";
    window_bos.group = "Evaluation";
    add({.name = "evaluate",
         .help = "Perplexity of a float or quantized checkpoint, agreement with the float one",
         .examples = {"moequant evaluate sample --perplexity builtin:prose",
                      "moequant evaluate sample-gptq --perplexity 'wikitext2?samples=max:32&length=512' "
                      "--against sample"},
         .options =
             join(Options{list_of("perplexity", Spec, "corpus SPEC to measure perplexity on", "Evaluation"),
                          not_built(list_of("task", String, "task to run", "Evaluation")),
                          {"against", Path, nullptr, "float model to agree with", "Evaluation"}},
                  Options{window_bos})});

    Option runs = positional(list_of("runs", Path, "run folders", "Input"));
    add({.name = "compare",
         .help = "Runs side by side",
         .examples = {"moequant compare runs/a runs/b",
                      "moequant compare runs/a runs/b --as csv -o comparison.csv"},
         .model = false,
         .output = Output::OptionalFile,
         .keeps_run = false,
         .options = {
             runs,
             choice("as", "table", "form of the comparison", "Output", {"table", "csv", "latex", "json"}),
             not_built({"published", Bool, false, "add the rows published with the method", "Output"})}});

    add({.name = "figure",
         .help = "The window's plots as files (drawn by moequant-workbench)",
         .examples = {"moequant figure runs/a --kind usage -o usage.pdf"},
         .model = false,
         .output = Output::RequiredFile,
         .keeps_run = false,
         .options = {
             runs,
             required(choice("kind", "usage", "what to draw", "Figure",
                             {"usage", "usage-map", "balance", "beams", "error-map", "error-tokens",
                              "compare", "sweep", "hessian"})),
             limits({"layer", Int, nullptr, "layer to draw, where the figure is of one", "Figure"}, 0),
             limits({"width", Float, nullptr, "width in millimetres", "Figure"}, 1, 2000),
             limits({"height", Float, nullptr, "height in millimetres", "Figure"}, 1, 2000),
             limits({"dpi", Int, nullptr, "resolution of a PNG", "Figure"}, 10, 2400)}});

    add({.name = "fetch",
         .help = "Download a corpus",
         .examples = {"moequant fetch wikitext2"},
         .model = false,
         .options = {positional({"name", String, nullptr, "wikitext2, c4, gsm8k or humaneval", "Input"})}});

    add({.name = "selftest",
         .help = "Compare the devices' results",
         .examples = {"moequant selftest --device cuda"},
         .model = false,
         .options = {}});

    add({.name = "demo",
         .help = "Calibrate, quantize, evaluate and compare the sample model",
         .examples = {"moequant demo", "moequant demo --full --data ~/corpora"},
         .model = false,
         .output = Output::OptionalFolder,
         .options = {
             {"full", Bool, false, "128×512 tokens and whole test sets; needs the real corpora", "Demo"},
             execution({"offline", Bool, false, "never offer to fetch corpora", "Demo"})}});

    add({.name = "hessian-lab",
         .help = "Finite-difference study of the Hessian",
         .examples = {"moequant hessian-lab sample"},
         .built = false,
         .options = {}});

    add({.name = "pipeline",
         .help = "Jobs one after the other",
         .examples = {"moequant run pipeline.json"},
         .model = false,
         .goes_by_layer = true,
         .options = {}});
    return kinds;
}

} // namespace

const std::vector<Kind>& all_kinds() {
    static const std::vector<Kind> kinds = make_kinds();
    return kinds;
}

const Kind& find_kind(const std::string& name) {
    std::string known;
    for (const Kind& kind : all_kinds()) {
        if (kind.name == name)
            return kind;
        known += (known.empty() ? "" : ", ") + kind.name;
    }
    throw RequestError("kind: unknown '" + name + "' (known: " + known + ")");
}

nlohmann::json preset_values(const std::string& preset) {
    if (preset == "paper")
        return {{"tau", 1.2},
                {"width", 4},
                {"branching", 0},
                {"sigma_of", "parent"},
                {"sigma_unit", "percent"},
                {"balance_scope", "sequence"},
                {"wave", 0},
                {"noise", 0.0},
                {"no_repeat_ngram", 0},
                {"retries", 0},
                {"warmup", 3},
                {"first_token", "uniform"},
                {"eos", "mask"}};
    if (preset == "balanced")
        return {{"tau", 0.05},         {"width", 1},         {"branching", 4},
                {"sigma_of", "child"}, {"sigma_unit", "cv"}, {"balance_scope", "set"},
                {"wave", 0},           {"noise", 1.0},       {"no_repeat_ngram", 0},
                {"retries", 8},        {"warmup", 3},        {"first_token", "uniform"},
                {"eos", "mask"}};
    throw RequestError("preset: '" + preset + "' is neither balanced nor paper");
}

} // namespace moequant
