#include "widgets/usage_measures.h"

#include <QObject>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace moequant {

QVector<double> shares(const QVector<double>& counts) {
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
    QVector<double> shares;
    for (const double count : counts)
        shares.append(total > 0 ? count / total : 0);
    return shares;
}

CellMap share_map(const UsageSeries& source) {
    CellMap map;
    map.name = source.name;
    map.value_title = QObject::tr("Share of routed tokens (%)");
    for (const auto& layer : source.layers)
        map.experts = std::max(map.experts, int(layer.counts.size()));
    for (const auto& layer : source.layers) {
        map.layers.append(layer.layer);
        const auto part = shares(layer.counts);
        for (int expert = 0; expert < map.experts; ++expert) {
            const bool there = expert < layer.counts.size();
            map.tokens.append(there ? layer.counts[expert] : no_value);
            map.values.append(there ? 100 * part[expert] : no_value);
        }
    }
    return map;
}

QVector<double> lorenz_curve(const QVector<double>& counts) {
    QVector<double> sorted = shares(counts), curve = {0};
    std::sort(sorted.begin(), sorted.end());
    double sum = 0;
    for (const double share : sorted)
        curve.append(sum += share);
    return curve;
}

double gini(const QVector<double>& counts) {
    QVector<double> sorted = counts;
    std::sort(sorted.begin(), sorted.end());
    const double experts = double(sorted.size());
    double weighted = 0, total = 0;
    for (int i = 0; i < sorted.size(); ++i) {
        weighted += (2.0 * (i + 1) - experts - 1) * sorted[i];
        total += sorted[i];
    }
    return total > 0 ? weighted / (experts * total) : 0;
}

double usage_similarity(const QVector<double>& a, const QVector<double>& b) {
    if (a.size() != b.size() || a.isEmpty())
        return no_value;
    const auto p = shares(a), q = shares(b);
    const auto part = [](double x, double mean) { return x > 0 ? x * std::log2(x / mean) : 0; };
    double divergence = 0;
    for (int i = 0; i < p.size(); ++i) {
        const double mean = (p[i] + q[i]) / 2;
        divergence += (part(p[i], mean) + part(q[i], mean)) / 2;
    }
    return std::clamp(1 - divergence, 0.0, 1.0);
}

double usage_similarity(const UsageSeries& a, const UsageSeries& b) {
    double sum = 0;
    int layers = 0;
    for (const auto& layer : a.layers)
        if (const auto* other = b.at(layer.layer)) {
            const double value = usage_similarity(layer.counts, other->counts);
            if (std::isfinite(value)) {
                sum += value;
                ++layers;
            }
        }
    return layers > 0 ? sum / layers : no_value;
}

} // namespace moequant
