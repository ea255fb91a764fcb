// Measures of how sources use experts: Lorenz curve, Gini, similarity. Definitions: docs/balance.md.
#pragma once
#include "widgets/plots/series.h"

namespace moequant {

/// Counts over their sum; all 0 when the sum is.
QVector<double> shares(const QVector<double>& counts);

/// A row a layer: share of the routed tokens in percent, no value where a layer has fewer experts.
CellMap share_map(const UsageSeries& source);

/// Cumulated shares of the experts, least used first, [experts + 1], from 0 to 1.
QVector<double> lorenz_curve(const QVector<double>& counts);

/// 0: all alike; (E − 1)/E: one has all. 0 without counts.
double gini(const QVector<double>& counts);

/// 1 − Jensen–Shannon divergence in bits of both layers' shares (Lin 1991): 1: the same use, 0: no expert in
/// common. NaN where the numbers of experts differ.
double usage_similarity(const QVector<double>& a, const QVector<double>& b);
/// The mean over the layers that both sources have; NaN when there is none.
double usage_similarity(const UsageSeries& a, const UsageSeries& b);

} // namespace moequant
