#include "app/workbench/pages/verdict.h"

#include "app/workbench/frame/run_strip.h"
#include "app/workbench/what_loads.h"

#include <QFile>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;
using Tone = VerdictLine::Tone;

double number(const json& object, const char* name) {
    return object.contains(name) && object[name].is_number() ? object[name].get<double>() : no_value;
}

// The plan of `inspect` is for 128 × 512 tokens; the hidden states grow with them, the rest does not.
constexpr double planned_tokens = 128 * 512;

VerdictLine compared(const QString& subject, double needed, double available) {
    if (available <= 0)
        return {Tone::Neutral, subject, QObject::tr("needs about %1").arg(bytes_text(needed))};
    if (needed <= available)
        return {Tone::Good, subject,
                QObject::tr("about %1 of %2 free").arg(bytes_text(needed), bytes_text(available))};
    return {Tone::Bad, subject,
            QObject::tr("about %1, but only %2 are free").arg(bytes_text(needed), bytes_text(available))};
}

/// The most that any layer has of `name`.
double most(const json& inspection, const char* name) {
    double value = 0;
    for (const json& layer : inspection.value("layers", json::array()))
        if (const double here = number(layer, name); std::isfinite(here))
            value = std::max(value, here);
    return value;
}

VerdictLine memory_line(const VerdictInput& input, bool calibrated) {
    const json plan = input.inspection.value("memory_plan", json::object());
    double peak = number(plan, "peak_bytes");
    if (const double hidden = number(plan, "hidden_bytes"); std::isfinite(hidden))
        peak += hidden * ((calibrated ? input.tokens : 0) / planned_tokens - 1);
    return compared(QObject::tr("Memory"), peak, input.free_memory);
}

double bits_a_weight(const json& options) {
    double bits = options.value("bits", 4.0);
    if (options.contains("average_bits") && options["average_bits"].is_number())
        bits = options["average_bits"].get<double>();
    const double group = options.value("group_size", 128.0);
    return bits + (group > 0 ? (16 + (options.value("asym", false) ? bits : 0)) / group : 0);
}

/// Weights of the linears that are quantized: all but routers and gates.
double quantized_weights(const json& inspection) {
    double sum = 0;
    for (const json& layer : inspection.value("layers", json::array()))
        for (const json& linear : layer.value("linears", json::array())) {
            const std::string name = linear.value("name", "");
            if (name.ends_with(".gate") || name.ends_with("_gate"))
                continue;
            const bool routed = linear.contains("expert") && linear["expert"].is_number();
            sum +=
                number(linear, "rows") * number(linear, "columns") * (routed ? number(layer, "experts") : 1);
        }
    return sum;
}

// Float: as large as it is. Else embeddings, norms and routers stay as they are.
double disk_bytes(const VerdictInput& input) {
    const double parameters = number(input.inspection, "parameters"),
                 bytes = number(input.inspection, "bytes");
    if (input.job.options.value("format", "") == "float")
        return bytes;
    const double packed = quantized_weights(input.inspection);
    if (!(packed > 0) || !(parameters > 0)) // an older worker names no linears
        return std::min(bytes, parameters * bits_a_weight(input.job.options) / 8 * 1.15);
    return (parameters - packed) * bytes / parameters + packed * bits_a_weight(input.job.options) / 8;
}

VerdictLine time_line(const VerdictInput& input) {
    const double weights = number(input.inspection, "parameters");
    if (!(input.rate.weights > 0) || !(weights > 0))
        return {Tone::Neutral, QObject::tr("Time"), QObject::tr("unknown until the first layer is done")};
    double passes = 1;
    if (input.job.options.contains("average_bits") && input.job.options["average_bits"].is_number())
        passes += double(input.job.options.value("bit_choices", json::array()).size());
    const QLocale locale(QLocale::English);
    QString text = QObject::tr("about %1: %2 weights at %3 a second, as the last such run here")
                       .arg(duration_text(weights * passes / input.rate.weights),
                            locale.toString(weights / 1e6, 'f', 1) + QStringLiteral(" M"),
                            locale.toString(input.rate.weights / 1e3, 'f', 0) + QStringLiteral(" k"));
    if (input.rate.tokens > 0)
        text += QObject::tr(" with %L1 tokens").arg(qint64(input.rate.tokens));
    return {Tone::Neutral, QObject::tr("Time"), text};
}

