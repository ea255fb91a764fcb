// What a quantization will need and meet, before it runs: a line each.
#pragma once
#include "app/workbench/run_report.h"
#include "core/job/job.h"
#include "widgets/verdict_card.h"

#include <QString>
#include <QVector>

namespace moequant {

/// How fast the last run of this machine was.
struct MeasuredRate {
    double weights = 0; ///< a second; 0: nothing was measured yet
    double tokens = 0;  ///< that it calibrated with
};

struct VerdictInput {
    const nlohmann::json& inspection;       ///< the result of `inspect`
    const Job& job;                         ///< a quantize job
    double tokens = 0;                      ///< of calibration
    const ProfileReport* profile = nullptr; ///< of the same source, if there is one
    double free_memory = 0, free_disk = 0;  ///< bytes; 0: unknown
    MeasuredRate rate;                      ///< of the same method
};

QVector<VerdictLine> quantize_verdict(const VerdictInput& input);
/// All of them in one: "The check before the run: ready, with one warning".
QString verdict_title(const QVector<VerdictLine>& lines);

/// Tokens below which a routed expert is starved: --min-tokens, or twice the hidden width.
double starved_below(const Job& job, const nlohmann::json& inspection);

/// Bytes of memory that programs may still take on this machine; 0 where it cannot be told.
double free_memory();

QString bytes_text(double bytes);

} // namespace moequant
