// Records of text, read one by one from a source.
#pragma once
#include "core/corpus/source.h"

#include <functional>
#include <string>

namespace moequant {

/// Calls `record` with the text of every record of the source's part, in order, until it gives false. Blank
/// lines of JSON Lines are passed over. RequestError with file and line: malformed JSON, field missing or no
/// string.
void read_records(const CorpusSource& source, const std::function<bool(std::string text)>& record);

} // namespace moequant
