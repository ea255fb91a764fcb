// `hessian-lab`: how well Hessians are estimated, by differences in one row of one expert and from n tokens
// in every expert, and what that does to quantization.
#include "core/calibration/usage.h"
#include "core/hessian_lab/polynomial.h"
#include "core/job/atomic_file.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/stages/device.h"
#include "core/stages/kinds.h"
#include "core/stages/lab_experts.h"
#include "core/stages/lab_report.h"
#include "core/stages/lab_study.h"
#include "core/stages/token_sets.h"

#include <chrono>
#include <numeric>

namespace moequant {
namespace {

using nlohmann::json;

bool polynomial(const Job& job) {
    return text_option(job, "loss") == "polynomial";
}

/// The sequences that go through the model, and whose they are.
struct LabSequences {
    TokenSet all;
    std::vector<std::size_t> calibration, reference;
};

LabSequences load_sequences(const Job& job, const LoadedModel& model, StageContext& context) {
    LabSequences sequences;
    sequences.all =
        load_tokens(job.corpus.at(0), job, model, CorpusUse::Calibrate, context.emit, context.stop);
    const std::size_t own = sequences.all.sequences.size();
    const bool curves = text_option(job, "experts") != "none";
    if (has_option(job, "reference")) {
        TokenSet other = load_tokens(text_option(job, "reference"), job, model, CorpusUse::Calibrate,
                                     context.emit, context.stop);
        for (auto& ids : other.sequences)
            sequences.all.sequences.push_back(std::move(ids));
    } else if (curves && own < 2) {
        throw RequestError("corpus '" + job.corpus.at(0) +
                           "': one sequence cannot be both calibration and reference; ask for more samples, "
                           "or name a --reference");
    }
    const bool halves = curves && !has_option(job, "reference");
    for (std::size_t s = 0; s < sequences.all.sequences.size(); ++s)
        (s >= own || (halves && s % 2 == 1) ? sequences.reference : sequences.calibration).push_back(s);
    return sequences;
}

class Lab {
  public:
    Lab(const Job& job, StageContext& context) : job_(job), context_(context) {}

