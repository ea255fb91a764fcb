// The data colours: one colour a source wherever it is drawn, and the maps for magnitudes.
#pragma once
#include <QColor>
#include <QString>
#include <QStringList>
#include <QVector>

namespace moequant {

/// A SPEC as people write it in text: "wikitext2?samples=64" gives "WikiText-2", a file its name.
QString source_title(const QString& spec);

/// The fixed colour of a source (Okabe–Ito for the well-known ones, Tol's muted set for the built-in ones);
/// sources that are not known take one from their name's hash.
QColor source_color(const QString& spec);

/// Colours of sources that are shown together: `source_color`, moved on where two would be alike.
QVector<QColor> source_colors(const QStringList& specs);

/// Viridis at t in [0, 1] (its published stops, linear in between); t outside is clamped.
QColor viridis(double t);
/// The stops themselves, evenly spaced from 0 to 1.
const QVector<QColor>& viridis_stops();

/// Blue below 0.5, white at it, orange above (t in [0, 1], clamped): signed differences centred on 0.
QColor diverging(double t);
const QVector<QColor>& diverging_stops();
/// The colours of "smaller" and "larger" in pictures of differences.
QColor diverging_low();
QColor diverging_high();

/// Colours of runs that are compared, in order (Okabe–Ito); they begin again after the last.
QColor run_color(int index);

/// Black or white, whichever reads better on `background`.
QColor readable_on(const QColor& background);

} // namespace moequant
