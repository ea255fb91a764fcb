// The main job: calibrate, quantize layer by layer, write and verify a checkpoint.
#include "core/calibration/usage.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/resources.h"
#include "core/model/layer_prefetch.h"
#include "core/model/safetensors.h"
#include "core/quantization/layer_state.h"
#include "core/quantization/measure_layer.h"
#include "core/quantization/rotation.h"
#include "core/quantization/tiles.h"
#include "core/stages/device.h"
#include "core/stages/kinds.h"
#include "core/stages/memory_plan.h"
#include "core/stages/mixed_precision.h"
#include "core/stages/quantize_checkpoint.h"
#include "core/stages/quantize_memory.h"
#include "core/stages/quantize_plan.h"
#include "core/stages/token_sets.h"

#include <chrono>
#include <fstream>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace moequant {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// What a layer's arrays left in the allocator goes back to the system, or it would add up.
void give_back_memory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

std::string numbered(const char* what, int layer, const char* extension) {
    const std::string digits = std::to_string(layer);
    return what + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits + extension;
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
        difference = add_in_order(difference, d.square().sum(-1));
        size = add_in_order(size, f.square().sum(-1));
    }
    return size > 0 ? difference / size : 0;
}

class Quantization {
  public:
    Quantization(const Job& job, StageContext& context)
        : job_(job),
          context_(context),
          model_(open_model(job, context.session)),
          plan_(plan_quantize(job, model_->config(), *model_->source)),
          source_(model_->source),
          decoder_(streaming_decoder()),
          progress_(context.emit, "quantize", std::int64_t(plan_.grids.size()), "linears") {}

    nlohmann::json run() {
        const auto begin = Clock::now();
#ifdef __GLIBC__
        // Fixed, or the allocator raises it to 32 MiB and keeps the holes that matrices leave.
        ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
        warn_left_float();
        calibrate();
        if (!decoder_->compute().device.is_cpu())
            prefetch_.emplace(source_, config(), decoder_->compute());
        if (plan_.mixed)
            choose_bits();
        for (const std::string& note : plan_.notes)
            warn(context_.emit, "format", note);
        for (int i = 0; i < layers(); ++i) {
            check_stop(context_.stop);
            layer(i);
            give_back_memory();
        }
        float_hidden_.clear();
        hidden_.clear();
        return finish(begin);
    }

  private:
    const ModelConfig& config() const {
        return decoder_->config();
    }
    int layers() const {
        return int(config().layers.size());
    }

    /// Each layer is needed once or twice and never kept. Of a rotated model the linears to be quantized are
    /// not rounded; all else is as the checkpoint will store it.
    std::unique_ptr<Decoder> streaming_decoder() {
        ModelConfig config = model_->config();
        if (plan_.rotation) {
            std::set<std::string> exact;
            for (const auto& [name, grid] : plan_.grids)
                exact.insert(name);
            if (source_ == model_->source)
                source_ = rotate(model_->source, config, *plan_.rotation, exact);
            config = rotated_config(config);
        }
        return std::make_unique<Decoder>(std::move(config), source_, model_->decoder->compute(), 0);
    }

    void warn_left_float() const {
        for (const auto& entry : plan_.left_float)
            warn(context_.emit, "left-float",
                 entry["name"].get<std::string>() + " stays float: " + entry["reason"].get<std::string>());
        if (plan_.skipped > 0)
            warn(context_.emit, "left-float",
                 std::to_string(plan_.skipped) + " linears stay float: skipped by --override");
        if (plan_.mixed && !job_.corpus.empty() && !CorpusSpec::parse(job_.corpus[0]).needs_model())
            warn(context_.emit, "narrow-corpus",
                 "bits are chosen by errors on this corpus alone, and on other text may do worse than "
                 "uniform ones; a "
                 "set that the model sampled (--corpus ebss) does better");
    }

