// A grid of EBSS runs. Every cell is a `sample` job with its own run folder, so that finished cells are kept
// when the sweep is interrupted; on request each cell's set quantizes the model and the result is measured.
#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/option_table.h"
#include "core/job/resources.h"
#include "core/job/run_store.h"
#include "core/model/config.h"
#include "core/stages/job_parts.h"
#include "core/stages/kinds.h"
#include "core/stages/sweep_report.h"

#include <algorithm>
#include <cstdio>

namespace moequant {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Cell {
    std::string name;  ///< of its folder
    std::string title; ///< for people
    json tau, width, branching;
};

std::string tau_text(const json& tau) {
    if (tau.is_string())
        return tau.get<std::string>();
    char text[32];
    std::snprintf(text, sizeof text, "%.12g", tau.get<double>());
    return text;
}

/// Every combination once, in the order given.
std::vector<Cell> cells_of(const Job& job) {
    std::vector<Cell> cells;
    for (const json& branching : job.options["branching"])
        for (const json& tau : job.options["tau"])
            for (const json& width : job.options["width"]) {
                const std::string t = tau_text(tau), w = width.dump(), b = branching.dump();
                Cell cell{"tau-" + t + "-width-" + w + "-branching-" + b,
                          "τ " + t + ", width " + w + ", branching " + b, tau, width, branching};
                const bool known = std::any_of(cells.begin(), cells.end(),
                                               [&](const Cell& one) { return one.name == cell.name; });
                if (!known)
                    cells.push_back(std::move(cell));
            }
    return cells;
}

/// A resolved job of `kind` with the sweep's own values of `keys`.
Job part_job(const Job& sweep, const std::string& kind, const std::string& model,
             const std::vector<std::string>& keys) {
    Job job;
    job.kind = kind;
    job.model = model;
    for (const std::string& key : keys)
        if (sweep.options.contains(key))
            job.options[key] = sweep.options[key];
    return job;
}

const std::vector<std::string> common = {"device", "dtype", "threads", "seed", "data", "memory"};

std::vector<std::string> with(std::vector<std::string> keys, const std::vector<std::string>& more) {
    keys.insert(keys.end(), more.begin(), more.end());
    return keys;
}

Job resolved(Job job) {
    resolve_defaults(job);
    check_job(job);
    return job;
}

/// The very job that `sample` with the cell's values would be.
Job sample_job(const Job& sweep, const Cell& cell) {
    std::vector<std::string> keys;
    for (const Option& option : find_kind("sample").options)
        if (option.name != "fresh")
            keys.push_back(option.key());
    Job job = part_job(sweep, "sample", sweep.model, keys);
    job.options["tau"] = cell.tau;
    job.options["width"] = cell.width;
    job.options["branching"] = cell.branching;
    return resolved(std::move(job));
}

Job quantize_job(const Job& sweep, const std::string& corpus) {
    Job job = part_job(sweep, "quantize", sweep.model, with(common, {"bits", "group_size", "agq", "bos"}));
    job.corpus = {corpus};
    return resolved(std::move(job));
}

Job evaluate_job(const Job& sweep, const std::string& model) {
    return resolved(part_job(sweep, "evaluate", model, with(common, {"perplexity"})));
}

/// How long the parts take, in the units of demo_plan.cpp: seconds on two cores with the sample model.
double size_of(const Job& sweep) {
    return double(int_option(sweep, "sequences")) * double(int_option(sweep, "length")) / (64 * 512);
}

class Sweep {
  public:
    Sweep(const Job& job, StageContext& context)
        : job_(job),
          folder_(context.run->folder()),
          cells_(cells_of(job)),
          quantize_(bool_option(job, "quantize")),
          parts_(context, folder_, total(), job.model) {}

    json run() {
        json result = {{"cells", json::array()}, {"float", nullptr}};
        if (quantize_)
            result["float"] = {{"perplexity", parts_.run({"float", "evaluating the float model",
                                                          evaluate_job(job_, job_.model),
                                                          evaluate_weight()})["perplexity"]}};
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            result["cells"].push_back(run_cell(i));
            write_file_atomically(folder_ / "sweep.csv", sweep_csv(result));
        }
        result["csv"] = (folder_ / "sweep.csv").string();
        result["text"] = sweep_text(result);
        return result;
    }