    json run() {
        const auto begin = std::chrono::steady_clock::now();
        prepare_compute(job_); // the threads, where no model is opened
        if (!polynomial(job_) || !curve_layers_wanted().empty())
            go_through_model();
        if (polynomial(job_))
            study(polynomial_problem(lab_population(job_), std::uint64_t(int_option(job_, "seed"))),
                  polynomial_entries(job_));
        json result = study_;
        result["model"] = job_.model;
        result["corpus"] = job_.corpus.empty() ? json() : json(job_.corpus.front());
        result["reference"] = job_.options["reference"];
        result["experts"] = experts_;
        result["curve"] = curve_;
        result["correlation"] = correlation_json(experts_, curve_);
        result["affinity"] = affinity_json(curve_);
        result["warnings"] = lab_warnings(result);
        for (const json& warning : result["warnings"])
            warn(context_.emit, "lab", warning.get<std::string>());
        if (context_.run) {
            write_file_atomically(context_.run->path("points.csv"), rows_csv(result["points"]));
            if (!curve_.empty())
                write_file_atomically(context_.run->path("curve.csv"), rows_csv(curve_));
        }
        result["text"] = lab_text(result);
        result["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return result;
    }

  private:
    std::vector<int> curve_layers_wanted() const {
        const std::string wanted = text_option(job_, "experts");
        std::vector<int> layers;
        if (wanted == "layer" || wanted == "one")
            layers.push_back(int(int_option(job_, "layer")));
        if (wanted == "all") {
            const ModelConfig config = read_config(model_folder(job_.model));
            for (int i = 0; i < int(config.layers.size()); ++i)
                if (config.layers[std::size_t(i)].moe)
                    layers.push_back(i);
        }
        return layers;
    }

    void go_through_model() {
        model_ = open_model(job_, context_.session);
        const ModelConfig& config = model_->config();
        sequences_ = load_sequences(job_, *model_, context_);
        const auto prefix = bos_prefix(job_, *model_);
        skip_ = prefix ? 1 : 0;
        check_length(config, sequences_.all, prefix.has_value());
        const auto batches = batch_sequences(sequences_.all.sequences, prefix, 4096);
        ids_.resize(sequences_.all.sequences.size());
        for (const SequenceBatch& batch : batches)
            for (std::size_t s = 0; s < batch.sequences.size(); ++s)
                ids_[batch.sequences[s]] = batch.ids[std::int64_t(s)];
        int last = 0;
        if (!polynomial(job_)) {
            target_ = lab_target(job_, config);
            last = target_.linear.layer;
        }
        layers_ = curve_layers_wanted();
        for (const int layer : layers_) {
            last = std::max(last, layer);
            experts_wanted_ +=
                text_option(job_, "experts") == "one" ? 1 : config.layers[std::size_t(layer)].experts;
        }
        visit_mlp_inputs(
            *model_->decoder, batches, last,
            [&](const MlpInputs& inputs) {
                if (!polynomial(job_) && inputs.layer == target_.linear.layer)
                    study_expert(inputs);
                if (std::find(layers_.begin(), layers_.end(), inputs.layer) != layers_.end())
                    measure_experts(inputs);
            },
            context_.emit, context_.stop);
    }

    void study_expert(const MlpInputs& inputs) {
        if (stored("study.json", study_))
            return;
        study(lab_problem(job_, target_, *model_, inputs, ids_, sequences_.calibration, skip_),
              target_.entries);
        json& about = study_["study"];
        about["layer"] = target_.linear.layer;
        about["expert"] = target_.linear.expert;
        about["linear"] = job_.options["linear"];
        about["tensor"] = target_.linear.name;
        about["row"] = target_.row;
        save("study.json", study_);
    }

    void measure_experts(const MlpInputs& inputs) {
        const std::string key = "curve-" + std::to_string(inputs.layer) + ".json";
        json rows;
        if (!stored(key, rows)) {
            std::int64_t done = std::ssize(experts_);
            Progress progress(context_.emit, "experts", experts_wanted_, "experts");
            progress.resume_at(done);
            const LabRows measured = to_rows(measure_layer_experts(
                job_, model_->config(), inputs, sequences_.calibration, sequences_.reference, skip_,
                [&] { progress.update(++done, inputs.layer); }, context_.stop));
            rows = {{"experts", measured.experts}, {"curve", measured.curve}};
            save(key, rows);
        }
        experts_.insert(experts_.end(), rows["experts"].begin(), rows["experts"].end());
        curve_.insert(curve_.end(), rows["curve"].begin(), rows["curve"].end());
        if (context_.emit)
            context_.emit({"layer", {{"layer", inputs.layer}, {"experts", rows["experts"].size()}}});
    }

    void study(const Problem& problem, const std::vector<Entry>& entries) {
        const StudyOptions options = study_options(job_);
        study_ =
            study_json(job_, problem, run_study(problem, entries, options, context_.emit, context_.stop));
    }

    // What is finished is kept in the run, so that a killed one goes on.
    bool stored(const std::string& key, json& value) const {
        if (!context_.run)
            return false;
        const auto path = context_.run->load_state(key, context_.emit);
        if (!path)
            return false;
        value = json::parse(read_bytes(*path));
        return true;
    }
    void save(const std::string& key, const json& value) const {
        if (context_.run)
            context_.run->save_state(key, value.dump());
    }

    const Job& job_;
    StageContext& context_;
    json study_, experts_ = json::array(), curve_ = json::array();
    // Of a job that goes through the model:
    std::shared_ptr<LoadedModel> model_;
    LabSequences sequences_;
    std::vector<at::Tensor> ids_; ///< int64 [T] of every sequence, with a BOS that is fed
    std::int64_t skip_ = 0;       ///< of that BOS
    LabTarget target_;
    std::vector<int> layers_; ///< whose experts are measured
    std::int64_t experts_wanted_ = 0;
};

} // namespace

void prepare_hessian_lab(Job& job) {
    const auto folder = model_folder(job.model);
    job.inputs.update(hash_inputs("model", check_model(folder)));
    const ModelConfig config = read_config(folder);
    if (config.moe_layers() == 0)
        throw RequestError("the model has no MoE layers, so there are no experts to study");
    if (!has_option(job, "layer"))
        for (int i = int(config.layers.size()) - 1; i >= 0; --i)
            if (config.layers[std::size_t(i)].moe)
                job.options["layer"] = i;
    if (polynomial(job))
        polynomial_entries(job);
    if (!polynomial(job) || text_option(job, "experts") != "none")
        check_tail_memory(job, lab_target(job, config), config);
    if (!job.corpus.empty())
        prepare_corpus(job, job.corpus.front(), config, CorpusUse::Calibrate);
    if (has_option(job, "reference")) {
        Job reference = job; // its files are named apart
        reference.inputs = json::object();
        prepare_corpus(reference, text_option(job, "reference"), config, CorpusUse::Calibrate);
        for (const auto& [key, value] : reference.inputs.items())
            job.inputs["reference-" + key] = value;
    }
}

json run_hessian_lab(const Job& job, StageContext& context) {
    return Lab(job, context).run();
}

} // namespace moequant
