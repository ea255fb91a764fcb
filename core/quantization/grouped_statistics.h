// The input statistics of many experts at once, from tiles of their rows.
#pragma once
#include "core/quantization/statistics.h"

#include <span>

namespace moequant {

/// The sums of InputStatistics for a slice of routed experts, made wave by wave: a wave holds one tile of
/// rows of each expert that still has any. With ExpertWork::Batched one batched product adds a whole wave
/// (experts are sorted by their number of rows, so those of a wave are the first ones); otherwise every tile
/// is added as InputStatistics does, to the same bits.
class GroupedStatistics {
  public:
    /// `names` of the experts' linears, for messages. Not for AWQ, whose magnitudes are not summed.
    GroupedStatistics(std::vector<std::string> names, std::int64_t columns, const QuantizeOptions& options,
                      at::Device device);

    /// The next wave. `x` [k, height, columns], any float dtype: a tile of each of the first k experts, its
    /// first counts[i] rows (kTileRows in all but an expert's last tile), zeros behind them. `affinity`
    /// float32 [k, height], ones behind them. Throws RunError for what is not finite.
    void add(const at::Tensor& x, const at::Tensor& affinity, std::span<const std::int64_t> counts);

    /// Of every expert, in the order of the names. Call once.
    std::vector<InputStatistics> finish();

  private:
    void multiply(const at::Tensor& sums, const at::Tensor& x, const at::Tensor& c,
                  std::span<const std::int64_t> counts) const;

    std::vector<std::string> names_;
    const QuantizeOptions& options_;
    bool powers_;                           ///< the method weighs by another power than the first
    at::Tensor plain_, weighted_, powered_; ///< [experts, columns, columns]
    std::vector<HessianSums> counts_, powered_counts_;
    std::vector<std::vector<at::Tensor>> kept_;
    std::vector<double> fourth_;
    std::size_t waves_ = 0;
};

} // namespace moequant
