// `compare`: finished runs side by side.
#include "core/evaluation/compare.h"
#include "core/job/atomic_file.h"
#include "core/job/inputs.h"
#include "core/stages/kinds.h"

namespace moequant {

void prepare_compare(Job& job) {
    std::vector<std::filesystem::path> files;
    for (const std::string& folder : list_option(job, "runs")) {
        read_run_facts(folder);
        files.push_back(std::filesystem::path(folder) / "result.json");
    }
    job.inputs.update(hash_inputs("run", files));
}

nlohmann::json run_compare(const Job& job, StageContext& context) {
    std::vector<RunFacts> runs;
    for (const std::string& folder : list_option(job, "runs"))
        runs.push_back(read_run_facts(folder));
    if (bool_option(job, "published")) {
        const auto published = published_facts(runs);
        if (published.empty())
            warn(context.emit, "published", "no paper states a figure of these models on these corpora");
        runs.insert(runs.end(), published.begin(), published.end());
    }
    const Comparison comparison = compare_runs(runs);
    nlohmann::json document = to_json(comparison);
    const std::string form = text_option(job, "as");
    const std::string text = form == "csv"     ? to_csv(comparison)
                             : form == "latex" ? to_latex(comparison)
                             : form == "json"  ? document.dump(2) + "\n"
                                               : to_table(comparison);
    if (job.output) {
        write_file_atomically(*job.output, text);
        document["path"] = *job.output;
    }
    document["text"] = text;
    return document;
}

} // namespace moequant
