#include "core/quantization/layer_quantizer.h"

#include "core/quantization/hessian.h"
#include "core/quantization/rtn.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>
#include <mutex>

namespace moequant {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Statistics of one group of linears that read the same inputs.
struct InputStatistics {
    Hessian reported; ///< plain, and with the affinity to the first power: for the error report
    /// With the affinity to the chosen power, where that differs from `reported`'s; else unset.
    std::optional<Hessian> powered;
    bool weigh = false; ///< GPTQ uses the weighted sum

    InputStatistics(const std::string& name, std::int64_t columns, const QuantizeOptions& options,
                    bool has_affinity, at::Device device)
        : reported(name, columns, device) {
        weigh = options.agq && has_affinity;
        if (weigh && options.agq_exponent != 1)
            powered.emplace(name, columns, device);
    }
    void add(const at::Tensor& x, const std::optional<at::Tensor>& affinity, double exponent) {
        reported.add(x, affinity);
        if (powered)
            powered->add(x, affinity->pow(exponent));
    }
    /// The H that GPTQ works with; the plain one when all affinities vanished.
    at::Tensor hessian() const {
        const Hessian& source = powered ? *powered : reported;
        return weigh && source.affinity_sum() > 0 ? source.weighted() : reported.unweighted();
    }
};

class LayerQuantizer {
  public:
    LayerQuantizer(const ModelConfig& config, int index, LayerWeights& weights,
                   const std::set<std::string>& selected, const QuantizeOptions& options,
                   const ReportSink& report, const std::stop_token& stop)
        : config_(config),
          layer_(config.layers[std::size_t(index)]),
          weights_(weights),
          selected_(selected),
          options_(options),
          report_(report),
          stop_(stop),
          linears_(layer_linears(config, index)) {
        result_.reports.resize(linears_.size());
    }

    QuantizedLayer run(LayerInputs inputs, const Rope& rope) {
        std::vector<at::Tensor> middle = attention(inputs, rope); // hidden states between attention and MLP
        std::vector<at::Tensor> normed;
        for (const at::Tensor& h : middle)
            normed.push_back(rms_norm(h, weights_.post_norm, config_.rms_norm_eps));
        if (layer_.moe)
            routers(inputs, normed);
        mlps(inputs, normed);
        for (std::size_t b = 0; b < middle.size(); ++b)
            inputs.hidden[b] =
                (middle[b] + mlp_block(layer_, weights_, normed[b])).view(inputs.hidden[b].sizes());
        return finish();
    }

    QuantizedLayer round() {
        for_linears([](const LinearInfo&) { return true; },
                    [&](std::size_t i) { quantize(i, nullptr, nullptr); });
        return finish();
    }

  private:
    std::vector<at::Tensor> attention(LayerInputs inputs, const Rope& rope) {
        std::vector<at::Tensor> normed, middle;
        InputStatistics qkv = statistics(Role::Q, LinearInfo::none, false);
        for (std::size_t b = 0; b < inputs.hidden.size(); ++b) {
            check_stop(stop_);
            const at::Tensor x = inputs.hidden[b].reshape({-1, config_.hidden_size});
            normed.push_back(rms_norm(x, weights_.input_norm, config_.rms_norm_eps));
            qkv.add(scored(normed[b], inputs, b), {}, 1);
        }
        quantize_group({Role::Q, Role::K, Role::V}, LinearInfo::none, qkv);
        InputStatistics o = statistics(Role::O, LinearInfo::none, false);
        std::vector<at::Tensor> attended;
        for (std::size_t b = 0; b < inputs.hidden.size(); ++b) {
            check_stop(stop_);
            const Qkv projected =
                project_qkv(config_, weights_, normed[b], inputs.hidden[b].size(0), 0, rope);
            attended.push_back(attend(config_, layer_, projected));
            normed[b].reset();
            o.add(scored(attended[b], inputs, b), {}, 1);
        }
        quantize_group({Role::O}, LinearInfo::none, o);
        for (std::size_t b = 0; b < inputs.hidden.size(); ++b)
            middle.push_back(inputs.hidden[b].reshape({-1, config_.hidden_size}) +
                             linear(attended[b], weights_.o, weights_.o_bias));
        return middle;
    }

    void routers(LayerInputs inputs, const std::vector<at::Tensor>& normed) {
        const bool any = std::any_of(linears_.begin(), linears_.end(), [&](const LinearInfo& linear) {
            return (linear.role == Role::Router || linear.role == Role::SharedGate) &&
                   selected_.contains(linear.name);
        });
        if (any) {
            InputStatistics router = statistics(Role::Router, LinearInfo::none, false);
            for (std::size_t b = 0; b < normed.size(); ++b)
                router.add(scored(normed[b], inputs, b), {}, 1);
            quantize_group({Role::Router, Role::SharedGate}, LinearInfo::none, router);
        }
        // The affinities as deployed: of the router that the checkpoint will hold, on the inputs it will see.
        for (std::size_t b = 0; b < normed.size(); ++b) {
            const at::Tensor x = scored(normed[b], inputs, b);
            routing_.push_back(route(layer_, weights_.router, x));
            dispatch_.push_back(dispatch(routing_[b], layer_.experts));
            affinity_.push_back(dispatched_affinity(routing_[b], dispatch_[b]));
            result_.routed_tokens += dispatch_[b].token.numel();
            if (options_.all_tokens && options_.agq)
                probability_.push_back(router_probability(weights_.router, x).t().contiguous());
        }
    }

