// The work on one layer, shared by the files that do its parts: linears one by one (layer_linears.cpp), the
// attention (layer_attention.cpp), router and MLPs (layer_mlp.cpp), slices of experts (layer_slices.cpp),
// AWQ's scales (layer_scales.cpp). Private to this folder.
#pragma once
#include "core/quantization/layer_quantizer.h"
#include "core/quantization/measure_layer.h"

#include <ATen/Parallel.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <set>

namespace moequant {

/// What one group of linears is quantized with.
struct Calibration {
    const InputStatistics* inputs =
        nullptr;          ///< of the tokens that reach it, for the report; null: none known
    at::Tensor hessian;   ///< to quantize with; undefined: round to nearest
    at::Tensor magnitude; ///< AWQ's statistic, where the Hessian is defined
    std::string fallback; ///< as in LinearReport
    std::optional<double> shrinkage;
};

class LayerWork {
  public:
    LayerWork(const ModelConfig& config, int index, LayerWeights& weights, const LinearGrids& grids,
              const QuantizeOptions& options, const ReportSink& report, const std::stop_token& stop);

    QuantizedLayer run(LayerInputs inputs, const Rope& rope);
    QuantizedLayer round();
    void forward(LayerInputs inputs, const Rope& rope);
    LayerCost measure(LayerInputs inputs, const Rope& rope, std::span<const int> bits); // measure_layer.cpp

  private:
    using Clock = std::chrono::steady_clock;
    using RowSink = std::function<void(const at::Tensor& x, const std::optional<at::Tensor>& affinity)>;

    // layer_linears.cpp
    std::size_t find(Role role, int expert) const;
    bool selected(const LinearInfo& linear) const { return grids_.contains(linear.name); }
    bool any_selected(std::initializer_list<Role> roles, int expert) const;
    at::Tensor wide_weight(const LinearInfo& linear) const; ///< float32
    InputStatistics statistics(Role role, int expert, bool has_affinity) const;
    static Calibration known(const InputStatistics& inputs);
    std::optional<Factor> factor_of(const Calibration& calibration, const std::string& name) const;
    /// One factorisation for all of them, which took `spent` where it was made before; `row_scale` of
    /// judge().
    void quantize_group(std::initializer_list<Role> roles, int expert, const Calibration& calibration,
                        std::optional<Factor> factor = {}, const at::Tensor& row_scale = {},
                        Clock::duration spent = {});
    /// `final`: reported and kept; otherwise only its weight is replaced.
    void quantize_one(std::size_t index, const Calibration& calibration, const std::optional<Factor>& factor,
                      Clock::time_point begin, const at::Tensor& row_scale = {}, bool final = true);
    QuantizedLayer finish();

    // layer_attention.cpp
    at::Tensor normed(std::size_t batch, const at::Tensor& norm) const; ///< [B·T, hidden]
    at::Tensor scored(const at::Tensor& x, std::size_t batch) const;    ///< rows that count: without a BOS
    void attention();
    void add_attention(); ///< to the hidden states, with the weights as they are
    void add_mlp();
    at::Tensor attended(std::size_t batch) const;

    // layer_mlp.cpp
    void route_tokens();
    void quantize_routers();
    void mlps();
    void mlp(int expert);
    std::vector<int> experts_to_do() const; ///< routed ones, then the shared or dense MLP
    /// Calls body(i) for every i < count, as many at the same time as the options say.
    template <class Body>
    void each_expert(std::size_t count, const Body& body) const;
    bool has_affinity(int expert, bool all) const;
    Mlp& mlp_of(int expert);
    /// Calls `sink` with the rows that `expert` reads, batch by batch: all of them or those routed to it.
    void for_rows(int expert, bool all, const RowSink& sink) const;
    at::Tensor gathered(std::size_t batch, at::Tensor row) const; ///< what the MLP reads at these rows
    void find_starved();
    /// Statistics of what all readers of the MLP's norm see: every token that counts, weight 1.
    InputStatistics mlp_inputs(Role role, int expert) const;
    void sum_common(); ///< makes common_, ready to be shared between threads
    Calibration calibration(int expert, Role role, const InputStatistics& own,
                            std::optional<InputStatistics>& other);
    ExpertCost measure_expert(int expert, std::span<const int> bits); // measure_layer.cpp
    void write_back(std::size_t batch, const at::Tensor& value);

