// The plain structs that the plots draw. Counts are tokens (token, slot) pairs; layers count from 0 over all
// layers.
#pragma once
#include <QColor>
#include <QString>
#include <QStringList>
#include <QVector>

#include <limits>

namespace moequant {

inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

struct LayerUsage {
    int layer = 0;
    QVector<double> counts; ///< [experts] (token, slot) pairs that the router sent to each expert
};

/// How one calibration source uses the experts.
struct UsageSeries {
    QString name;
    QColor color;
    double tokens = 0;
    int top_k = 0;
    QVector<LayerUsage> layers;
    /// Null when this source has no such layer.
    const LayerUsage* at(int layer) const {
        for (const auto& usage : layers)
            if (usage.layer == layer)
                return &usage;
        return nullptr;
    }
};

/// A value for each MoE layer.
struct LineSeries {
    QString name;
    QColor color;
    QVector<double> layers, values;
};

/// A value for each (layer, expert), row-major. NaN: not known (yet); where `tokens` says 0 the cell counts
/// as "no token" instead, whatever its value.
struct CellMap {
    QString name; ///< of the source or run
    QVector<int> layers;
    int experts = 0;
    QVector<double> values; ///< [layers, experts]
    QVector<double> tokens; ///< [layers, experts], NaN where unknown; may be empty
    QString value_title;    ///< of the colour bar, with the unit
    int index(int row, int expert) const { return row * experts + expert; }
    bool without_token(int row, int expert) const {
        return !tokens.isEmpty() && tokens[index(row, expert)] == 0;
    }
};

/// Rows as text, what "Copy data" gives. Numbers are written in full with a decimal point.
struct TextTable {
    QStringList columns;
    QVector<QStringList> rows;
};

} // namespace moequant
