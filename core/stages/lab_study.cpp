#include "core/stages/lab_study.h"

#include "core/calibration/draw.h"
#include "core/hessian_lab/expert_loss.h"
#include "core/hessian_lab/model_loss.h"
#include "core/hessian_lab/polynomial.h"
#include "core/job/error.h"
#include "core/quantization/rtn.h"
#include "core/quantization/tiles.h"
#include "core/stages/device.h"

#include <algorithm>
#include <charconv>

namespace moequant {
namespace {

constexpr std::int64_t most_tokens = 4096, most_sequences = 16;
constexpr std::uint64_t row_draws = 1000000007, entry_draws = 1000000009; ///< streams of their own

Entry parse_entry(const std::string& text, std::int64_t columns) {
    const auto number = [&](const std::string& part) {
        std::int64_t value = -1;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        if (error != std::errc() || end != part.data() + part.size() || value < 0 || value >= columns)
            throw RequestError("option entry: '" + text + "' is not I:J with two columns from 0 to " +
                               std::to_string(columns - 1));
        return value;
    };
    const auto colon = text.find(':');
    if (colon == std::string::npos)
        return {number(text), number(text)};
    return {number(text.substr(0, colon)), number(text.substr(colon + 1))};
}

/// Named, or drawn: on the diagonal and off it in turn, none twice while there are others.
std::vector<Entry> lab_entries(const Job& job, std::int64_t columns) {
    std::vector<Entry> entries;
    for (const std::string& text : list_option(job, "entry"))
        entries.push_back(parse_entry(text, columns));
    if (!entries.empty())
        return entries;
    Draw draw(sequence_seed(std::uint64_t(int_option(job, "seed")), entry_draws));
    const std::int64_t wanted = int_option(job, "entries");
    for (std::int64_t tries = 0; std::ssize(entries) < wanted; ++tries) {
        const auto i = std::int64_t(draw.below(std::uint64_t(columns)));
        auto j = std::int64_t(draw.below(std::uint64_t(std::max<std::int64_t>(1, columns - 1))));
        j += j >= i;
        const Entry entry{i, entries.size() % 2 == 0 || columns == 1 ? i : j};
        if (tries > 100 * wanted || std::find(entries.begin(), entries.end(), entry) == entries.end())
            entries.push_back(entry);
    }
    return entries;
}

at::Tensor& linear_of(Mlp& mlp, Role role) {
    return role == Role::Gate ? mlp.gate : role == Role::Up ? mlp.up : mlp.down;
}

Mlp in_float64(const Mlp& mlp) {
    const auto wide = [](const at::Tensor& weight) { return weight.to(at::kCPU, at::kDouble); };
    return {wide(mlp.gate), wide(mlp.up), wide(mlp.down)};
}

/// The expert at w.
Mlp expert_at_base(const Job& job, const LabTarget& target, const Mlp& expert) {
    Mlp mlp = in_float64(expert);
    if (text_option(job, "base") == "rounded") {
        at::Tensor& weight = linear_of(mlp, target.linear.role);
        weight = rtn(weight.to(at::kFloat), lab_grid(job), target.linear.name).dequantize().to(at::kDouble);
    }
    return mlp;
}

RequestError without_tokens(const LabTarget& target) {
    return RequestError("layer " + std::to_string(target.linear.layer) + ", expert " +
                        std::to_string(target.linear.expert) +
                        " gets none of these tokens; choose another expert or a longer corpus");
}

Problem output_problem(const Job& job, const LabTarget& target, const ModelConfig& config,
                       const MlpInputs& inputs, std::span<const std::size_t> members, std::int64_t skip) {
    const auto expert = std::size_t(target.linear.expert);
    const ExpertRows rows = expert_rows(config, inputs, members, skip)[expert];
    const std::int64_t count = std::min(rows.x.size(0), lab_population(job));
    if (count == 0)
        throw without_tokens(target);
    const at::Tensor x = rows.x.narrow(0, 0, count).to(at::kCPU, at::kDouble);
    const at::Tensor c = rows.affinity.narrow(0, 0, count).to(at::kCPU, at::kDouble);
    const Mlp floating = in_float64(inputs.weights.experts[expert]);
    const SingleThread alone;
    const auto moving = std::make_shared<const ExpertFunction>(
        expert_at_base(job, target, inputs.weights.experts[expert]), target.linear.role, target.row, x);
    const ExpertFunction resting(floating, target.linear.role, target.row, x);
    return expert_problem(moving, resting.outputs(), c, text_option(job, "loss") == "layer",
                          target.linear.role != Role::Gate);
}

Problem tail_problem(const Job& job, const LabTarget& target, const LoadedModel& model,
                     const MlpInputs& inputs, const std::vector<at::Tensor>& ids,
                     std::span<const std::size_t> members) {
    const ModelConfig& config = model.config();
    const int layer = target.linear.layer;
    const auto expert = std::size_t(target.linear.expert);
    LayerWeights weights = load_layer(model.decoder->source(), config, layer, Compute{at::kCPU, at::kDouble});
    weights.experts[expert] = expert_at_base(job, target, weights.experts[expert]);
    std::int64_t longest = 1;
    std::vector<TailSequence> sequences;
    bool any = false;
    for (const std::size_t member :
         members.first(std::min(members.size(), std::size_t(lab_population(job))))) {
        if (ids[member].size(0) < 2)
            continue; // predicts nothing
        const SingleThread alone;
        const at::Tensor residual = inputs.residual[member].to(at::kCPU, at::kDouble);
        const at::Tensor normed = rms_norm(residual, weights.post_norm, config.rms_norm_eps);
        Routing routing;
        TailSequence sequence;
        sequence.ids = ids[member];
        sequence.hidden = residual + mlp_block(config.layers[std::size_t(layer)], weights, normed, &routing);
        const Dispatch sent = dispatch(routing, config.layers[std::size_t(layer)].experts);
        const std::int64_t first = sent.offset[expert], count = sent.offset[expert + 1] - first;
        longest = std::max(longest, residual.size(0));
        if (count > 0) {
            sequence.token = sent.token.narrow(0, first, count);
            sequence.affinity = dispatched_affinity(routing, sent).narrow(0, first, count);
            sequence.expert =
                std::make_shared<const ExpertFunction>(weights.experts[expert], target.linear.role,
                                                       target.row, normed.index_select(0, sequence.token));
            any = true;
        }
        sequences.push_back(std::move(sequence));
    }
    if (!any)
        throw without_tokens(target);
    weights = {};
    return model_problem(std::make_shared<const ModelTail>(load_tail(*model.decoder, layer + 1, longest)),
                         std::move(sequences), text_option(job, "routing") == "free");
}

} // namespace

Role lab_role(const Job& job) {
    const std::string name = text_option(job, "linear");
    return name == "gate" ? Role::Gate : name == "up" ? Role::Up : Role::Down;
}

GridOptions lab_grid(const Job& job) {
    GridOptions grid;
    grid.bits = int(int_option(job, "bits"));
    grid.group_size = int_option(job, "group_size");
    return grid;
}

LabTarget lab_target(const Job& job, const ModelConfig& config) {
    LabTarget target;
    const int layer = int(int_option(job, "layer"));
    const auto expert = int(int_option(job, "expert"));
    if (layer >= int(config.layers.size()) || !config.layers[std::size_t(layer)].moe)
        throw RequestError("option layer: " + std::to_string(layer) + " is no MoE layer of this model");
    if (const auto experts = config.layers[std::size_t(layer)].experts; expert >= experts)
        throw RequestError("option expert: layer " + std::to_string(layer) + " has " +
                           std::to_string(experts) + " experts, counted from 0");
    for (const LinearInfo& linear : layer_linears(config, layer))
        if (linear.expert == expert && linear.role == lab_role(job))
            target.linear = linear;
    check_grid(lab_grid(job), target.linear.columns, target.linear.name);
    Draw draw(sequence_seed(std::uint64_t(int_option(job, "seed")), row_draws));
    target.row = has_option(job, "row") ? int_option(job, "row")
                                        : std::int64_t(draw.below(std::uint64_t(target.linear.rows)));
    if (target.row >= target.linear.rows)
        throw RequestError("option row: " + target.linear.name + " has " +
                           std::to_string(target.linear.rows) + " rows, counted from 0");
    target.entries = lab_entries(job, target.linear.columns);
    return target;
}

std::vector<Entry> polynomial_entries(const Job& job) {
    return lab_entries(job, kPolynomialWeights);
}

StudyOptions study_options(const Job& job) {
    StudyOptions options;
    options.epsilon = job.options["epsilon"].get<std::vector<double>>();
    options.n = job.options["n"].get<std::vector<std::int64_t>>();
    options.resamples = int_option(job, "resamples");
    options.seed = std::uint64_t(int_option(job, "seed"));
    const std::string sampling = text_option(job, "sampling");
    options.common = sampling == "all" || sampling == "common";
    options.independent = sampling == "all" || sampling == "independent";
    options.exact = sampling == "all" || sampling == "exact";
    const auto in_order = [](auto& list) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    };
    in_order(options.epsilon);
    in_order(options.n);
    return options;
}

std::int64_t lab_population(const Job& job) {
    if (has_option(job, "population"))
        return int_option(job, "population");
    return text_option(job, "loss") == "model" ? most_sequences : most_tokens;
}

void check_tail_memory(const Job& job, const LabTarget& target, const ModelConfig& config) {
    if (text_option(job, "loss") != "model")
        return;
    // The studied layer itself is there too while the sequences are prepared.
    const std::int64_t bytes = tail_bytes(config, target.linear.layer), budget = memory_budget(job);
    if (bytes > budget)
        throw RequestError("option loss: the layers from " + std::to_string(target.linear.layer) +
                           " on take " + std::to_string(bytes >> 20) + " MiB in float64, more than the " +
                           std::to_string(budget >> 20) +
                           " MiB there are; study a later layer, or the loss 'layer'");
}

Problem lab_problem(const Job& job, const LabTarget& target, const LoadedModel& model,
                    const MlpInputs& inputs, const std::vector<at::Tensor>& ids,
                    std::span<const std::size_t> members, std::int64_t skip) {
    return text_option(job, "loss") == "model"
               ? tail_problem(job, target, model, inputs, ids, members)
               : output_problem(job, target, model.config(), inputs, members, skip);
}

} // namespace moequant
