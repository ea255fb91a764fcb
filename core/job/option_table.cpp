#include "core/job/option_table.h"

#include "core/job/error.h"
#include "core/job/option_groups.h"
#include "core/job/presets.h"

namespace moequant {
namespace {

using enum OptionType;

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
         .options = {limits({"calibration-tokens", Int, 128 * 512,
                             "tokens of the calibration set that the memory plan is for", "Memory plan"},
                            1)}});

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
                         bos, ebss_options("profile"))});

    add({.name = "sample",
         .help = "Let the model write a calibration set that uses its experts evenly (EBSS)",
         .examples = {"moequant sample sample -o set.jsonl",
                      "moequant sample sample --preset paper --sequences 64 -o set.jsonl",
                      "moequant sample sample --tau 0.1 --width 4 --record 4 --explain 0 -o set.jsonl"},
         .output = Output::OptionalFile,
         .options = join(
             Options{limits({"sequences", Int, 128, "sequences to write", "EBSS"}, 1),
                     limits({"length", Int, 512, "ids a sequence", "EBSS"}, 2)},
             ebss_options("sample"),
             Options{
                 limits({"record", Int, 0, "sequences whose search goes into search.safetensors", "EBSS"}, 0,
                        64),
                 execution(limits({"explain", Int, nullptr,
                                   "print the recorded search of this sequence (from 0) as a table", "EBSS"},
                                  0))},
             bos)});

    Options grid = ebss_options("sweep");
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
                 bits_option(),
                 group_size_option(),
                 agq_option(),
                 list_of("perplexity", Spec, "corpus SPEC to measure the quantized models on", "Quantize"),
                 execution({"keep-checkpoints", Bool, false, "keep every cell's quantized checkpoint",
                            "Quantize"})},
             bos)});

    add({.name = "quantize",
         .help = "Quantize a model layer by layer and write a checkpoint",
         .examples = {"moequant quantize sample -o sample-gptq --corpus builtin:prose",
                      "moequant quantize sample -o sample-agq --corpus tokens:set.jsonl --agq --bits 3",
                      "moequant quantize sample -o sample-rtn --method rtn --format compressed-tensors",
                      "moequant quantize sample -o sample-plus-plus --preset moequant-plus-plus",
                      "moequant quantize sample -o sample-mixed --corpus builtin:prose --average-bits 3.5",
                      "moequant quantize sample -o sample-mse --corpus builtin:maths --bits 3 --clip mse "
                      "--override '*.self_attn.*=bits:8'"},
         .min_corpora = 0,
         .max_corpora = 1,
         .output = Output::OptionalFolder,
         .goes_by_layer = true,
         .options = join(quantize_options(), bos, ebss_options("quantize"))});

    add({.name = "export",
         .help = "A quantized checkpoint of ours in another format",
         .examples = {"moequant export RUN -o OUT --format compressed-tensors",
                      "moequant export sample-gptq -o sample-float --format float"},
         .output = Output::RequiredFolder,
         .options = {format_option(), shard_size_option()}});

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
             {"published", Bool, false, "add the rows that papers state for these models, marked †",
              "Output"}}});

    add({.name = "figure",
         .help = "The window's plots as files (drawn by moequant-workbench)",
         .examples = {"moequant figure runs/a --kind usage -o usage.pdf",
                      "moequant figure runs/lab --kind hessian -o lab.md"},
         .model = false,
         .output = Output::RequiredFile,
         .keeps_run = false,
         .options = {
             runs,
             required(choice("kind", "usage", "what to draw", "Figure",
                             {"usage", "usage-map", "balance", "lorenz", "beams", "error-map", "error-tokens",
                              "error-layers", "error-pairs", "compare", "sweep", "hessian"})),
             limits({"layer", Int, nullptr, "layer to draw, where the figure is of one", "Figure"}, 0),
             limits({"sequence", Int, nullptr, "recorded sequence to draw (beams)", "Figure"}, 0),
             {"metric", String, nullptr,
              "metric to draw (compare, sweep), as in a comparison's CSV; panel to draw (hessian)", "Figure"},
             {"setting", String, nullptr, "setting along the horizontal axis (compare)", "Figure"},
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
         .help = "Measure how well Hessians are estimated, and what that does to quantization",
         .examples =
             {"moequant hessian-lab sample --corpus builtin:prose",
              "moequant hessian-lab sample --corpus 'wikitext2?samples=256' --layer 1 --expert 3 --linear "
              "gate",
              "moequant hessian-lab sample --corpus builtin:prose --loss model --routing free --experts "
              "none",
              "moequant hessian-lab sample --loss polynomial --experts none"},
         .max_corpora = 1,
         .goes_by_layer = true,
         .options = join(hessian_lab_options(), bos, ebss_options("hessian-lab"))});

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

} // namespace moequant
