#include "app/workbench/pages/verdict.h"

#include <QFile>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;

double number(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number() ? object[name].get<double>() : no_value;
}

// The plan of `inspect` is for 128 × 512 tokens; the hidden states grow with them, the rest does not.
constexpr double planned_tokens = 128 * 512;

QString compared(double needed, double available, const QString& about) {
    if (available <= 0)
        return about + bytes_text(needed);
    return QObject::tr("%1 %2%3 of %4")
        .arg(needed <= available ? QStringLiteral("✓") : QStringLiteral("⚠"), about, bytes_text(needed),
             bytes_text(available));
}

/// The most that any layer has of `name`.
double most(const json& inspection, const char* name) {
    double value = 0;
    for (const json& layer : inspection.value("layers", json::array()))
        if (const double here = number(layer, name); std::isfinite(here))
            value = std::max(value, here);
    return value;
}

int starved_experts(const ProfileReport& profile, double tokens) {
    int starved = 0;
    for (const auto& layer : profile.usage.layers)
        for (const double count : layer.counts)
            starved += count * tokens / profile.usage.tokens < 256;
    return starved;
}

} // namespace

QString bytes_text(double bytes) {
    return QLocale(QLocale::English).formattedDataSize(qint64(bytes), 1, QLocale::DataSizeTraditionalFormat);
}

double free_memory() {
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith("MemAvailable:"))
            return line.mid(13).trimmed().split(' ').first().toDouble() * 1024;
    return 0;
}

QVector<QPair<QString, QString>> quantize_verdict(const VerdictInput& input) {
    QVector<QPair<QString, QString>> facts;
    if (!input.inspection.is_object())
        return facts;
    const json& options = input.job.options;
    const bool calibrated = options.value("method", "") != "rtn";
    const json plan = input.inspection.value("memory_plan", json::object());
    double peak = number(plan, "peak_bytes");
    if (const double hidden = number(plan, "hidden_bytes"); std::isfinite(hidden))
        peak += hidden * ((calibrated ? input.tokens : 0) / planned_tokens - 1);
    if (std::isfinite(peak))
        facts.append({QObject::tr("Memory (of free)"), compared(peak, input.free_memory, QString())});

    const double bits = options.value("bits", 4), group = options.value("group_size", 128);
    const double per_weight =
        bits + (group > 0 ? (16 + (options.value("asym", false) ? bits : 0)) / group : 0);
    const double parameters = number(input.inspection, "parameters"),
                 bytes = number(input.inspection, "bytes");
    if (parameters > 0 &&
        bytes > 0) // embeddings, norms and routers stay as they are: an upper estimate of the saving
        facts.append(
            {QObject::tr("Disk (of free)"), compared(std::min(bytes, parameters * per_weight / 8 * 1.15),
                                                     input.free_disk, QStringLiteral("≈ "))});
    facts.append({QObject::tr("Bits a weight"), QString::number(per_weight, 'f', 3)});
    if (!calibrated)
        return facts;

    const QLocale locale(QLocale::English);
    facts.append({QObject::tr("Calibration tokens"), locale.toString(qint64(input.tokens))});
    if (const double experts = most(input.inspection, "experts"); experts > 0) {
        const double each = input.tokens * most(input.inspection, "top_k") / experts;
        facts.append(
            {QObject::tr("Tokens an expert"),
             (each >= 256 ? QStringLiteral("✓ ") : QStringLiteral("⚠ ")) + locale.toString(qint64(each))});
    }
    if (input.profile && input.profile->usage.tokens > 0) {
        const int starved = starved_experts(*input.profile, input.tokens);
        facts.append({QObject::tr("Experts below 256"),
                      starved > 0 ? QObject::tr("⚠ %1").arg(starved) : QObject::tr("✓ none")});
    } else {
        facts.append({QObject::tr("Experts below 256"), QObject::tr("not profiled")});
    }
    return facts;
}

} // namespace moequant
