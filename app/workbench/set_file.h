// set.jsonl of a `sample` run (docs/ebss.md, "What comes out"), and sets that were sorted out by hand.
#pragma once
#include "widgets/tables/sequence_model.h"

namespace moequant {

/// `bytes` of the file called `name`. Throws RequestError naming file and line: no JSON object, no list of
/// ids, no numbers.
QVector<SetSequence> read_set(const QByteArray& bytes, const QString& name);

/// The same lines again; `tokens:FILE` reads them as a corpus.
QByteArray set_lines(const QVector<SetSequence>& sequences);

/// Writes them under a name that is still free in `folder` ("ebss-tau1.2-w4.jsonl", then "…-2"), by rename.
/// Returns the path. Throws RequestError naming the file and the fault.
QString save_set(const QString& folder, const QString& stem, const QVector<SetSequence>& sequences);

} // namespace moequant
