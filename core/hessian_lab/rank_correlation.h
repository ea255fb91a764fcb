// Spearman's rank correlation.
#pragma once
#include <optional>
#include <span>

namespace moequant {

/// Pearson's correlation of the ranks, equal values sharing their mean rank. None with fewer than three
/// pairs, or where one side does not vary.
std::optional<double> spearman(std::span<const double> a, std::span<const double> b);

} // namespace moequant
