// The rail's line icons, drawn in the palette's text colour.
#pragma once
#include <QColor>
#include <QIcon>

namespace moequant {

/// `name`: model, calibration, ebss, quantize, errors, compare, export, lab, learn, log, app.
QIcon line_icon(const char* name, const QColor& color);

} // namespace moequant
