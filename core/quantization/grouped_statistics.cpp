#include "core/quantization/grouped_statistics.h"

#include "core/job/error.h"
#include "core/quantization/tiles.h"

#include <algorithm>

namespace moequant {

GroupedStatistics::GroupedStatistics(std::vector<std::string> names, std::int64_t columns,
                                     const QuantizeOptions& options, at::Device device)
    : names_(std::move(names)),
      options_(options),
      powers_(options.agq && options.agq_exponent != 1),
      plain_(at::zeros({std::ssize(names_), columns, columns}, at::TensorOptions(device).dtype(at::kFloat))),
      weighted_(at::zeros_like(plain_)),
      powered_(powers_ ? at::zeros_like(plain_) : at::Tensor()),
      counts_(names_.size()),
      powered_counts_(names_.size()),
      kept_(names_.size()),
      fourth_(names_.size(), 0) {}

/// sums[i] += xᵢᵀ·diag(cᵢ)·xᵢ. Rows of padding are zero and add nothing.
void GroupedStatistics::multiply(const at::Tensor& sums, const at::Tensor& x, const at::Tensor& c,
                                 std::span<const std::int64_t> counts) const {
    if (options_.expert_work == ExpertWork::Batched) {
        const at::Tensor left = c.defined() ? x.mul(c.unsqueeze(2)) : x;
        sums.narrow(0, 0, x.size(0)).baddbmm_(left.transpose(1, 2), x);
        return;
    }
    for (std::int64_t i = 0; i < x.size(0); ++i) {
        const std::int64_t count = counts[std::size_t(i)];
        add_outer_products(sums[i], x[i].narrow(0, 0, count),
                           c.defined() ? c[i].narrow(0, 0, count) : at::Tensor());
    }
}

void GroupedStatistics::add(const at::Tensor& rows, const at::Tensor& affinity,
                            std::span<const std::int64_t> counts) {
    const at::Tensor x = rows.to(at::kFloat);
    TORCH_CHECK(x.dim() == 3 && x.size(0) == std::ssize(counts) && x.size(0) <= std::ssize(names_) &&
                    x.size(1) <= kTileRows && x.size(2) == plain_.size(1) && affinity.size(0) == x.size(0) &&
                    affinity.size(1) == x.size(1),
                "a wave of shape ", x.sizes(), " for ", names_.size(), " experts");
    if (!at::isfinite(x).all().item<bool>())
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (!at::isfinite(x[std::int64_t(i)]).all().item<bool>())
                throw RunError("the inputs of " + names_[i] + " hold NaN or infinite values");
    const auto tally = [&](std::vector<HessianSums>& sums, const at::Tensor& weights) {
        const at::Tensor host = weights.to(at::kCPU, at::kDouble).contiguous();
        for (std::size_t i = 0; i < counts.size(); ++i)
            for (std::int64_t row = 0; row < counts[i]; ++row)
                sums[i].count(host.const_data_ptr<double>()[std::int64_t(i) * host.size(1) + row], names_[i]);
    };
    const at::Tensor power = powers_ ? affinity.pow(options_.agq_exponent) : at::Tensor();
    tally(counts_, affinity);
    multiply(plain_, x, {}, counts);
    multiply(weighted_, x, affinity, counts);
    if (powers_) {
        tally(powered_counts_, power);
        multiply(powered_, x, power, counts);
    }
    if (options_.starved == Starved::Shrink) {
        const SingleThread one; // the order of a sum must not depend on their number
        at::Tensor squares = x.square().sum(2).to(at::kDouble);
        if (options_.agq)
            squares = squares.mul((powers_ ? power : affinity).to(at::kDouble));
        const at::Tensor host = squares.square().cpu();
        for (std::size_t i = 0; i < counts.size(); ++i)
            fourth_[i] = add_in_order(fourth_[i], host[std::int64_t(i)].narrow(0, 0, counts[i]));
    }
    if (waves_++ < kKeptTiles)
        for (std::size_t i = 0; i < counts.size(); ++i)
            kept_[i].push_back(x[std::int64_t(i)].narrow(0, 0, std::min(counts[i], kKeptRows)).clone());
}

std::vector<InputStatistics> GroupedStatistics::finish() {
    std::vector<InputStatistics> all;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const auto e = std::int64_t(i);
        HessianSums sums = counts_[i];
        sums.plain = plain_[e];
        sums.weighted = weighted_[e];
        sums.rows = kept_[i].empty() ? at::empty({0, plain_.size(1)}, plain_.options()) : at::cat(kept_[i]);
        std::optional<Hessian> powered;
        if (powers_) {
            HessianSums of_power = powered_counts_[i];
            of_power.plain = of_power.weighted = powered_[e];
            of_power.rows = sums.rows;
            powered.emplace(names_[i], of_power);
        }
        all.emplace_back(options_, /*has_affinity=*/true, Hessian(names_[i], sums), std::move(powered),
                         fourth_[i]);
    }
    return all;
}

} // namespace moequant
