#include "core/job/option_groups.h"

namespace moequant {
namespace {

using enum OptionType;

Option numbers(Option option, nlohmann::json values) {
    option.default_value = std::move(values);
    return option;
}

} // namespace

std::vector<Option> hessian_lab_options() {
    const std::string study = "Study", sampling = "Sampling", experts = "Experts";
    return {
        limits({"layer", Int, nullptr, "MoE layer of the studied expert, default: the first", study}, 0),
        limits({"expert", Int, 0, "routed expert whose weights are perturbed", study}, 0),
        choice("linear", "gate", "linear of the expert whose weights are perturbed", study,
               {"gate", "up", "down"}),
        choice("loss", "expert",
               "error of the expert's output, of the layer's output, the model's own loss through the "
               "remaining layers, or a polynomial with known derivatives",
               study, {"expert", "layer", "model", "polynomial"}),
        choice("base", "rounded",
               "where the loss is expanded: the linear rounded to nearest, or the float weights, at which "
               "the errors of expert and layer vanish",
               study, {"rounded", "float"}),
        choice("routing", "frozen",
               "in later layers (loss model): the experts chosen by the unperturbed model, or chosen anew "
               "(flips are counted)",
               study, {"frozen", "free"}),
        limits({"row", Int, nullptr, "row of the linear, default: drawn", study}, 0),
        list_of("entry", String, "entry I:J of that row's Hessian", study),
        limits({"entries", Int, 4, "entries to draw where none is named", study}, 1, 256),
        numbers(limits(list_of("epsilon", Float, "steps of the differences", study), 1e-12, 1e6),
                {1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0}),
        choice("sampling", "all",
               "one batch for all evaluations of an estimate, a batch for each, every token, or all three",
               sampling, {"all", "common", "independent", "exact"}),
        numbers(limits(list_of("n", Int, "samples of an estimate", sampling), 1, 10000000),
                {16, 64, 256, 1024, 4096}),
        limits({"resamples", Int, 200, "estimates for each bias and variance", sampling}, 2, 1000000),
        limits({"population", Int, nullptr,
                "tokens (loss model: sequences) that samples are drawn from, default: at most 4096 tokens or "
                "16 sequences",
                sampling},
               2, 10000000),
        choice("experts", "all",
               "experts whose Hessians are measured against n: all, the layer's, the studied one, or none",
               experts, {"all", "layer", "one", "none"}),
        numbers(limits(list_of("curve-n", Int, "tokens of an expert's Hessian", experts), 1, 100000000),
                {16, 23, 32, 45, 64, 91, 128, 181, 256, 362, 512, 724, 1024, 1448, 2048, 2896, 4096}),
        limits({"repeats", Int, 2, "draws of tokens for each expert and n", experts}, 1, 1000),
        {"reference", Spec, nullptr,
         "corpus of the reference Hessians, default: every second sequence of the corpus", experts},
        bits_option(),
        group_size_option(),
        limits({"damp", Float, 0.01, "damping, as a share of the Hessian's mean diagonal", experts}, 0, 1),
    };
}

} // namespace moequant
