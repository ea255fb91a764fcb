// One entry of a plot's key.
#pragma once
#include <QColor>
#include <QString>

namespace moequant {

struct KeyEntry {
    enum class Mark { Bar, Dashes, Dots, Line, Hatch, Point };
    QString text;
    QColor color; ///< invalid: the text colour of the style
    Mark mark = Mark::Bar;
    int marker = -1; ///< of a Line: a QCPScatterStyle::ScatterShape
    bool operator==(const KeyEntry&) const = default;
};

} // namespace moequant
