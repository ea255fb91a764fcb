// The main job: calibrate, quantize layer by layer, write and verify a checkpoint.
#include "core/calibration/usage.h"
#include "core/checkpoint/format.h"
#include "core/checkpoint/writer.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/output_folder.h"
#include "core/job/resources.h"
#include "core/model/safetensors.h"
#include "core/quantization/layer_state.h"
#include "core/stages/device.h"
#include "core/stages/kinds.h"
#include "core/stages/memory_plan.h"
#include "core/stages/token_sets.h"

#include <chrono>
#include <fstream>

namespace moequant {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

QuantizeOptions read_options(const Job& job, Format format, at::ScalarType stored) {
    QuantizeOptions options;
    options.method = text_option(job, "method") == "rtn" ? Method::Rtn : Method::Gptq;
    options.gptq.grid.bits = int(int_option(job, "bits"));
    options.gptq.grid.group_size = int_option(job, "group_size");
    options.gptq.grid.symmetric = !bool_option(job, "asym");
    options.gptq.grid = grid_for(format, stored, options.gptq.grid);
    options.gptq.damp = float_option(job, "damp");
    options.gptq.act_order = bool_option(job, "act_order");
    options.agq = bool_option(job, "agq");
    options.agq_exponent = float_option(job, "agq_exponent");
    options.all_tokens = text_option(job, "expert_tokens") == "all";
    return options;
}

/// What will be quantized and what stays float, decided before the work starts.
struct Plan {
    Format format = Format::gptq;
    QuantizeOptions options;
    std::set<std::string> selected;
    nlohmann::json left_float = nlohmann::json::array(); ///< {name, reason} of linears the format refuses
    std::vector<std::string> notes;
};

Plan make_plan(const Job& job, const ModelConfig& config, const TensorSource& source) {
    Plan plan;
    plan.format = parse_format(text_option(job, "format"));
    plan.options = read_options(job, plan.format, source.load("model.embed_tokens.weight").scalar_type());
    std::vector<LinearShape> wanted;
    for (const LinearInfo& linear : decoder_linears(config)) {
        const bool router = linear.role == Role::Router || linear.role == Role::SharedGate;
        if (!router || bool_option(job, "quantize_router"))
            wanted.push_back({linear.name, linear.rows, linear.columns, plan.options.gptq.grid});
    }
    const FormatCheck check = check_format(plan.format, config.model_type, wanted);
    plan.notes = check.notes;
    for (const LinearVerdict& verdict : check.linears) {
        if (verdict.quantize) {
            plan.selected.insert(verdict.name);
        } else {
            plan.left_float.push_back({{"name", verdict.name}, {"reason", verdict.reason}});
        }
    }
    if (plan.selected.empty())
        throw RequestError("format " + format_name(plan.format) + " can hold none of the model's linears");
    return plan;
}

std::filesystem::path output_folder(const Job& job) {
    return job.output ? *job.output : job.run ? *job.run + "/checkpoint" : std::string();
}

std::string state_key(int layer) {
    std::string digits = std::to_string(layer);
    return "layer-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits + ".safetensors";
}

std::int64_t peak_memory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:"))
            return std::stoll(line.substr(6)) * 1024;
    return 0;
}

/// Relative error of the hidden states against the float model's, ‖h − f‖² / ‖f‖², positions of a BOS left
/// out.
double hidden_error(const std::vector<at::Tensor>& quantized, const std::vector<at::Tensor>& floating,
                    std::int64_t skip) {
    double difference = 0, size = 0;
    for (std::size_t b = 0; b < quantized.size(); ++b) {
        const std::int64_t length = quantized[b].size(1) - skip;
        const at::Tensor f = floating[b].narrow(1, skip, length).to(at::kFloat);
        const at::Tensor d = quantized[b].narrow(1, skip, length).to(at::kFloat) - f;
        // Row by row first: a whole-tensor sum would be split by the number of threads.
        const at::Tensor rows = at::stack({d.square().sum(-1), f.square().sum(-1)}).to(at::kCPU, at::kDouble);
        const at::Tensor flat = rows.view({2, -1}).contiguous();
        const auto* value = flat.const_data_ptr<double>();
        for (std::int64_t i = 0; i < flat.size(1); ++i) {
            difference += value[i];
            size += value[flat.size(1) + i];
        }
    }
    return size > 0 ? difference / size : 0;
}

class Quantization {
  public:
    Quantization(const Job& job, StageContext& context)
        : job_(job),
          context_(context),
          model_(open_model(job, context.session)),
          config_(model_->config()),
          plan_(make_plan(job, config_, *model_->source)),
          progress_(context.emit, "quantize", std::int64_t(plan_.selected.size()), "linears") {}

    nlohmann::json run() {
        const auto begin = Clock::now();
        for (const std::string& note : plan_.notes)
            warn(context_.emit, "format", note);
        for (const auto& entry : plan_.left_float)
            warn(context_.emit, "left-float",
                 entry["name"].get<std::string>() + " stays float: " + entry["reason"].get<std::string>());
        calibrate();
        for (int i = 0; i < int(config_.layers.size()); ++i) {
            check_stop(context_.stop);
            layer(i);
        }
        return finish(begin);
    }

