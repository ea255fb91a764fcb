// `tokens:` files: a set written by `sample`, or any JSON Lines of ids or text.
#pragma once
#include "core/corpus/corpus.h"

namespace moequant {

/// One sequence a record, in the file's order: its `ids` (checked against the vocabulary), or else its `text`
/// tokenized. A record longer than the length is cut, a shorter one kept. Every record, unless the SPEC
/// states a number: then the first ones. RequestError with file and line for what does not fit.
TokenSet load_token_records(const CorpusSpec& spec, const CorpusContext& context);

} // namespace moequant
