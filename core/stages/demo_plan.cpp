#include "core/stages/demo_plan.h"

#include "core/corpus/corpus.h"
#include "core/job/error.h"
#include "core/job/resources.h"
#include "core/model/tokenizer/tokenizer.h"
#include "core/stages/token_sets.h"

#include <algorithm>

namespace moequant {
namespace {

struct Known {
    const char *kind, *title;
};
constexpr Known real_corpora[] = {
    {"wikitext2", "WikiText-2"}, {"c4", "C4"}, {"gsm8k", "GSM8K"}, {"humaneval", "HumanEval"}};
constexpr Known built_in[] = {
    {"builtin:prose", "prose"}, {"builtin:maths", "maths"}, {"builtin:code", "code"}};

bool present(const Job& demo, const std::string& spec, CorpusUse use) {
    const ModelConfig config = read_config(model_folder("sample"));
    return corpus_present(CorpusSpec::parse(spec), corpus_context(demo, config, nullptr, use));
}

bool usable(const Job& demo, const std::string& kind) {
    const bool calibrates = kind == "wikitext2" || (bool_option(demo, "full") && kind != "c4");
    return present(demo, kind, CorpusUse::Evaluate) &&
           (!calibrates || present(demo, kind, CorpusUse::Calibrate));
}

/// How many windows HumanEval's calibration part makes.
std::int64_t humaneval_windows(const Job& demo, const std::string& spec) {
    const auto folder = model_folder("sample");
    const auto tokenizer = Tokenizer::load(folder);
    const TokenSet set =
        load_corpus(CorpusSpec::parse(spec),
                    corpus_context(demo, read_config(folder), tokenizer.get(), CorpusUse::Calibrate));
    return std::int64_t(set.sequences.size());
}

std::string windows_of(const std::string& kind, const std::string& samples, std::int64_t length,
                       std::int64_t seed) {
    return kind + "?samples=" + samples + "&length=" + std::to_string(length) +
           (seed != 0 ? "&seed=" + std::to_string(seed) : "");
}

void choose_calibrations(DemoPlan& plan, const Job& demo) {
    const std::int64_t seed = int_option(demo, "seed");
    const auto spec = [&](const std::string& kind, const std::string& samples) {
        return windows_of(kind, samples, plan.length, seed);
    };
    const std::string all = std::to_string(plan.samples);
    plan.calibrations.push_back(plan.builtin
                                    ? DemoCalibration{"prose", "prose", spec("builtin:prose", all)}
                                    : DemoCalibration{"WikiText-2", "wikitext2", spec("wikitext2", all)});
    if (plan.full) {
        const std::string most = spec("humaneval", "max:" + all);
        const std::string count = std::to_string(humaneval_windows(demo, most));
        plan.calibrations.push_back(
            {"WikiText-2 (" + count + ")", "wikitext2-" + count, spec("wikitext2", count)});
        plan.calibrations.push_back({"HumanEval (" + count + ")", "humaneval", most, 1});
        plan.calibrations.push_back({"GSM8K", "gsm8k", spec("gsm8k", all)});
        plan.notes.push_back(
            "HumanEval's calibration part makes " + count + " windows of " + std::to_string(plan.length) +
            ", not " + all +
            ": its row takes what there is, and a WikiText-2 row of that size stands beside it.");
    }
    plan.calibrations.push_back({"EBSS", "ebss", "tokens:" + plan.ebss_set().string()});
}

void choose_variants(DemoPlan& plan) {
    for (const int bits : {4, 3}) {
        const std::string width = std::to_string(bits) + "-bit", short_width = std::to_string(bits) + "bit";
        plan.variants.push_back({"RTN " + width, "rtn-" + short_width, bits, true});
        for (std::size_t c = 0; c < plan.calibrations.size(); ++c)
            for (const bool agq : {false, true}) {
                const DemoCalibration& calibration = plan.calibrations[c];
                DemoVariant variant{(agq ? "GPTQ+AGQ " : "GPTQ ") + width + ", " + calibration.title,
                                    (agq ? "gptq-agq-" : "gptq-") + short_width + "-" + calibration.name,
                                    bits,
                                    false,
                                    agq,
                                    c};
                variant.exported = bits == 4 && agq && c + 1 == plan.calibrations.size();
                plan.variants.push_back(std::move(variant));
            }
    }
}

/// A resolved job of one part; what the demo's own command line says about device, data, … holds for it.
Job part_job(const Job& demo, const std::string& kind, const std::string& model, nlohmann::json options) {
    Job job;
    job.kind = kind;
    job.model = model;
    job.options = std::move(options);
    for (const char* common : {"device", "dtype", "threads", "seed", "data", "memory"})
        if (demo.options.contains(common) && !demo.options[common].is_null())
            job.options[common] = demo.options[common];
    return job;
}

void resolve(Job& job) {
    resolve_defaults(job);
    check_job(job);
}

} // namespace

std::vector<std::string> missing_corpora(const Job& demo) {
    std::vector<std::string> missing;
    for (const Known& corpus : real_corpora)
        if (!usable(demo, corpus.kind))
            missing.push_back(corpus.kind);
    return missing;
}

DemoPlan make_demo_plan(const Job& demo, const std::filesystem::path& out) {
    DemoPlan plan;
    plan.out = out;
    plan.full = bool_option(demo, "full");
    const auto missing = missing_corpora(demo);
    std::string names;
    for (const std::string& name : missing)
        names += (names.empty() ? "" : ", ") + name;
    if (plan.full && !missing.empty())
        throw RequestError("demo --full needs the real corpora; not found: " + names +
                           " (moequant fetch NAME downloads one, --data DIR says where they lie)");
    if (plan.full)
        plan.samples = 128;
    const auto is_missing = [&](const char* kind) {
        return std::find(missing.begin(), missing.end(), kind) != missing.end();
    };
    plan.builtin = is_missing("wikitext2");
    const auto add = [&](const Known& corpus) {
        plan.corpora.push_back({corpus.title, plan.full
                                                  ? std::string(corpus.kind)
                                                  : std::string(corpus.kind) + "?samples=max:32&length=512"});
    };
    for (const Known& corpus : real_corpora)
        if (!is_missing(corpus.kind))
            add(corpus);
    if (plan.builtin)
        for (const Known& corpus : built_in)
            add(corpus);
    if (!missing.empty())
        plan.notes.push_back("Not found: " + names + " (moequant fetch NAME downloads one)" +
                             (plan.builtin ? "; the built-in corpora stand in." : "."));
    choose_calibrations(plan, demo);
    choose_variants(plan);
    return plan;
}

std::string usage_part(const DemoCalibration& calibration) {
    return "usage-" + calibration.name;
}
std::string quantize_part(const DemoVariant& variant) {
    return variant.name;
}
std::string evaluate_part(const DemoVariant& variant) {
    return "evaluate-" + variant.name;
}

std::vector<JobPart> demo_parts(const DemoPlan& plan, const Job& demo) {
    std::vector<JobPart> parts;
    // Weights: seconds on two cores for 64×512 tokens and 32×512 a corpus; of --full only the ratios matter.
    const double size = double(plan.samples) / 64, eval = (plan.full ? 8 : 1) * double(plan.corpora.size());
    Job sample = part_job(demo, "sample", "sample", {{"sequences", plan.samples}, {"length", plan.length}});
    sample.output = plan.ebss_set().string();
    resolve(sample);
    parts.push_back({"ebss", "sampling the EBSS set", sample, 60 * size});
    for (const DemoCalibration& calibration : plan.calibrations) {
        Job profile = part_job(demo, "profile", "sample", nlohmann::json::object());
        profile.corpus = {calibration.spec};
        resolve(profile);
        parts.push_back(
            {usage_part(calibration), "expert usage of " + calibration.title, profile, 1.5 * size});
    }
    nlohmann::json specs = nlohmann::json::array();
    for (const DemoCorpus& corpus : plan.corpora)
        specs.push_back(corpus.spec);
    const auto evaluate = [&](const std::string& model, bool against) {
        nlohmann::json options = {{"perplexity", specs}};
        if (against)
            options["against"] = "sample";
        Job job = part_job(demo, "evaluate", model, options);
        resolve(job);
        return job;
    };
    parts.push_back({"evaluate-float", "evaluating the float model", evaluate("sample", false), 0.8 * eval});
    for (const DemoVariant& variant : plan.variants) {
        Job quantize = part_job(
            demo, "quantize", "sample",
            {{"method", variant.rtn ? "rtn" : "gptq"}, {"agq", variant.agq}, {"bits", variant.bits}});
        if (!variant.rtn)
            quantize.corpus = {plan.calibrations[variant.calibration].spec};
        std::filesystem::path checkpoint = plan.out / "runs" / quantize_part(variant) / "checkpoint";
        if (variant.exported) {
            checkpoint = plan.out / "checkpoint";
            quantize.output = checkpoint.string();
        }
        resolve(quantize);
        parts.push_back(
            {quantize_part(variant), "quantizing: " + variant.title, quantize, variant.rtn ? 1 : 7 * size});
        parts.push_back({evaluate_part(variant), "evaluating: " + variant.title,
                         evaluate(checkpoint.string(), true), 1.6 * eval});
    }
    return parts;
}

} // namespace moequant