    /// Rows of x [B·T, hidden] that count: without a prefix token's.
    at::Tensor scored(const at::Tensor& x, const LayerInputs& inputs, std::size_t b) const {
        if (inputs.skip == 0)
            return x;
        const std::int64_t batch = inputs.hidden[b].size(0), length = inputs.hidden[b].size(1);
        return x.view({batch, length, x.size(1)})
            .narrow(1, inputs.skip, length - inputs.skip)
            .reshape({-1, x.size(1)});
    }

    /// One task a routed expert, one for the shared or dense MLP; a task does its gate, up and then down.
    void mlps(LayerInputs inputs, const std::vector<at::Tensor>& normed) {
        std::vector<int> experts;
        if (!layer_.moe)
            experts.push_back(LinearInfo::none);
        for (int e = 0; layer_.moe && e < layer_.experts; ++e)
            experts.push_back(e);
        if (layer_.shared_intermediate > 0)
            experts.push_back(LinearInfo::shared);
        if (layer_.moe && options_.all_tokens && !options_.agq)
            same_inputs(inputs, normed);
        at::parallel_for(0, std::int64_t(experts.size()), 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) {
                check_stop(stop_);
                mlp(experts[std::size_t(i)], inputs, normed);
            }
        });
    }

    /// Where every expert takes every token with weight 1, gate and up of all have one H and one factor.
    void same_inputs(const LayerInputs& inputs, const std::vector<at::Tensor>& normed) {
        common_.emplace(statistics(Role::Gate, 0, false));
        for (std::size_t b = 0; b < normed.size(); ++b)
            common_->add(scored(normed[b], inputs, b), {}, 1);
        const LinearInfo& first = linears_[find(Role::Gate, 0)];
        if (options_.method == Method::Gptq && common_->reported.tokens() > 0)
            common_factor_ = factorize(common_->hessian(), options_.gptq, first.name);
    }

    void mlp(int expert, const LayerInputs& inputs, const std::vector<at::Tensor>& normed) {
        const bool all = expert >= 0 && options_.all_tokens;
        const bool has_affinity =
            all ? options_.agq : expert >= 0 || (expert == LinearInfo::shared && layer_.shared_gate);
        std::vector<at::Tensor> rows;
        std::vector<std::optional<at::Tensor>> affinity;
        InputStatistics in = statistics(Role::Gate, expert, has_affinity);
        for (std::size_t b = 0; b < normed.size(); ++b) {
            at::Tensor x = scored(normed[b], inputs, b);
            std::optional<at::Tensor> c;
            if (all) {
                if (options_.agq)
                    c = probability_[b].select(0, expert);
            } else if (expert >= 0) {
                const std::int64_t first = dispatch_[b].offset[std::size_t(expert)];
                const std::int64_t count = dispatch_[b].offset[std::size_t(expert) + 1] - first;
                x = x.index_select(0, dispatch_[b].token.narrow(0, first, count));
                c = affinity_[b].narrow(0, first, count);
            } else if (has_affinity) {
                c = shared_affinity(weights_, x).view({-1});
            }
            if (x.size(0) == 0)
                continue;
            if (!all || !common_)
                in.add(x, c, options_.agq_exponent);
            rows.push_back(x);
            affinity.push_back(c);
        }
        if (all && common_)
            quantize_group({Role::Gate, Role::Up}, expert, *common_, common_factor_);
        else
            quantize_group({Role::Gate, Role::Up}, expert, in);
        InputStatistics out = statistics(Role::Down, expert, has_affinity);
        const Mlp& weights = expert >= 0                    ? weights_.experts[std::size_t(expert)]
                             : expert == LinearInfo::shared ? weights_.shared
                                                            : weights_.dense;
        for (std::size_t b = 0; b < rows.size(); ++b)
            out.add(mlp_hidden(weights, rows[b]), affinity[b], options_.agq_exponent);
        quantize_group({Role::Down}, expert, out);
    }

    std::size_t find(Role role, int expert) const {
        for (std::size_t i = 0; i < linears_.size(); ++i)
            if (linears_[i].role == role && linears_[i].expert == expert)
                return i;
        throw std::logic_error("no such linear");
    }

    InputStatistics statistics(Role role, int expert, bool has_affinity) const {
        const LinearInfo& linear = linears_[find(role, expert)];
        return {linear.name, linear.columns, options_, has_affinity, weights_.input_norm.device()};
    }

    template <typename Which, typename Body>
    void for_linears(const Which& which, const Body& body) {
        for (std::size_t i = 0; i < linears_.size(); ++i)
            if (selected_.contains(linears_[i].name) && which(linears_[i]))
                body(i);
    }

    void quantize_group(std::initializer_list<Role> roles, int expert, const InputStatistics& inputs,
                        std::optional<Factor> factor = {}) {
        for_linears(
            [&](const LinearInfo& linear) {
                return linear.expert == expert &&
                       std::find(roles.begin(), roles.end(), linear.role) != roles.end();
            },
            [&](std::size_t i) {
                const auto begin = Clock::now();
                if (options_.method == Method::Gptq && inputs.reported.tokens() > 0 && !factor)
                    factor = factorize(inputs.hessian(), options_.gptq, linears_[i].name);
                quantize(i, &inputs, factor ? &*factor : nullptr, begin);
            });
    }

    void quantize(std::size_t index, const InputStatistics* inputs, const Factor* factor,
                  Clock::time_point begin = Clock::now()) {
        const LinearInfo& linear = linears_[index];
        at::Tensor& weight = linear_weight(weights_, linear);
        QuantizedLinear quantized = factor ? gptq(weight, *factor, options_.gptq, linear.name)
                                           : rtn(weight, options_.gptq.grid, linear.name);
        const at::Tensor rounded = quantized.dequantize();
        LinearReport row;
        row.linear = linear;
        row.bits = quantized.bits;
        at::Tensor plain, weighted;
        if (inputs && inputs->reported.tokens() > 0) {
            row.tokens = inputs->reported.tokens();
            row.affinity_sum = inputs->reported.affinity_sum();
            row.effective_tokens = inputs->reported.effective_tokens();
            plain = inputs->reported.unweighted();
            weighted = inputs->reported.weighted();
        } else if (inputs && options_.method == Method::Gptq) {
            row.fallback = "rtn";
        }
        const OutputError error = output_error(weight.to(at::kFloat), rounded, plain, weighted);
        row.relative_output_error = error.relative_output_error;
        row.weighted_output_error = error.weighted_output_error;
        row.weight_mse = error.weight_mse;
        if (factor)
            row.damp = factor->damp;
        weight = rounded.to(weight.scalar_type());
        for (at::Tensor* part : {&quantized.codes, &quantized.scales, &quantized.zeros, &quantized.group_of})
            *part = part->to(at::kCPU);
        row.seconds = seconds_since(begin);
        const std::lock_guard lock(mutex_);
        result_.linears[linear.name] = std::move(quantized);
        result_.reports[index] = row;
        if (report_)
            report_(row);
    }

    /// Leaves only the rows of linears that were quantized.
    QuantizedLayer finish() {
        std::vector<LinearReport> rows;
        for (LinearReport& row : result_.reports)
            if (row.bits > 0)
                rows.push_back(std::move(row));
        result_.reports = std::move(rows);
        return std::move(result_);
    }

    const ModelConfig& config_;
    const LayerConfig& layer_;
    LayerWeights& weights_;
    const std::set<std::string>& selected_;
    const QuantizeOptions& options_;
    const ReportSink& report_;
    const std::stop_token& stop_;
    std::vector<LinearInfo> linears_;
    std::vector<Routing> routing_;
    std::vector<Dispatch> dispatch_;
    std::vector<at::Tensor> affinity_;      ///< of each dispatched row
    std::vector<at::Tensor> probability_;   ///< with all tokens and AGQ: [experts, tokens] of every batch
    std::optional<InputStatistics> common_; ///< of all experts' gate and up, with all tokens and no AGQ
    std::optional<Factor> common_factor_;
    std::mutex mutex_;
    QuantizedLayer result_;
};

} // namespace

