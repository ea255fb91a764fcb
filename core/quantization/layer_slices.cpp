// Routed experts slice by slice, as a device wants them: sums and factors of many at once.
#include "core/quantization/grouped_statistics.h"
#include "core/quantization/layer_work.h"

#include <algorithm>

namespace moequant {
namespace {

at::Tensor index_tensor(const std::vector<std::int64_t>& values, at::Device device) {
    return at::tensor(values, at::kLong).to(device);
}

} // namespace

std::int64_t LayerWork::routed_rows(int expert) const {
    std::int64_t rows = 0;
    for (const Dispatch& batch : dispatch_)
        rows += batch.offset[std::size_t(expert) + 1] - batch.offset[std::size_t(expert)];
    return rows;
}

void LayerWork::for_waves(std::span<const int> experts, const WaveSink& sink) const {
    std::vector<std::vector<std::int64_t>> before; // of an expert's rows come before each batch
    for (const int expert : experts) {
        std::vector<std::int64_t> rows = {0};
        for (const Dispatch& batch : dispatch_)
            rows.push_back(rows.back() + batch.offset[std::size_t(expert) + 1] -
                           batch.offset[std::size_t(expert)]);
        before.push_back(std::move(rows));
    }
    const at::TensorOptions options = weights_.post_norm.options();
    for (std::int64_t begin = 0;; begin += kTileRows) {
        check_stop(stop_);
        std::vector<std::int64_t> counts; // those with rows left are the first ones
        for (const auto& rows : before)
            if (rows.back() > begin)
                counts.push_back(std::min(kTileRows, rows.back() - begin));
        if (counts.empty())
            return;
        const std::int64_t height = counts[0];
        const at::Tensor x = at::zeros({std::ssize(counts), height, config_.hidden_size}, options);
        const at::Tensor affinity =
            at::ones({std::ssize(counts), height}, at::TensorOptions(options).dtype(at::kFloat));
        for (std::size_t b = 0; b < dispatch_.size(); ++b) {
            const Dispatch& batch = dispatch_[b];
            std::vector<std::int64_t> from, to; // entries of the dispatch, rows of the wave
            for (std::size_t i = 0; i < counts.size(); ++i) {
                const std::int64_t entry = batch.offset[std::size_t(experts[i])];
                const std::int64_t last = std::min(begin + counts[i], before[i][b + 1]);
                for (std::int64_t row = std::max(begin, before[i][b]); row < last; ++row) {
                    from.push_back(entry + row - before[i][b]);
                    to.push_back(std::int64_t(i) * height + row - begin);
                }
            }
            if (from.empty())
                continue;
            const at::Tensor entries = index_tensor(from, batch.token.device());
            const at::Tensor slots = index_tensor(to, x.device());
            x.view({-1, config_.hidden_size})
                .index_copy_(0, slots, gathered(b, batch.token.index_select(0, entries)));
            affinity.view({-1}).index_copy_(0, slots, affinity_[b].index_select(0, entries));
        }
        sink(x, affinity, counts);
    }
}

std::vector<InputStatistics> LayerWork::slice_statistics(Role role, std::span<const int> experts) {
    std::vector<std::string> names;
    for (const int expert : experts)
        names.push_back(linears_[find(role, expert)].name);
    const std::int64_t columns = linears_[find(role, experts[0])].columns;
    GroupedStatistics sums(names, columns, options_, weights_.input_norm.device());
    for_waves(experts,
              [&](const at::Tensor& x, const at::Tensor& affinity, std::span<const std::int64_t> counts) {
                  if (role != Role::Down)
                      return sums.add(x, affinity, counts);
                  const at::Tensor inner = at::zeros({x.size(0), x.size(1), columns}, x.options());
                  for (std::size_t i = 0; i < counts.size(); ++i) {
                      const auto e = std::int64_t(i);
                      inner[e]
                          .narrow(0, 0, counts[i])
                          .copy_(mlp_hidden(mlp_of(experts[i]), x[e].narrow(0, 0, counts[i])));
                  }
                  sums.add(inner, affinity, counts);
              });
    return sums.finish();
}

void LayerWork::slice_group(std::initializer_list<Role> roles, std::span<const int> experts) {
    const Role first = *roles.begin();
    std::vector<int> chosen;
    std::copy_if(experts.begin(), experts.end(), std::back_inserter(chosen),
                 [&](int expert) { return any_selected(roles, expert); });
    if (chosen.empty())
        return;
    const std::vector<InputStatistics> own = slice_statistics(first, chosen);
    std::vector<Calibration> in;
    std::vector<at::Tensor> hessians;
    std::vector<std::string> names;
    const auto factored = [&](const Calibration& calibration) {
        return options_.method == Method::Gptq && calibration.hessian.defined();
    };
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        check_stop(stop_);
        std::optional<InputStatistics> other;
        in.push_back(calibration(chosen[i], first, own[i], other));
        if (factored(in[i])) {
            hessians.push_back(in[i].hessian);
            names.push_back(linears_[find(first, chosen[i])].name);
        }
    }
    const auto begin = Clock::now();
    std::vector<Factor> factors =
        factorize_all(hessians, options_.gptq, names, options_.expert_work == ExpertWork::Batched);
    const auto share = (Clock::now() - begin) / std::max<std::int64_t>(1, std::ssize(factors));
    hessians.clear();
    auto next = factors.begin();
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        check_stop(stop_);
        if (factored(in[i]))
            quantize_group(roles, chosen[i], in[i], std::move(*next++), {}, share);
        else
            quantize_group(roles, chosen[i], in[i]);
        in[i] = {};
    }
}

void LayerWork::slices() {
    std::vector<int> experts;
    for (int e = 0; e < layer_.experts; ++e)
        experts.push_back(e);
    std::stable_sort(experts.begin(), experts.end(),
                     [&](int a, int b) { return routed_rows(a) > routed_rows(b); });
    const std::size_t most =
        options_.experts_at_once > 0 ? std::size_t(options_.experts_at_once) : experts.size();
    for (std::size_t first = 0; first < experts.size(); first += most) {
        const auto slice = std::span(experts).subspan(first, std::min(most, experts.size() - first));
        slice_group({Role::Gate, Role::Up}, slice);
        slice_group({Role::Down}, slice); // from what the quantized gate and up give
    }
}

} // namespace moequant
