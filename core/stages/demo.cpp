// `demo`: the main job end to end on the built-in model, and the comparison it leads to.
#include "core/evaluation/text_table.h"
#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/stages/demo_plan.h"
#include "core/stages/demo_report.h"
#include "core/stages/kinds.h"
#include "core/stages/loaded_model.h"
#include "core/stages/sibling.h"
#include "core/stages/token_sets.h"

#include <chrono>
#include <cstdio>
#include <unistd.h>

namespace moequant {
namespace {

namespace fs = std::filesystem;

/// One question for all corpora that are missing; only to a person at a terminal.
void offer_fetch(const Job& demo, const std::vector<std::string>& missing) {
    if (missing.empty() || bool_option(demo, "offline") || ::isatty(0) == 0 || ::isatty(2) == 0)
        return;
    std::string names;
    for (const std::string& name : missing)
        names += (names.empty() ? "" : ", ") + name;
    std::fprintf(stderr, "Not found: %s. Download them from their publishers now? [y/N] ", names.c_str());
    std::string answer;
    for (int c; (c = std::getc(stdin)) != EOF && c != '\n';)
        answer += char(c);
    if (answer != "y" && answer != "Y" && answer != "yes")
        return;
    const EventSink say = [](const Event& event) {
        if (event.name == "warning")
            std::fprintf(stderr, "%s\n", event.fields.value("text", "").c_str());
    };
    for (const std::string& name : missing) {
        std::fprintf(stderr, "Downloading %s …\n", name.c_str());
        Job fetch;
        fetch.kind = "fetch";
        fetch.options["name"] = name;
        if (has_option(demo, "data"))
            fetch.options["data"] = demo.options["data"];
        Session session;
        StageContext context{session, nullptr, say, {}};
        try {
            resolve_defaults(fetch);
            prepare_job(fetch);
            run_job(fetch, context);
        } catch (const RequestError& error) { // the demo goes on without it
            std::fprintf(stderr, "%s\n", error.what());
        } catch (const RunError& error) {
            std::fprintf(stderr, "%s\n", error.what());
        }
    }
}

/// Usage of both calibration sets, error of every expert at the narrowest width, as PDF and PNG.
std::vector<fs::path> draw_figures(const DemoPlan& plan, const fs::path& workbench) {
    const fs::path runs = plan.out / "runs", folder = plan.out / "figures";
    fs::create_directories(folder);
    std::vector<std::string> usage, errors;
    for (const DemoCalibration* set : {&plan.calibrations.front(), &plan.calibrations.back()})
        usage.push_back((runs / usage_part(*set)).string());
    for (const DemoVariant& variant : plan.variants)
        if (variant.bits == 3 && !variant.rtn &&
            (variant.agq ? variant.calibration + 1 == plan.calibrations.size() : variant.calibration == 0))
            errors.push_back((runs / quantize_part(variant)).string());
    std::vector<fs::path> figures;
    for (const auto& [kind, sources] : {std::pair{"usage", &usage}, std::pair{"error-map", &errors}})
        for (const char* suffix : {".pdf", ".png"}) {
            const fs::path file = folder / (std::string(kind) + suffix);
            std::vector<std::string> arguments = {"--figure"};
            arguments.insert(arguments.end(), sources->begin(), sources->end());
            arguments.insert(arguments.end(), {"--kind", kind, "-o", file.string()});
            run_program(workbench, arguments, file.string());
            if (!fs::is_regular_file(file))
                throw RunError(file.string() + ": the workbench wrote no figure");
            figures.push_back(file);
        }
    return figures;
}

nlohmann::json balance_json(const DemoReport& report) {
    nlohmann::json sets = nlohmann::json::array();
    for (const RunFacts& usage : report.usage) {
        nlohmann::json set = {{"name", usage.name}};
        for (const Fact& fact : usage.facts)
            set[fact.key] = fact.value;
        sets.push_back(std::move(set));
    }
    return sets;
}

std::string all_differences_csv(const nlohmann::json& comparison) {
    std::string text = "run,against,corpus,percent,log_ratio,low,high,windows,shown\r\n";
    for (const auto& pair : comparison["differences"]) {
        const auto cell = [&](const char* key) { return csv_cell(pair[key].get<std::string>()); };
        text += cell("run") + "," + cell("against") + "," + cell("corpus");
        for (const char* key : {"percent", "log_ratio", "low", "high", "windows", "shown"})
            text += "," + (pair[key].is_null() ? std::string() : pair[key].dump());
        text += "\r\n";
    }
    return text;
}

} // namespace

void prepare_demo(Job& job) {
    // The demo's folder is its run folder, so that the same command goes on after a kill.
    if (job.output && job.run && *job.output != *job.run)
        throw RequestError("demo: -o and --run name the same thing, the demo's own folder; give one of them");
    if (!job.run)
        job.run = job.output ? *job.output : fs::absolute("demo").string();
    job.output.reset();
    std::error_code error;
    if (!fs::is_regular_file(fs::path(*job.run) / "result.json", error))
        offer_fetch(job, missing_corpora(job));
    const fs::path model = model_folder("sample");
    job.inputs.update(hash_inputs("model", check_model(model)));
    const DemoPlan plan = make_demo_plan(job, *job.run);
    const ModelConfig config = read_config(model);
    for (const DemoCorpus& corpus : plan.corpora)
        job.inputs.update(
            hash_inputs("corpus", corpus_files(CorpusSpec::parse(corpus.spec),
                                               corpus_context(job, config, nullptr, CorpusUse::Evaluate))));
    for (const DemoCalibration& calibration : plan.calibrations)
        if (!calibration.spec.starts_with("tokens:"))
            job.inputs.update(hash_inputs(
                "calibration", corpus_files(CorpusSpec::parse(calibration.spec),
                                            corpus_context(job, config, nullptr, CorpusUse::Calibrate))));
}

nlohmann::json run_demo(const Job& job, StageContext& context) {
    const auto begin = std::chrono::steady_clock::now();
    const DemoPlan plan = make_demo_plan(job, context.run->folder());
    for (const std::string& note : plan.notes)
        warn(context.emit, "demo", note);
    const auto parts = demo_parts(plan, job);
    double total = 0;
    for (const JobPart& part : parts)
        total += part.weight;
    JobParts runner(context, plan.out / "runs", total);
    for (const JobPart& part : parts)
        runner.run(part);

    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const DemoReport report = read_demo(plan, seconds);
    nlohmann::json result = to_json(report.comparison);
    write_file_atomically(plan.out / "comparison.csv", to_csv(report.comparison));
    write_file_atomically(plan.out / "differences.csv", all_differences_csv(result));
    write_file_atomically(plan.out / "comparison.md", demo_markdown(report));

    std::vector<std::string> lines;
    const fs::path workbench = workbench_program();
    nlohmann::json figures = nlohmann::json::array();
    if (workbench.empty()) {
        lines.push_back("Figures: none, because moequant-workbench is not beside this program.");
        warn(context.emit, "figures", lines.back());
    } else {
        for (const fs::path& figure : draw_figures(plan, workbench))
            figures.push_back(figure.string());
        lines.push_back("Figures: " + (plan.out / "figures").string());
    }
    lines.push_back("Comparison: " + (plan.out / "comparison.csv").string() +
                    ", comparison.md, differences.csv (every pair)");
    lines.push_back("Checkpoint: " + (plan.out / "checkpoint").string() +
                    " (GPTQ+AGQ 4-bit, EBSS; gptq format)");
    lines.push_back("Runs: " + (plan.out / "runs").string());
    char took[64];
    std::snprintf(took, sizeof took, "Took %.0f seconds%s.", seconds,
                  context.run->resumed() ? " since it went on" : "");
    lines.emplace_back(took);

    nlohmann::json corpora = nlohmann::json::array();
    for (std::size_t i = 0; i < plan.corpora.size(); ++i)
        corpora.push_back({{"title", plan.corpora[i].title},
                           {"corpus", plan.corpora[i].spec},
                           {"windows", report.windows[i]}});
    result["corpora"] = corpora;
    result["balance"] = balance_json(report);
    result["notes"] = plan.notes;
    result["figures"] = figures;
    result["checkpoint"] = (plan.out / "checkpoint").string();
    result["seconds"] = seconds;
    result["text"] = demo_text(report, lines);
    return result;
}

} // namespace moequant
