#include "core/quantization/layer_work.h"
#include "core/quantization/shrinkage.h"

namespace moequant {

/// The affinities as deployed: of the router that the checkpoint will hold, on the inputs it will see.
void LayerWork::route_tokens() {
    const bool weigh_all = options_.agq && (options_.all_tokens || options_.starved == Starved::RouteAll);
    dispatch_.clear();
    affinity_.clear();
    probability_.clear();
    result_.routed_tokens = 0;
    for (std::size_t b = 0; b < inputs_->hidden.size(); ++b) {
        const at::Tensor x = scored(normed(b, weights_.post_norm), b);
        const Routing routing = route(layer_, weights_.router, x);
        dispatch_.push_back(dispatch(routing, layer_.experts));
        affinity_.push_back(dispatched_affinity(routing, dispatch_[b]));
        result_.routed_tokens += dispatch_[b].token.numel();
        if (weigh_all)
            probability_.push_back(router_probability(weights_.router, x).t().contiguous());
    }
}

void LayerWork::quantize_routers() {
    if (!any_selected({Role::Router, Role::SharedGate}, LinearInfo::none))
        return;
    const InputStatistics inputs = mlp_inputs(Role::Router, LinearInfo::none);
    quantize_group({Role::Router, Role::SharedGate}, LinearInfo::none, known(inputs));
    route_tokens();
}

std::vector<int> LayerWork::experts_to_do() const {
    std::vector<int> experts;
    if (!layer_.moe)
        experts.push_back(LinearInfo::none);
    for (int e = 0; layer_.moe && e < layer_.experts; ++e)
        experts.push_back(e);
    if (layer_.shared_intermediate > 0)
        experts.push_back(LinearInfo::shared);
    return experts;
}

bool LayerWork::has_affinity(int expert, bool all) const {
    return expert >= 0 ? !all || options_.agq : expert == LinearInfo::shared && layer_.shared_gate;
}

Mlp& LayerWork::mlp_of(int expert) {
    return expert >= 0                    ? weights_.experts[std::size_t(expert)]
           : expert == LinearInfo::shared ? weights_.shared
                                          : weights_.dense;
}

void LayerWork::for_rows(int expert, bool all, const RowSink& sink) const {
    for (std::size_t b = 0; b < inputs_->hidden.size(); ++b) {
        check_stop(stop_);
        if (expert < 0 || all) {
            const at::Tensor x = scored(normed(b, weights_.post_norm), b);
            std::optional<at::Tensor> c;
            if (expert >= 0 && !probability_.empty()) // only summed where all tokens are weighed
                c = probability_[b].select(0, expert);
            else if (has_affinity(expert, all) && expert < 0)
                c = shared_affinity(weights_, x).view({-1});
            sink(x, c);
            continue;
        }
        const std::int64_t first = dispatch_[b].offset[std::size_t(expert)];
        const std::int64_t count = dispatch_[b].offset[std::size_t(expert) + 1] - first;
        if (count == 0)
            continue;
        sink(gathered(b, dispatch_[b].token.narrow(0, first, count)), affinity_[b].narrow(0, first, count));
    }
}

/// `row` among the positions that count.
at::Tensor LayerWork::gathered(std::size_t b, at::Tensor row) const {
    const at::Tensor& hidden = inputs_->hidden[b];
    if (inputs_->skip > 0) {
        const std::int64_t scored_length = hidden.size(1) - inputs_->skip;
        const at::Tensor sequence = at::div(row, scored_length, "floor");
        row = row + (sequence + 1) * inputs_->skip;
    }
    const at::Tensor rows = hidden.view({-1, config_.hidden_size}).index_select(0, row.to(hidden.device()));
    return rms_norm(rows.to(weights_.post_norm.options()), weights_.post_norm, config_.rms_norm_eps);
}

void LayerWork::find_starved() {
    starved_.clear();
    if (!layer_.moe || options_.all_tokens || options_.method == Method::Rtn)
        return;
    std::vector<double> sum(std::size_t(layer_.experts), 0), squares = sum;
    for (std::size_t b = 0; b < dispatch_.size(); ++b) {
        const at::Tensor c = affinity_[b].to(at::kCPU, at::kDouble).contiguous();
        const auto* value = c.const_data_ptr<double>();
        for (std::size_t e = 0; e < sum.size(); ++e)
            for (std::int64_t i = dispatch_[b].offset[e]; i < dispatch_[b].offset[e + 1]; ++i) {
                const double w = options_.agq ? std::pow(value[i], options_.agq_exponent) : 1;
                sum[e] += w;
                squares[e] += w * w;
            }
    }
    for (std::size_t e = 0; e < sum.size(); ++e)
        if ((squares[e] > 0 ? sum[e] * sum[e] / squares[e] : 0) < std::max(options_.min_tokens, 1e-9))
            starved_.insert(int(e));
}

InputStatistics LayerWork::mlp_inputs(Role role, int expert) const {
    InputStatistics inputs = statistics(role, expert, false);
    for (std::size_t b = 0; b < inputs_->hidden.size(); ++b)
        inputs.add(scored(normed(b, weights_.post_norm), b), {});
    return inputs;
}

void LayerWork::sum_common() {
    common_.emplace(mlp_inputs(Role::Gate, 0));
    common_->unweighted();
    common_->weighted();
}

/// One task a routed expert, one for the shared or dense MLP; a task does its gate, up and then down. In
/// slices the routed experts go first.
void LayerWork::mlps() {
    find_starved();
    std::vector<int> experts = experts_to_do();
    const bool same_inputs = layer_.moe && options_.all_tokens && !options_.agq;
    if (same_inputs || (options_.starved == Starved::Shrink && !starved_.empty()))
        sum_common();
    if (same_inputs && common_->tokens() > 0)
        common_factor_ = factor_of(known(*common_), linears_[find(Role::Gate, 0)].name);
    if (options_.expert_work != ExpertWork::Threads && layer_.moe && !scaling() && !options_.all_tokens) {
        slices();
        std::erase_if(experts, [](int expert) { return expert >= 0; });
    }
    each_expert(experts.size(), [&](std::size_t i) { mlp(experts[i]); });
    common_.reset();
    common_factor_.reset();
}

/// What gate and up (`role` Gate) or down of this expert are quantized with. `other` holds the statistics of
/// all tokens of the layer where they are needed.
Calibration LayerWork::calibration(int expert, Role role, const InputStatistics& own,
                                   std::optional<InputStatistics>& other) {
    if (expert < 0 || !starved_.contains(expert))
        return known(own);
    Calibration result;
    result.inputs = &own;
    const bool shrinking = options_.starved == Starved::Shrink;
    if (options_.starved != Starved::Rtn && !(shrinking && role == Role::Gate)) {
        other.emplace(statistics(role, expert, !shrinking && options_.agq));
        // A target to shrink towards needs no more tokens than make its own noise small: every n-th will do.
        const std::int64_t enough = 4 * linears_[find(role, expert)].columns;
        const std::int64_t step =
            shrinking ? std::max<std::int64_t>(1, result_.routed_tokens / layer_.top_k / enough) : 1;
        std::int64_t seen = 0; // counted over all batches: how they are cut must not choose the tokens
        for_rows(expert, true, [&](const at::Tensor& x, std::optional<at::Tensor> c) {
            if (shrinking)
                c.reset();
            const std::int64_t first = (step - seen % step) % step;
            seen += x.size(0);
            const at::Tensor some = step > 1 ? x.slice(0, std::min(first, x.size(0)), x.size(0), step) : x;
            other->add(role == Role::Gate ? some : mlp_hidden(mlp_of(expert), some), c);
        });
    }
    const InputStatistics* all = other ? &*other : common_ ? &*common_ : nullptr;
    if (options_.starved == Starved::Rtn || !all || all->tokens() == 0) {
        result.fallback = "rtn";
        return result;
    }
    result.fallback = shrinking ? "shrink" : "route-all";
    if (shrinking) {
        const Shrunk shrunk = shrink(own, all->unweighted(), double(all->tokens()));
        result.hessian = shrunk.hessian;
        result.shrinkage = shrunk.share;
    } else {
        result.hessian = all->hessian();
    }
    result.magnitude = (shrinking && own.tokens() > 0 ? own : *all).mean_magnitude();
    return result;
}

void LayerWork::mlp(int expert) {
    if (!any_selected({Role::Gate, Role::Up, Role::Down}, expert))
        return;
    const bool all = expert >= 0 && options_.all_tokens;
    const bool affinity = has_affinity(expert, all);
    InputStatistics own = statistics(Role::Gate, expert, affinity);
    const bool shared_sums = all && common_factor_, first = any_selected({Role::Gate, Role::Up}, expert);
    if (!shared_sums && (first || scaling()))
        for_rows(expert, all,
                 [&](const at::Tensor& x, const std::optional<at::Tensor>& c) { own.add(x, c); });
    std::optional<InputStatistics> other;
    const Calibration in = shared_sums ? known(*common_) : calibration(expert, Role::Gate, own, other);
    // AWQ takes down's scale out of up, but knows it only from what the quantized gate and up give.
    const std::size_t up = find(Role::Up, expert), down = find(Role::Down, expert);
    const bool through_up = scaling() && selected(linears_[down]) && in.hessian.defined();
    const at::Tensor up_weight = linear_weight(weights_, linears_[up]);
    if (!through_up) {
        quantize_group({Role::Gate, Role::Up}, expert, in,
                       shared_sums ? common_factor_ : std::optional<Factor>());
    } else {
        quantize_group({Role::Gate}, expert, in);
        if (selected(linears_[up]))
            quantize_one(up, in, {}, Clock::now(), {}, /*final=*/false);
    }
    other.reset();
    if (!selected(linears_[down]))
        return;
    const auto down_inputs = [&] {
        InputStatistics sums = statistics(Role::Down, expert, affinity);
        for_rows(expert, all, [&](const at::Tensor& x, const std::optional<at::Tensor>& c) {
            sums.add(mlp_hidden(mlp_of(expert), x), c);
        });
        return sums;
    };
    InputStatistics out = down_inputs();
    if (through_up) {
        const at::Tensor scale =
            scale_down_inputs(expert, calibration(expert, Role::Down, out, other), up_weight);
        if (selected(linears_[up]))
            quantize_one(up, in, {}, Clock::now(), scale);
        if (scale.defined())
            out = down_inputs();
    }
    quantize_group({Role::Down}, expert, calibration(expert, Role::Down, out, other));
}

} // namespace moequant
