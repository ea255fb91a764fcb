// What a designer would complain about, found by geometry: clipped text, controls over each other or outside,
// text too faint to read.
#pragma once
#include <QImage>
#include <QStringList>

class QWidget;

namespace moequant {

/// One line a fault, naming the widget. `page` must be shown. Widgets with the dynamic property `may_elide`
/// may shorten their text (and must have it as a tooltip).
QStringList layout_faults(QWidget* page);

/// Text whose contrast on its background is under 4.5 : 1 (WCAG 2.1, 1.4.3); disabled controls are exempt.
QStringList contrast_faults(QWidget* page);

/// Controls that take the keyboard and have no accessible name.
QStringList unnamed_controls(QWidget* page);

/// Controls of the page that the Tab key does not reach.
QStringList unreached_controls(QWidget* page);

double contrast(const QColor& a, const QColor& b);

/// Share of pixels that differ by more than 24 in a channel; 1 when the sizes differ.
double difference(const QImage& a, const QImage& b);

} // namespace moequant
