// The two finite-difference schemes for an entry of the Hessian. docs/hessian-lab.md derives their errors to
// fourth order.
#pragma once
#include "core/hessian_lab/problem.h"

#include <array>
#include <string>

namespace moequant {

/// forward: (L(w+εe_i+εe_j) − L(w+εe_i) − L(w+εe_j) + L(w)) / ε². symmetric: (L(w+εe_i+εe_j) − L(w+εe_i−εe_j)
/// − L(w−εe_i+εe_j) + L(w−εe_i−εe_j)) / 4ε² (Abramowitz & Stegun 25.3.26).
enum class Scheme { Forward, Symmetric };
inline constexpr Scheme kSchemes[] = {Scheme::Forward, Scheme::Symmetric};
const char* scheme_name(Scheme scheme);

/// One evaluation of the loss: at w + a·ε·e_i + b·ε·e_j.
struct Evaluation {
    double a, b, coefficient;
};
std::array<Evaluation, 4> evaluations(Scheme scheme);
/// What the weighted sum of the evaluations is divided by, besides ε²: 1 or 4.
double divisor(Scheme scheme);

/// Order of the leading truncation error in ε: 1 or 2.
int truncation_order(Scheme scheme);
/// Its coefficient for each sample: (L_aab + L_abb)/2 of the forward scheme, (L_aaab + L_abbb)/6 of the
/// symmetric one.
at::Tensor truncation_coefficient(Scheme scheme, const Derivatives& derivatives);

/// Leading variance of an estimate whose four means are over n samples each, drawn independently: 4σ²/(nε⁴)
/// and σ²/(4nε⁴), σ² the variance of the samples' losses at w.
double independent_variance(Scheme scheme, double loss_variance, double epsilon, double n);

/// Bound of the float64 rounding error of an estimate from losses of this mean magnitude: each mean is off by
/// at most half a unit in its last place, at the least.
double rounding_error(Scheme scheme, double loss, double epsilon);

} // namespace moequant
