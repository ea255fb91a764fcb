// What is kept of a finished run: its named numbers, and of a quantization every expert's error. The rows
// themselves are read again when a run is opened.
#pragma once
#include "core/job/result_facts.h"
#include "widgets/plots/series.h"

#include <QByteArray>
#include <QVector>

#include <memory>
#include <vector>

namespace moequant {

/// The mean relative output error of every expert and its tokens, in half the room of a CellMap.
struct ExpertMap {
    QVector<int> layers;
    int experts = 0;
    QVector<float> errors; ///< [layers, experts], NaN where none was measured
    QVector<float> tokens; ///< [layers, experts], NaN where the run says nothing
    float error(int layer, int expert) const;
    CellMap cells(const QString& name) const;
};

struct RunDigest {
    std::vector<Fact> facts;
    std::vector<std::vector<Fact>> cells;    ///< of a sweep
    std::shared_ptr<const ExpertMap> errors; ///< of a quantization
    qint64 fallbacks = 0;                    ///< linears that were not quantized as asked
};

/// Reads a result.json. `linears` are taken in row by row and thrown away, so that a model of 24,000 experts
/// needs no more memory than the document's text. Throws RequestError naming `where`: no JSON object.
RunDigest digest_result(const Job& job, const QByteArray& document, const std::string& where);

/// The job in a job.json, without the hashes of what it read. Throws RequestError.
Job digest_job(const QByteArray& document, const std::string& where);

/// How a run that left no result ended, from the end of its events.jsonl: the text of the `failed` event it
/// ended with, empty where it was interrupted or cancelled.
QString failure_in(const QByteArray& events);

} // namespace moequant
