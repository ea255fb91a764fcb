#include "app/workbench/error_map.h"

#include <cmath>

namespace moequant {

ErrorMap::ErrorMap(const QVector<int>& layers, int experts, const QString& name) {
    map_.name = name;
    map_.layers = layers;
    map_.experts = experts;
    map_.value_title = QObject::tr("Relative output error");
    const qsizetype cells = layers.size() * experts;
    map_.values.fill(no_value, cells);
    map_.tokens.fill(no_value, cells);
    sums_.fill(0, cells);
    counts_.fill(0, cells);
}

int ErrorMap::cell(int layer, int expert) const {
    const auto row = map_.layers.indexOf(layer);
    return row < 0 || expert < 0 || expert >= map_.experts ? -1 : map_.index(int(row), expert);
}

bool ErrorMap::add(const LinearRow& row) {
    const int i = cell(row.layer, row.expert);
    if (i < 0)
        return false;
    if (std::isnan(map_.tokens[i]))
        map_.tokens[i] = row.tokens;
    if (std::isfinite(row.relative_error)) {
        sums_[i] += row.relative_error;
        map_.values[i] = sums_[i] / ++counts_[i];
    }
    return true;
}

double ErrorMap::value(int layer, int expert) const {
    const int i = cell(layer, expert);
    return i < 0 ? no_value : map_.values[i];
}

double ErrorMap::tokens(int layer, int expert) const {
    const int i = cell(layer, expert);
    return i < 0 ? no_value : map_.tokens[i];
}

} // namespace moequant