  private:
    /// Loads the calibration set and the embeddings of its tokens; nothing to do for RTN without a corpus.
    void calibrate() {
        if (job_.corpus.empty())
            return;
        set_ = load_set();
        const auto prefix = bos_prefix(job_, *model_);
        check_length_of_set(prefix.has_value());
        skip_ = prefix ? 1 : 0;
        batches_ = batch_sequences(set_.sequences, prefix, 16384);
        for (const SequenceBatch& batch : batches_) {
            longest_ = std::max(longest_, batch.ids.size(1));
            hidden_.push_back(embed(*model_->decoder, batch.ids.reshape({-1}))
                                  .view({batch.ids.size(0), batch.ids.size(1), config_.hidden_size}));
        }
        float_hidden_ = hidden_;
        warn_starved();
    }

    /// A sampled or chosen set is kept with the run, so that a resumed one need not make it again.
    TokenSet load_set() {
        const std::string& spec = job_.corpus[0];
        if (!CorpusSpec::parse(spec).needs_model())
            return load_tokens(spec, job_, *model_, CorpusUse::Calibrate, context_.emit, context_.stop);
        if (const auto saved = context_.run->load_state("set.json", context_.emit)) {
            std::ifstream in(*saved);
            return {spec, nlohmann::json::parse(in).get<std::vector<std::vector<std::int32_t>>>()};
        }
        TokenSet set = load_tokens(spec, job_, *model_, CorpusUse::Calibrate, context_.emit, context_.stop);
        context_.run->save_state("set.json", nlohmann::json(set.sequences).dump());
        return set;
    }

    void check_length_of_set(bool prefix) const { check_length(config_, set_, prefix); }

    void warn_starved() const {
        const std::int64_t tokens = set_.tokens();
        if (tokens < config_.hidden_size)
            warn(context_.emit, "few-tokens",
                 "only " + std::to_string(tokens) + " calibration tokens for inputs " +
                     std::to_string(config_.hidden_size) + " wide: every Hessian is rank-deficient");
    }

    void layer(int index) {
        const auto begin = Clock::now();
        const std::shared_ptr<const LayerWeights> floating = model_->decoder->layer(index);
        LayerWeights weights = *floating;
        const std::string key = state_key(index);
        const Rope& rope = model_->decoder->rope(longest_);
        auto saved = context_.run->load_state(key, context_.emit);
        if (saved) {
            const LayerState state = read_layer_state(*saved);
            apply_layer_state(config_, index, state, weights);
            done_ += std::int64_t(state.linears.size());
            progress_.resume_at(done_);
            for (at::Tensor& h : hidden_)
                h = layer_forward(config_, index, weights, h, rope);
            advance_float(index, *floating, rope);
            return;
        }
        const ReportSink report = [&](const LinearReport& row) {
            ++done_;
            if (context_.emit)
                context_.emit({"linear", to_json(row)});
            progress_.update(done_, index);
        };
        QuantizedLayer result =
            hidden_.empty()
                ? round_layer(config_, index, weights, plan_.selected, plan_.options, report, context_.stop)
                : quantize_layer(config_, index, weights, plan_.selected, {batches_, skip_, hidden_}, rope,
                                 plan_.options, report, context_.stop);
        advance_float(index, *floating, rope);
        nlohmann::json summary = {{"layer", index},
                                  {"routed_tokens", result.routed_tokens},
                                  {"fallbacks", 0},
                                  {"hidden_error", nullptr}};
        std::set<int> fallen;
        for (const LinearReport& row : result.reports)
            if (!row.fallback.empty())
                fallen.insert(row.linear.expert);
        summary["fallbacks"] = fallen.size();
        if (!hidden_.empty())
            summary["hidden_error"] = hidden_error(hidden_, float_hidden_, skip_);
        summary["seconds"] = seconds_since(begin);
        context_.run->save_state(
            key, [&](const std::filesystem::path& path) { write_layer_state(path, result, summary); });
        if (context_.emit)
            context_.emit({"layer", summary});
    }

    void advance_float(int index, const LayerWeights& weights, const Rope& rope) {
        for (at::Tensor& h : float_hidden_)
            h = layer_forward(config_, index, weights, h, rope);
    }

