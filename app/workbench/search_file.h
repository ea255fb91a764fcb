// RUN/search.safetensors, a recorded EBSS search (docs/protocol.md, "Recorded search"), as the views draw it.
#pragma once
#include "widgets/search.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace moequant {

struct RecordedRun {
    QVector<BeamSearch> searches; ///< one a recorded sequence; the candidates' texts are empty
    nlohmann::json options;       ///< of the job, resolved
};

/// `bytes` of the file called `name`. Throws RequestError, one line naming the file: tensors missing or of
/// another type or shape, extents out of range, a parent that was not kept, numbers that are not finite,
/// options without τ.
RecordedRun read_searches(const QByteArray& bytes, const QString& name);

/// What τ of a job's options is; infinity for "inf". NaN: there is none.
double tau_of(const nlohmann::json& options);

/// Ids that a search's candidates hold, each once.
QVector<int> tokens_of(const QVector<BeamSearch>& searches);

/// Fills the candidates' texts: the tail of what each wrote, `opening` (the sequence's first id) in front.
void write_texts(BeamSearch& search, const QString& opening, const std::function<QString(int)>& text_of);

} // namespace moequant
