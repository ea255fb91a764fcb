// What is known of the inputs of a group of linears: the Hessian that a method works with, and the one it is
// reported by.
#pragma once
#include "core/quantization/hessian.h"
#include "core/quantization/quantize_options.h"

namespace moequant {

/// sum += Σ w·|x| over the rows of `x` [T, columns], `weight` [T] float64 or undefined (1 each); `sum`
/// float64 [columns]. On the CPU row after row: how rows are cut into calls changes no bit.
void add_magnitudes(at::Tensor& sum, const at::Tensor& x, const at::Tensor& weight);

/// Sums over the tokens that reach linears which read the same inputs. `w` below is the weight of a token in
/// the method's own statistics: with AGQ its affinity to the chosen power, else 1. Not for concurrent use.
class InputStatistics {
  public:
    /// `name` for messages. `has_affinity`: add() is given affinities, which AGQ weighs by.
    InputStatistics(const std::string& name, std::int64_t columns, const QuantizeOptions& options,
                    bool has_affinity, at::Device device);

    /// Of sums that are complete (grouped_statistics.h): `powered` where the options' power is not 1,
    /// `fourth` as fourth_moment().
    InputStatistics(const QuantizeOptions& options, bool has_affinity, Hessian reported,
                    std::optional<Hessian> powered, double fourth);

    /// `x` [T, columns]; `affinity` [T] or none (1 each). Throws RunError for what is not finite.
    void add(const at::Tensor& x, const std::optional<at::Tensor>& affinity);

    std::int64_t tokens() const { return reported_.tokens(); }
    const Hessian& reported() const { return reported_; } ///< c to the first power
    /// Σ w·x·xᵀ, float32 [columns, columns], undamped; the plain sum when all affinities vanished.
    at::Tensor hessian() const;
    double weight_sum() const;                       ///< Σ w
    double effective_tokens() const;                 ///< (Σ w)² / Σ w²
    double fourth_moment() const { return fourth_; } ///< Σ w²·‖x‖⁴; only summed for Starved::Shrink
    /// Σ w·|x| / Σ w of every column, float32 [columns], AWQ's activation statistic: zeros without tokens.
    /// Undefined unless the method is AWQ.
    at::Tensor mean_magnitude() const;

    /// Says that the linears will read x / scale [columns] from now on; both Hessians follow. Once, after the
    /// last add.
    void divide_inputs(const at::Tensor& scale);
    /// Σ x·xᵀ and Σ c·x·xᵀ: made at the first call after the last add, and shared from then on; never write
    /// to them. hessian() is one of the two where the power of the affinity is 1. Call each once before
    /// sharing this object between threads.
    at::Tensor unweighted() const;
    at::Tensor weighted() const;
    /// Some of the inputs, float32 [≤ 256, columns].
    at::Tensor some_inputs() const;

  private:
    bool by_affinity() const;
    at::Tensor scaled(at::Tensor hessian) const;

    Hessian reported_;
    std::optional<Hessian> powered_; ///< with the chosen power, where that is not 1
    bool weigh_ = false, magnitudes_ = false, fourths_ = false;
    double exponent_ = 1, fourth_ = 0;
    at::Tensor magnitude_;       ///< Σ w·|x|, float64
    at::Tensor plain_magnitude_; ///< Σ |x| beside it, for affinities that all vanish
    at::Tensor scale_;           ///< of divide_inputs
    mutable at::Tensor unweighted_, weighted_;
};

} // namespace moequant
