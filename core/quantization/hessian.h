// The input statistics that GPTQ needs: H = Σ x·xᵀ and, affinity-guided (MoEQuant Eq. 19), Σ c·x·xᵀ.
#pragma once
#include <ATen/ATen.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

inline constexpr std::int64_t kTileRows = 1024; ///< rows in one product: the order of summation depends on it
inline constexpr std::int64_t kKeptRows = 64;   ///< of a tile, for some_rows()
inline constexpr std::size_t kKeptTiles = 4;

/// sum += xᵀ·diag(c)·x, of which only the upper triangle counts: `sum` [cols, cols], `x` [T, cols], `c` [T]
/// or undefined (1 each), all float32. On the CPU in fixed squares, each on one thread.
void add_outer_products(const at::Tensor& sum, const at::Tensor& x, const at::Tensor& c);

/// All that a Hessian knows, for sums made elsewhere.
struct HessianSums {
    at::Tensor plain, weighted; ///< Σ x·xᵀ and Σ c·x·xᵀ, at least their upper triangles
    at::Tensor rows;            ///< of some_rows()
    std::int64_t tokens = 0;
    bool weights_seen = false; ///< some c was not 1
    double weight_sum = 0, square_sum = 0;
    /// Counts a row of affinity `c`; throws RunError naming `name` when it is negative or not finite.
    void count(double c, const std::string& name);
};

/// Accumulates Σ x·xᵀ and Σ c·x·xᵀ over the rows of `add` in float32, with the counts to judge them by.
///
/// Rows are collected into tiles of fixed height in the order of arrival and every product runs on fixed
/// tiles of columns, each on one thread: how rows are sliced into calls and how many threads there are does
/// not change a bit. The order of rows changes sums by rounding only; who wants it exact passes rows sorted
/// by token id. Not for concurrent use of one object; different objects are independent (also inside
/// at::parallel_for).
class Hessian {
  public:
    /// `name` of the linear whose inputs these are, for messages.
    Hessian(std::string name, std::int64_t cols, at::Device device = at::kCPU);
    /// Of sums that are complete.
    Hessian(std::string name, const HessianSums& sums);

    /// `x` [T, cols], any float dtype, converted to float32 on the device of this object. `weights` [T]: the
    /// affinity c of each row (its exponent already applied); without it c = 1. Throws RunError for a
    /// non-finite input and for a negative or non-finite weight: hiding either would spoil every later layer.
    void add(const at::Tensor& x, const std::optional<at::Tensor>& weights = std::nullopt);

    /// Σ x·xᵀ, float32 [cols, cols], symmetric, undamped: a new tensor each time.
    at::Tensor unweighted() const;
    /// Σ c·x·xᵀ, equal to unweighted() as long as every c was 1.
    at::Tensor weighted() const;
    bool has_weights() const { return counts_.weights_seen; } ///< some c was not 1

    std::int64_t cols() const { return cols_; }
    std::int64_t tokens() const { return counts_.tokens; }            ///< rows added
    double affinity_sum() const { return counts_.weight_sum; }        ///< Σ c
    double affinity_square_sum() const { return counts_.square_sum; } ///< Σ c²
    double effective_tokens() const;                                  ///< (Σ c)² / Σ c², 0 without rows
    /// The first rows of every tile, float32 [≤ 256, cols]: a few inputs to look at single outputs with.
    at::Tensor some_rows() const;

  private:
    void flush();
    at::Tensor finished(const at::Tensor& sum, bool weighted) const;

    std::string name_;
    std::int64_t cols_;
    at::Device device_;
    at::Tensor plain_,
        weighted_; ///< upper block triangles [cols, cols]; weighted_ undefined while every c is 1
    at::Tensor rows_, row_weights_; ///< rows not yet summed [capacity, cols], their c [capacity]
    std::vector<at::Tensor> kept_;  ///< the first rows of finished tiles
    std::int64_t filled_ = 0;
    HessianSums counts_; ///< without its tensors
};

/// What quantizing did to a linear's outputs, Δ = Ŵ − W. A relative error is null without tokens or for
/// outputs that are all zero.
struct OutputError {
    std::optional<double> relative_output_error; ///< tr(ΔHΔᵀ) / tr(WHWᵀ), H = Σ x·xᵀ
    std::optional<double> weighted_output_error; ///< the same with Σ c·x·xᵀ
    double weight_mse = 0;                       ///< mean of Δ²
};

/// `weight`, `quantized` float32 [rows, cols]; `unweighted`, `weighted` [cols, cols] or undefined (both
/// errors then null). Costs rows·cols² multiply-adds for both Hessians together; the same bits for any number
/// of threads.
OutputError output_error(const at::Tensor& weight, const at::Tensor& quantized, const at::Tensor& unweighted,
                         const at::Tensor& weighted);

} // namespace moequant