    /// Loads the calibration set and the embeddings of its tokens; nothing to do for RTN without a corpus.
    void calibrate() {
        if (job_.corpus.empty())
            return;
        set_ = load_set();
        model_->decoder->release(); // what sampling the set kept in memory
        const auto prefix = bos_prefix(job_, *model_);
        check_length(config(), set_, prefix.has_value());
        skip_ = prefix ? 1 : 0;
        const Compute& compute = decoder_->compute();
        CalibrationSize size = size_of(job_, set_, skip_);
        const MemoryPlan memory = fit_to_memory(job_, config(), size, context_.emit);
        plan_.options.experts_at_once = memory.experts;
        std::int64_t together = memory.batch;
        at::Device place = at::kCPU;
        const at::ScalarType kept = plan_.narrow_hidden ? at::kBFloat16 : compute.dtype;
        if (!compute.device.is_cpu()) {
            size.hidden_bytes = std::int64_t(at::elementSize(kept));
            const DevicePlan device = fit_to_device(job_, config(), size, compute.dtype);
            plan_.options.expert_work = ExpertWork::Batched;
            plan_.options.experts_at_once = device.experts;
            together = std::min(together, device.batch);
            place = device.hidden_there ? compute.device : place;
        }
        batches_ = batch_sequences(set_.sequences, prefix, together);
        for (const SequenceBatch& batch : batches_) {
            longest_ = std::max(longest_, batch.ids.size(1));
            hidden_.push_back(embed(*decoder_, batch.ids.reshape({-1}))
                                  .view({batch.ids.size(0), batch.ids.size(1), config().hidden_size})
                                  .to(place, kept));
        }
        float_hidden_ = hidden_;
        decoder_ = streaming_decoder(); // without the embeddings
        warn_few_tokens();
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

    void warn_few_tokens() const {
        const std::int64_t tokens = set_.tokens();
        if (tokens < config().hidden_size)
            warn(context_.emit, "few-tokens",
                 "only " + std::to_string(tokens) + " calibration tokens for inputs " +
                     std::to_string(config().hidden_size) + " wide: every Hessian is rank-deficient");
    }

    /// Measures every expert at every choice of bits in the float model, then spends the budget where it
    /// counts.
    void choose_bits() {
        const MixedPrecision& mixed = *plan_.mixed;
        std::vector<LayerCost> costs;
        std::vector<at::Tensor> hidden = hidden_;
        Progress progress(context_.emit, "measure", layers(), "layers");
        for (int i = 0; i < layers(); ++i) {
            check_stop(context_.stop);
            const std::string key = numbered("measure-", i, ".json");
            LayerWeights weights = load(i);
            if (const auto saved = context_.run->load_state(key, context_.emit)) {
                std::ifstream in(*saved);
                costs.push_back(layer_cost_from_json(nlohmann::json::parse(in)));
                advance(hidden, i, weights);
                progress.resume_at(i + 1);
            } else {
                costs.push_back(measure_layer(config(), i, weights, plan_.grids, {batches_, skip_, hidden},
                                              decoder_->rope(longest_), plan_.options, mixed.choices,
                                              context_.stop));
                context_.run->save_state(key, to_json(costs.back()).dump());
            }
            progress.update(i + 1, i);
        }
        allocation_ = assign_bits(plan_, config(), costs);
        for (const std::string& note : recheck(plan_, config()))
            if (std::find(plan_.notes.begin(), plan_.notes.end(), note) == plan_.notes.end())
                plan_.notes.push_back(note);
    }

    /// On the CPU when it is needed: a second layer would double the memory, and reading it takes threads
    /// from the work.
    LayerWeights load(int index) {
        return prefetch_ ? prefetch_->take(index) : *decoder_->layer(index);
    }

    void layer(int index) {
        const auto begin = Clock::now();
        LayerWeights weights = load(index);
        // The float model goes first, so that each of its weights may be dropped when it has been quantized.
        advance(float_hidden_, index, weights);
        const std::string key = numbered("layer-", index, ".safetensors");
        if (const auto saved = context_.run->load_state(key, context_.emit)) {
            const LayerState state = read_layer_state(*saved);
            apply_layer_state(config(), index, state, weights);
            done_ += std::int64_t(state.linears.size());
            progress_.resume_at(done_);
            advance(hidden_, index, weights);
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
                ? round_layer(config(), index, weights, plan_.grids, plan_.options, report, context_.stop)
                : quantize_layer(config(), index, weights, plan_.grids, {batches_, skip_, hidden_},
                                 decoder_->rope(longest_), plan_.options, report, context_.stop);
        std::set<int> fallen;
        for (const LinearReport& row : result.reports)
            if (!row.fallback.empty())
                fallen.insert(row.linear.expert);
        nlohmann::json summary = {{"layer", index},
                                  {"routed_tokens", result.routed_tokens},
                                  {"fallbacks", fallen.size()},
                                  {"hidden_error", nullptr}};
        if (!hidden_.empty())
            summary["hidden_error"] = hidden_error(hidden_, float_hidden_, skip_);
        summary["seconds"] = seconds_since(begin);
        context_.run->save_state(
            key, [&](const std::filesystem::path& path) { write_layer_state(path, result, summary); });
        if (context_.emit)
            context_.emit({"layer", summary});
    }

    void advance(std::vector<at::Tensor>& hidden, int index, LayerWeights weights) {
        forward_layer(config(), index, weights, {batches_, skip_, hidden}, decoder_->rope(longest_),
                      context_.stop);
    }

    nlohmann::json finish(Clock::time_point begin) {
        std::vector<std::filesystem::path> states;
        states.reserve(std::size_t(layers()));
        for (int i = 0; i < layers(); ++i)
            states.push_back(context_.run->load_state(numbered("layer-", i, ".safetensors")).value());
        nlohmann::json result = write_quantized({job_, *model_, plan_, source_, states, context_.run->name()},
                                                context_.emit, context_.stop);
        result["seconds"] = seconds_since(begin);
        result["left_float"] = plan_.left_float;
        result["notes"] = plan_.notes;
        result["corpus"] = job_.corpus.empty() ? nlohmann::json() : nlohmann::json(job_.corpus[0]);
        result["tokens"] = set_.tokens();
        if (plan_.mixed)
            result["mixed_precision"] = allocation_;
        return result;
    }

    const Job& job_;
    StageContext& context_;
    std::shared_ptr<LoadedModel> model_;
    QuantizePlan plan_;
    std::shared_ptr<const TensorSource> source_; ///< the model's tensors, rotated if asked
    std::unique_ptr<Decoder> decoder_;
    std::optional<LayerPrefetch> prefetch_; ///< on a device
    Progress progress_;
    TokenSet set_;
    std::vector<SequenceBatch> batches_;
    std::vector<at::Tensor> hidden_, float_hidden_;
    nlohmann::json allocation_;
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
    const SafetensorsFolder source(folder);
    plan_quantize(job, config, source);
    if (!job.corpus.empty())
        prepare_corpus(job, job.corpus[0], config, CorpusUse::Calibrate);
    fit_to_memory(job, config, expected_size(job, config), {});
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
