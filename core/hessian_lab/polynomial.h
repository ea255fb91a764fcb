// A loss whose derivatives are known: what the lab's orders are checked on.
#pragma once
#include "core/hessian_lab/problem.h"

namespace moequant {

inline constexpr std::int64_t kPolynomialWeights = 16; ///< entries are drawn among as many

/// Each sample's loss is a polynomial of degree 6 in the two steps, Σ c_pq·a^p·b^q / (p!·q!) (in a + b where
/// i = j); c_pq is a mean drawn once for the entry plus a uniform deviation drawn for the sample, so that
/// losses and derivatives of every order differ from sample to sample. c_00, the loss at w, is the same
/// whatever the entry.
Problem polynomial_problem(std::int64_t samples, std::uint64_t seed);

} // namespace moequant