QuantizedLayer quantize_layer(const ModelConfig& config, int layer, LayerWeights& weights,
                              const std::set<std::string>& selected, LayerInputs inputs, const Rope& rope,
                              const QuantizeOptions& options, const ReportSink& report,
                              const std::stop_token& stop) {
    return LayerQuantizer(config, layer, weights, selected, options, report, stop).run(inputs, rope);
}

QuantizedLayer round_layer(const ModelConfig& config, int layer, const LayerWeights& weights,
                           const std::set<std::string>& selected, const QuantizeOptions& options,
                           const ReportSink& report, const std::stop_token& stop) {
    LayerWeights copy = weights;
    return LayerQuantizer(config, layer, copy, selected, options, report, stop).round();
}

nlohmann::json to_json(const LinearReport& report) {
    const auto number = [](const std::optional<double>& value) {
        return value ? nlohmann::json(*value) : nlohmann::json();
    };
    return {{"name", report.linear.name},
            {"layer", report.linear.layer},
            {"expert", expert_json(report.linear.expert)},
            {"rows", report.linear.rows},
            {"columns", report.linear.columns},
            {"bits", report.bits},
            {"tokens", report.tokens},
            {"affinity_sum", report.affinity_sum},
            {"effective_tokens", report.effective_tokens},
            {"relative_output_error", number(report.relative_output_error)},
            {"weighted_output_error", number(report.weighted_output_error)},
            {"weight_mse", report.weight_mse},
            {"damp", number(report.damp)},
            {"fallback", report.fallback.empty() ? nlohmann::json() : nlohmann::json(report.fallback)},
            {"seconds", report.seconds}};
}

} // namespace moequant