    // layer_slices.cpp: `experts` are routed ones sorted by how many rows they have, most first
    /// x [k, height, hidden]: of each of the first k experts a tile of rows, zeros behind its counts[i];
    /// affinity [k, height], ones behind them.
    using WaveSink = std::function<void(const at::Tensor& x, const at::Tensor& affinity,
                                        std::span<const std::int64_t> counts)>;
    void slices();
    void slice_group(std::initializer_list<Role> roles, std::span<const int> experts);
    void for_waves(std::span<const int> experts, const WaveSink& sink) const;
    std::vector<InputStatistics> slice_statistics(Role role, std::span<const int> experts);
    std::int64_t routed_rows(int expert) const;

    // layer_scales.cpp: AWQ
    bool scaling() const { return options_.method == Method::Awq; }
    /// Divides `norm` by `scale` as far as its stored dtype can express it, and multiplies the columns of
    /// every consumer by what it was really divided by, which is returned.
    at::Tensor divide_norm(at::Tensor& norm, const std::string& name, const at::Tensor& scale,
                           std::initializer_list<Role> consumers);
    void scale_attention_inputs(InputStatistics& inputs);
    /// Both return what v's or up's rows were divided by; undefined when nothing was worth scaling.
    at::Tensor scale_values(const InputStatistics& outputs);
    at::Tensor scale_down_inputs(int expert, const Calibration& calibration, const at::Tensor& up_weight);
    void scale_mlp_inputs();
    at::Tensor mlp_magnitude() const;
    void multiply_columns(const LinearInfo& linear, const at::Tensor& scale);
    void divide_rows(const LinearInfo& linear, const at::Tensor& scale);
    void keep_float(const LinearInfo& linear); ///< rounds a float linear that was rescaled, and keeps it

    const ModelConfig& config_;
    const LayerConfig& layer_;
    const int index_;
    LayerWeights& weights_;
    const LinearGrids& grids_;
    const QuantizeOptions& options_;
    const ReportSink& report_;
    const std::stop_token& stop_;
    std::vector<LinearInfo> linears_;
    std::map<std::pair<Role, int>, std::size_t> place_;
    const LayerInputs* inputs_ = nullptr; ///< of run()
    const Rope* rope_ = nullptr;
    std::vector<Dispatch> dispatch_;
    std::vector<at::Tensor> affinity_;    ///< of each dispatched row
    std::vector<at::Tensor> probability_; ///< [experts, tokens] of every batch, where all tokens are weighed
    std::set<int> starved_;               ///< routed experts with too few tokens
    std::optional<InputStatistics> common_; ///< gate's and up's inputs of all tokens, weight 1
    std::optional<Factor> common_factor_;   ///< with all tokens and no AGQ
    std::mutex mutex_;
    QuantizedLayer result_;
};

template <class Body>
void LayerWork::each_expert(std::size_t count, const Body& body) const {
    const std::int64_t threads = weights_.input_norm.is_cpu() ? at::get_num_threads() : 1;
    const std::int64_t wanted = options_.experts_at_once > 0 ? options_.experts_at_once : threads;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            check_stop(stop_);
            body(i);
        }
    };
    const std::int64_t workers = std::min({wanted, threads, std::int64_t(count)});
    if (workers <= 1)
        return work();
    at::parallel_for(0, workers, 1, [&](std::int64_t, std::int64_t) {
        try {
            work();
        } catch (...) {
            next = count; // the others stop after what they are at
            throw;
        }
    });
}

} // namespace moequant
