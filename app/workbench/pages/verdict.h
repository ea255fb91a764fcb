// What a quantization will need and meet, before it runs: each line with its value, ✓ or ⚠.
#pragma once
#include "app/workbench/run_report.h"
#include "core/job/job.h"

#include <QPair>
#include <QString>
#include <QVector>

namespace moequant {

struct VerdictInput {
    const nlohmann::json& inspection;       ///< the result of `inspect`
    const Job& job;                         ///< a quantize job
    double tokens = 0;                      ///< of calibration
    const ProfileReport* profile = nullptr; ///< of the same source, if there is one
    double free_memory = 0, free_disk = 0;  ///< bytes; 0: unknown
};

QVector<QPair<QString, QString>> quantize_verdict(const VerdictInput& input);

/// Bytes of memory that programs may still take on this machine; 0 where it cannot be told.
double free_memory();

QString bytes_text(double bytes);

} // namespace moequant
