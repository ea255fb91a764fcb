#include "widgets/colors.h"

#include <QFileInfo>
#include <QObject>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

struct KnownSource {
    const char* spec;
    const char* title;
    QRgb color;
};

constexpr KnownSource known_sources[] = {
    {"wikitext2", "WikiText-2", 0xff0072b2},
    {"ebss", "EBSS", 0xffd55e00},
    {"gsm8k", "GSM8K", 0xff009e73},
    {"humaneval", "HumanEval", 0xffcc79a7},
    {"c4", "C4", 0xffe69f00},
    {"builtin:prose", "Built-in prose", 0xff56b4e9},
    {"builtin:maths", "Built-in maths", 0xff999933},
    {"builtin:code", "Built-in code", 0xffaa4499},
};
constexpr QRgb other_sources[] = {0xff332288, 0xff44aa99, 0xff661100, 0xff882255, 0xff6699cc, 0xff888888};

const KnownSource* known(const QString& spec) {
    const QString base = spec.section('?', 0, 0);
    for (const auto& source : known_sources)
        if (base == QLatin1String(source.spec))
            return &source;
    return nullptr;
}

// qHash differs between Qt versions and seeds; a source's colour must not.
unsigned stable_hash(const QString& text) {
    unsigned hash = 2166136261u;
    const QByteArray bytes = text.toUtf8();
    for (const char c : bytes)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash;
}

} // namespace

QString source_title(const QString& spec) {
    if (const auto* source = known(spec))
        return QString::fromLatin1(source->title);
    const QString base = spec.section('?', 0, 0);
    if (base.startsWith("balanced:"))
        return QObject::tr("Balanced %1").arg(source_title(base.mid(9)));
    const int colon = base.indexOf(':');
    return colon < 0 ? base : QFileInfo(base.mid(colon + 1).section('#', 0, 0)).fileName();
}

QColor source_color(const QString& spec) {
    if (const auto* source = known(spec))
        return QColor::fromRgb(source->color);
    return QColor::fromRgb(other_sources[stable_hash(spec) % std::size(other_sources)]);
}

QVector<QColor> source_colors(const QStringList& specs) {
    QVector<QColor> colors;
    for (const QString& spec : specs) {
        QColor color = source_color(spec);
        unsigned next = stable_hash(spec);
        for (std::size_t tries = 0; colors.contains(color) && tries < std::size(other_sources); ++tries)
            color = QColor::fromRgb(other_sources[++next % std::size(other_sources)]);
        colors.append(color);
    }
    return colors;
}

const QVector<QColor>& viridis_stops() {
    static const QVector<QColor> stops = {
        QColor(0x440154), QColor(0x481467), QColor(0x482576), QColor(0x453781), QColor(0x404688),
        QColor(0x39558c), QColor(0x33638d), QColor(0x2d718e), QColor(0x287d8e), QColor(0x238a8d),
        QColor(0x1f968b), QColor(0x20a386), QColor(0x29af7f), QColor(0x3cbc75), QColor(0x56c667),
        QColor(0x74d055), QColor(0x94d840), QColor(0xb8de29), QColor(0xdce318), QColor(0xfde725)};
    return stops;
}

namespace {

QColor between(const QVector<QColor>& stops, double t) {
    const double x = std::clamp(std::isfinite(t) ? t : 0.0, 0.0, 1.0) * double(stops.size() - 1);
    const int low = std::min(int(x), int(stops.size()) - 2);
    const double part = x - low;
    const auto mix = [part](int a, int b) { return int(std::lround(a + (b - a) * part)); };
    const QColor &a = stops[low], &b = stops[low + 1];
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

} // namespace

QColor viridis(double t) {
    return between(viridis_stops(), t);
}

const QVector<QColor>& diverging_stops() {
    static const QVector<QColor> stops = {QColor(0x0a3a66), QColor(0x0072b2), QColor(0x8cc1e0),
                                          QColor(0xf7f7f7), QColor(0xf5b98c), QColor(0xd55e00),
                                          QColor(0x7a3300)};
    return stops;
}

QColor diverging(double t) {
    return between(diverging_stops(), t);
}

QColor diverging_low() {
    return diverging_stops()[1];
}

QColor diverging_high() {
    return diverging_stops()[5];
}

QColor run_color(int index) {
    static const QColor colors[] = {QColor(0x0072b2), QColor(0xd55e00), QColor(0x009e73), QColor(0xcc79a7),
                                    QColor(0xe69f00), QColor(0x56b4e9), QColor(0x999933), QColor(0x882255)};
    return colors[std::size_t(std::max(0, index)) % std::size(colors)];
}

QColor readable_on(const QColor& background) {
    const double luma = 0.299 * background.redF() + 0.587 * background.greenF() + 0.114 * background.blueF();
    return luma > 0.5 ? Qt::black : Qt::white;
}

} // namespace moequant
