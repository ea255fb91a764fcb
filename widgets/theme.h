// Light and dark palettes on the Fusion style; Qt 6.4 cannot tell the desktop's colour scheme itself.
#pragma once
#include <QPalette>

class QApplication;

namespace moequant {

enum class Theme { System, Light, Dark };

/// True when the palette is a dark one.
bool is_dark(const QPalette& palette);

/// What the desktop asks for: the settings portal's `color-scheme` over D-Bus (waits at most 200 ms), else
/// the lightness of the platform's palette.
bool desktop_prefers_dark(const QPalette& platform);

QPalette light_palette();
QPalette dark_palette();

/// Sets Fusion and the palette on the application. The first call remembers the platform's own palette.
void apply_theme(QApplication& application, Theme theme);

/// The secondary text colour of a palette: captions, empty states.
QColor muted_text(const QPalette& palette);

} // namespace moequant