  private:
    /// By the rows that are fed a step.
    double sample_weight(const Cell& cell) const {
        const bool child = text_option(job_, "sigma_of") == "child" && cell.branching != 0;
        return 15 * size_of(job_) * cell.width.get<double>() * (child ? cell.branching.get<double>() : 1);
    }
    double quantize_weight() const { return 7 * size_of(job_); }
    double evaluate_weight() const { return double(list_option(job_, "perplexity").size()); }
    double total() const {
        double sum = quantize_ ? evaluate_weight() : 0;
        for (const Cell& cell : cells_)
            sum += sample_weight(cell) + (quantize_ ? quantize_weight() + evaluate_weight() : 0);
        return sum;
    }

    std::string title(const char* action, std::size_t index) const {
        return action + cells_[index].title + " (" + std::to_string(index + 1) + " of " +
               std::to_string(cells_.size()) + ")";
    }

    json run_cell(std::size_t index) {
        const Cell& cell = cells_[index];
        const std::string name = "cells/" + cell.name;
        json sampled;
        try {
            sampled =
                parts_.run({name, title("sampling ", index), sample_job(job_, cell), sample_weight(cell)});
        } catch (const RequestError& error) {
            throw RequestError("cell " + cell.title + ": " + error.what());
        }
        const fs::path set = parts_.folder(name) / "set.jsonl";
        json row = {{"tau", cell.tau},
                    {"width", cell.width},
                    {"branching", cell.branching},
                    {"set", set.string()},
                    {"evaluation", nullptr}};
        for (const char* key : {"balance", "perplexity", "degenerate_share", "seconds", "tokens_per_second"})
            row[key] = sampled[key];
        if (quantize_)
            row["evaluation"] = measure(index, name, set);
        return row;
    }

    /// Quantizes with the cell's set and evaluates. The checkpoint goes afterwards, unless it is to be kept.
    json measure(std::size_t index, const std::string& name, const fs::path& set) {
        const JobPart quantize{name + "/quantize", title("quantizing with ", index),
                               quantize_job(job_, "tokens:" + set.string()), quantize_weight()};
        const fs::path checkpoint = parts_.folder(quantize.name) / "checkpoint";
        const JobPart evaluate{name + "/evaluate", title("evaluating ", index),
                               evaluate_job(job_, checkpoint.string()), evaluate_weight()};
        json perplexity;
        if (const auto stored = stored_result(evaluate)) {
            parts_.skip(quantize); // its checkpoint may be gone
            parts_.skip(evaluate);
            perplexity = (*stored)["perplexity"];
        } else {
            if (!fs::is_directory(checkpoint))
                fs::remove(parts_.folder(quantize.name) / "result.json"); // somebody took the checkpoint
            parts_.run(quantize);
            perplexity = parts_.run(evaluate)["perplexity"];
        }
        if (!bool_option(job_, "keep_checkpoints"))
            fs::remove_all(checkpoint);
        return {{"bits", int_option(job_, "bits")},
                {"group_size", int_option(job_, "group_size")},
                {"agq", bool_option(job_, "agq")},
                {"perplexity", perplexity},
                {"checkpoint", bool_option(job_, "keep_checkpoints") ? json(checkpoint.string()) : json()}};
    }

    std::optional<json> stored_result(const JobPart& part) const {
        const fs::path run = parts_.folder(part.name);
        return fs::is_regular_file(run / "result.json") ? read_run(run).result : std::nullopt;
    }

    const Job& job_;
    fs::path folder_;
    std::vector<Cell> cells_;
    bool quantize_;
    JobParts parts_;
};

} // namespace

void prepare_sweep(Job& job) {
    for (const Cell& cell : cells_of(job))
        try {
            Job one = sample_job(job, cell);
            prepare_job(one);
            const ModelConfig config = read_config(model_folder(job.model));
            const auto ordinary = config.vocab_size - std::int64_t(config.special_ids.size());
            for (const json& wanted : {cell.width, cell.branching})
                if (wanted.get<std::int64_t>() > ordinary)
                    throw RequestError("the model's vocabulary has only " + std::to_string(ordinary) +
                                       " ordinary tokens");
            job.inputs.update(one.inputs);
        } catch (const RequestError& error) {
            throw RequestError("cell " + cell.title + ": " + error.what());
        }
    if (!bool_option(job, "quantize"))
        return;
    Job quantize = quantize_job(job, "ebss"); // the sets are not there yet
    prepare_job(quantize);
    Job evaluate = evaluate_job(job, job.model);
    prepare_job(evaluate);
    job.inputs.update(evaluate.inputs);
}

json run_sweep(const Job& job, StageContext& context) {
    if (!context.run)
        throw RequestError("sweep: needs a run folder");
    return Sweep(job, context).run();
}

} // namespace moequant