QVector<VerdictLine> token_lines(const VerdictInput& input) {
    const double threshold = starved_below(input.job, input.inspection);
    const double experts = most(input.inspection, "experts");
    if (!(experts > 0))
        return {};
    const double each = input.tokens * most(input.inspection, "top_k") / experts;
    QVector<VerdictLine> lines{{each >= threshold ? Tone::Good : Tone::Warning, QObject::tr("Tokens"),
                                QObject::tr("%L1 of calibration, %L2 an expert on average")
                                    .arg(qint64(input.tokens))
                                    .arg(qint64(each))}};
    if (!input.profile || !(input.profile->usage.tokens > 0)) {
        lines.append({Tone::Neutral, QObject::tr("Starved experts"),
                      QObject::tr("unknown: profile this source on the Calibration page")});
        return lines;
    }
    int starved = 0, all = 0;
    for (const auto& layer : input.profile->usage.layers)
        for (const double count : layer.counts) {
            starved += count * input.tokens / input.profile->usage.tokens < threshold;
            ++all;
        }
    const QString remedy = QString::fromStdString(input.job.options.value("starved", "shrink"));
    lines.append(starved == 0 ? VerdictLine{Tone::Good, QObject::tr("Starved experts"),
                                            QObject::tr("none below %L1 tokens").arg(qint64(threshold))}
                              : VerdictLine{Tone::Warning, QObject::tr("Starved experts"),
                                            QObject::tr("%L1 of %L2 below %L3 tokens; they get: %4")
                                                .arg(starved)
                                                .arg(all)
                                                .arg(qint64(threshold))
                                                .arg(remedy)});
    return lines;
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

double starved_below(const Job& job, const json& inspection) {
    if (const double asked = number(job.options, "min_tokens"); std::isfinite(asked))
        return asked;
    const double hidden = inspection.is_object() ? number(inspection, "hidden_size") : no_value;
    return std::isfinite(hidden) ? 2 * hidden : 256;
}

QString verdict_title(const QVector<VerdictLine>& lines) {
    const auto count = [&](Tone tone) {
        return std::count_if(lines.begin(), lines.end(),
                             [tone](const VerdictLine& line) { return line.tone == tone; });
    };
    if (lines.isEmpty())
        return QObject::tr("The check before the run");
    if (count(Tone::Bad) > 0)
        return QObject::tr("The check before the run: this will not work");
    const auto warnings = count(Tone::Warning);
    return warnings == 0   ? QObject::tr("The check before the run: ready")
           : warnings == 1 ? QObject::tr("The check before the run: ready, with one warning")
                           : QObject::tr("The check before the run: ready, with %1 warnings").arg(warnings);
}

QVector<VerdictLine> quantize_verdict(const VerdictInput& input) {
    if (!input.inspection.is_object())
        return {};
    const json& options = input.job.options;
    const bool calibrated = options.value("method", "") != "rtn";
    QVector<VerdictLine> lines;
    if (const VerdictLine memory = memory_line(input, calibrated);
        std::isfinite(number(input.inspection.value("memory_plan", json::object()), "peak_bytes")))
        lines.append(memory);
    if (const double disk = disk_bytes(input); disk > 0)
        lines.append(compared(QObject::tr("Disk"), disk, input.free_disk));
    lines.append(time_line(input));
    lines.append(load_lines(checkpoint_shape(input.job, input.inspection)));
    if (calibrated)
        lines.append(token_lines(input));
    lines.append({Tone::Neutral, QObject::tr("Bits a weight"),
                  QObject::tr("%1, scales included").arg(bits_a_weight(options), 0, 'f', 3)});
    return lines;
}

} // namespace moequant