    nlohmann::json finish(Clock::time_point begin) {
        std::map<std::string, int> layer_of;
        std::map<int, LayerState> states;
        nlohmann::json reports = nlohmann::json::array(), layers = nlohmann::json::array();
        for (int i = 0; i < int(config_.layers.size()); ++i) {
            LayerState state = read_layer_state(context_.run->load_state(state_key(i)).value());
            for (const auto& [name, linear] : state.linears)
                layer_of[name] = i;
            for (auto& row : state.reports)
                reports.push_back(std::move(row));
            layers.push_back(state.facts);
            states.emplace(i, std::move(state));
        }
        CheckpointRequest request;
        request.model = model_->folder;
        request.source = model_->source.get();
        request.record.format = plan_.format;
        request.record.grid = plan_.options.gptq.grid;
        request.record.act_order = plan_.options.gptq.act_order;
        request.record.damp = plan_.options.gptq.damp;
        for (const std::string& name : plan_.selected)
            request.record.linears[name] = plan_.options.gptq.grid;
        request.linear = [&](const std::string& name) {
            return states.at(layer_of.at(name)).linears.at(name);
        };
        request.shard_size = size_option(job_, "shard_size");

        OutputFolder folder(output_folder(job_), job_, context_.run->name());
        const WrittenCheckpoint written = write_checkpoint(
            request, folder.partial(),
            [&](std::int64_t done, std::int64_t total) {
                if (context_.emit)
                    context_.emit({"progress",
                                   {{"stage", "write"},
                                    {"done", done},
                                    {"total", total},
                                    {"unit", "bytes"},
                                    {"rate", 0},
                                    {"left_s", nullptr}}});
            },
            context_.stop);
        const Verification verification = verify_checkpoint(request, folder.partial(), context_.stop);
        if (!verification.ok)
            throw RunError(
                "the written checkpoint differs from what was meant: " +
                (verification.faults.empty() ? std::string("no reason given") : verification.faults[0]));
        folder.commit({{"verification", to_json(verification)}});
        return {{"linears", reports},
                {"layers", layers},
                {"bytes_before", source_bytes()},
                {"bytes_after", planned_bytes(request)},
                {"seconds", seconds_since(begin)},
                {"peak_memory", peak_memory()},
                {"verified", verification.ok},
                {"verification", to_json(verification)},
                {"left_float", plan_.left_float},
                {"notes", plan_.notes},
                {"corpus", job_.corpus.empty() ? nlohmann::json() : nlohmann::json(job_.corpus[0])},
                {"tokens", set_.tokens()},
                {"path", output_folder(job_).string()}};
    }

    std::uint64_t source_bytes() const {
        std::uint64_t bytes = 0;
        for (const std::string& name : model_->source->names())
            bytes += model_->source->load(name).nbytes();
        return bytes;
    }

    const Job& job_;
    StageContext& context_;
    std::shared_ptr<LoadedModel> model_;
    const ModelConfig& config_;
    Plan plan_;
    Progress progress_;
    TokenSet set_;
    std::vector<SequenceBatch> batches_;
    std::vector<at::Tensor> hidden_, float_hidden_;
    std::int64_t skip_ = 0, longest_ = 1, done_ = 0;
};

} // namespace

void prepare_quantize(Job& job) {
    const auto folder = model_folder(job.model);
    job.inputs.update(hash_inputs("model", check_model(folder)));
    const ModelConfig config = read_config(folder);
    if (config.raw.contains("quantization_config"))
        throw RequestError(folder.string(),
                           "is quantized already; quantize the float checkpoint it was made from");
    const bool rtn = text_option(job, "method") == "rtn";
    if (job.corpus.empty() && !rtn)
        throw RequestError("quantize: --method " + text_option(job, "method") +
                           " needs --corpus SPEC to calibrate with");
    if (rtn && bool_option(job, "agq"))
        throw RequestError(
            "quantize: --agq has no effect on rtn, which uses no calibration; use --method gptq");
    if (rtn && text_option(job, "expert_tokens") == "all")
        throw RequestError(
            "quantize: --expert-tokens all has no effect on rtn, which uses no calibration; use "
            "--method gptq");
    const SafetensorsFolder source(folder);
    make_plan(job, config, source);
    std::int64_t tokens = 0;
    if (!job.corpus.empty()) {
        prepare_corpus(job, job.corpus[0], config, CorpusUse::Calibrate);
        const CorpusSpec spec = CorpusSpec::parse(job.corpus[0]);
        const auto tokens_of = [](const CorpusSpec& of) {
            const auto length = of.length.value_or(512);
            return std::clamp<std::int64_t>(of.samples.value_or(128), 0, (std::int64_t(1) << 40) / length) *
                   length;
        };
        tokens = tokens_of(spec);
        if (spec.kind == "balanced") // its candidates' hidden states are held once, a set's twice
            tokens = std::max(tokens, tokens_of(pool_of(spec)) / 2);
    }
    if (const auto need = plan_memory(config, tokens).peak();
        has_option(job, "memory") && need > memory_budget(job))
        throw RequestError("--memory " + text_option(job, "memory") + " is too small: this job needs about " +
                           std::to_string(need >> 20) + " MiB (see moequant inspect)");
    const std::string place = job.output ? *job.output : job.run ? *job.run : user_data_folder().string();
    // Layer states and the checkpoint exist side by side for a while; both are smaller than the source.
    if (const auto space = free_disk(place); space >= 0 && std::uint64_t(space) < source.total_bytes())
        throw RunError("not enough disk space at " + place + ": " + std::to_string(space >> 20) +
                       " MiB free, up to " + std::to_string(source.total_bytes() >> 20) + " MiB needed");
}

nlohmann::json run_quantize(const Job& job, StageContext& context) {
    if (!context.run)
        throw RequestError("quantize: needs a run folder");
    return Quantization(job, context).run();
}

} // namespace moequant
