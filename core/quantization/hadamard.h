// Orthogonal matrices that spread a vector's outliers over all its entries: randomised Hadamard matrices.
#pragma once
#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

namespace moequant {

/// A matrix of entries ±1 with orthogonal rows, float64 [order, order]; undefined where this construction has
/// none: 1, 2, Paley's first (order − 1 a prime of 4k + 3) and second (order / 2 − 1 a prime of 4k + 1).
/// Reference: R. E. A. C. Paley, On orthogonal matrices, J. Math. Phys. 12 (1933).
at::Tensor paley_hadamard(std::int64_t order);

/// Q = D (H₂ ⊗ … ⊗ H₂ ⊗ B) with random signs D on the diagonal, so that x·Q costs n log n for small B. B is
/// the smallest Paley matrix whose order is a power of two times the odd part of n, over √order; where there
/// is none, a random orthogonal matrix of the odd part's order. The same seed gives the same matrix for any
/// number of threads.
class RandomRotation {
  public:
    /// Throws RequestError for n < 1.
    RandomRotation(std::int64_t n, std::uint64_t seed);

    std::int64_t size() const { return n_; }
    /// Whether every entry is ±1/√n.
    bool is_hadamard() const { return hadamard_; }

    /// (x ∘ scale) Q for `x` [rows, n] of any float dtype on the CPU and `scale` [n] (undefined: ones),
    /// computed in float64. float64 for float64, else float32.
    at::Tensor rows(const at::Tensor& x, const at::Tensor& scale = {}) const;
    /// Qᵀ x for `x` [n, columns]; dtypes as above.
    at::Tensor columns(const at::Tensor& x) const;

  private:
    void apply(double* tile, double* scratch) const;

    std::int64_t n_, order_; ///< of Q and of B
    bool hadamard_ = true;
    std::vector<double> base_;  ///< B, row by row
    std::vector<double> signs_; ///< D, with the √ of the power of two divided out
};

} // namespace moequant
