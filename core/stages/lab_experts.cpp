#include "core/stages/lab_experts.h"

#include "core/calibration/draw.h"
#include "core/quantization/tiles.h"
#include "core/stages/lab_study.h"

#include <mutex>

namespace moequant {
namespace {

using nlohmann::json;

CurveOptions curve_options(const Job& job) {
    CurveOptions options;
    options.n = job.options["curve_n"].get<std::vector<std::int64_t>>();
    options.repeats = int_option(job, "repeats");
    options.gptq.grid = lab_grid(job);
    options.gptq.damp = float_option(job, "damp");
    return options;
}

/// What `role` reads, in float32 on the host.
LinearInputs linear_inputs(const Mlp& mlp, Role role, const ExpertRows& rows) {
    const at::Tensor x = role == Role::Down && rows.x.size(0) > 0 ? mlp_hidden(mlp, rows.x) : rows.x;
    const std::int64_t columns = role == Role::Down ? mlp.down.size(1) : mlp.gate.size(1);
    return {rows.x.size(0) > 0 ? x.to(at::kCPU, at::kFloat) : at::empty({0, columns}),
            rows.affinity.to(at::kCPU, at::kFloat)};
}

json number(const std::optional<double>& value) {
    return value ? json(*value) : json();
}

json point_row(const LabExpert& expert, const CurvePoint& point) {
    return {{"layer", expert.layer},
            {"expert", expert.expert},
            {"n", point.n},
            {"repeat", point.repeat},
            {"hessian_error", point.hessian_error},
            {"predicted_error", point.predicted_error},
            {"rank", point.rank},
            {"effective_tokens", point.effective_tokens},
            {"affinity_hessian_error", point.affinity_error},
            {"affinity_predicted_error", point.affinity_predicted_error},
            {"quantization_error", number(point.quantization_error)},
            {"excess_error", number(point.excess_error)}};
}

json expert_row(const LabExpert& expert) {
    const ExpertCurve& curve = expert.curve;
    const auto& whole = curve.calibration;
    const auto of = [&](double CurvePoint::*field) { return whole ? json((*whole).*field) : json(); };
    return {{"layer", expert.layer},
            {"expert", expert.expert},
            {"tokens", curve.tokens},
            {"reference_tokens", curve.reference_tokens},
            {"effective_tokens", curve.effective_tokens},
            {"hessian_error", of(&CurvePoint::hessian_error)},
            {"predicted_error", of(&CurvePoint::predicted_error)},
            {"affinity_hessian_error", of(&CurvePoint::affinity_error)},
            {"affinity_predicted_error", of(&CurvePoint::affinity_predicted_error)},
            {"quantization_error", whole ? number(whole->quantization_error) : json()},
            {"excess_error", whole ? number(whole->excess_error) : json()},
            {"reference_error", number(curve.reference_error)},
            {"dimension", curve.dimension},
            {"effective_rank", curve.reference_tokens > 0 ? json(curve.effective_rank) : json()},
            {"condition", curve.reference_tokens > 0 ? json(curve.condition) : json()},
            {"spectrum", curve.spectrum}};
}

} // namespace

std::vector<LabExpert>
measure_layer_experts(const Job& job, const ModelConfig& config, const MlpInputs& inputs,
                      std::span<const std::size_t> calibration, std::span<const std::size_t> reference,
                      std::int64_t skip, const std::function<void()>& one_done, const std::stop_token& stop) {
    const Role role = lab_role(job);
    std::vector<LabExpert> experts;
    for (int e = 0; e < int(config.layers[std::size_t(inputs.layer)].experts); ++e)
        if (text_option(job, "experts") != "one" || e == int_option(job, "expert"))
            experts.push_back({inputs.layer, e, {}});
    const auto own = expert_rows(config, inputs, calibration, skip),
               other = expert_rows(config, inputs, reference, skip);
    const auto seed = std::uint64_t(int_option(job, "seed"));
    std::mutex telling;
    for_tiles(std::ssize(experts), [&](std::int64_t i) {
        if (stop.stop_requested())
            return;
        LabExpert& expert = experts[std::size_t(i)];
        const auto e = std::size_t(expert.expert);
        const Mlp& mlp = inputs.weights.experts[e];
        const at::Tensor& weight = role == Role::Gate ? mlp.gate : role == Role::Up ? mlp.up : mlp.down;
        CurveOptions options = curve_options(job);
        options.seed = sequence_seed(seed, (std::uint64_t(expert.layer) << 32) + e);
        expert.curve =
            measure_expert(weight.to(at::kCPU, at::kFloat), linear_inputs(mlp, role, own[e]),
                           linear_inputs(mlp, role, other[e]), options,
                           layer_prefix(expert.layer) + " expert " + std::to_string(expert.expert));
        const std::scoped_lock lock(telling);
        one_done();
    });
    check_stop(stop);
    return experts;
}

LabRows to_rows(const std::vector<LabExpert>& experts) {
    LabRows rows;
    for (const LabExpert& expert : experts) {
        rows.experts.push_back(expert_row(expert));
        for (const CurvePoint& point : expert.curve.points)
            rows.curve.push_back(point_row(expert, point));
    }
    return rows;
}

} // namespace moequant
