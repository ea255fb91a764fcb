// From a SPEC of a job to the tokens of a set; the only place where a SPEC may need the model (ebss,
// balanced).
#pragma once
#include "core/calibration/ebss.h"
#include "core/corpus/corpus.h"
#include "core/stages/loaded_model.h"
#include "core/stages/stage.h"

namespace moequant {

/// How the corpora of a job are looked up; `tokenizer` may be null before the model is open.
CorpusContext corpus_context(const Job& job, const ModelConfig& config, const Tokenizer* tokenizer,
                             CorpusUse use);

/// The tokens of `spec`. `ebss` samples now, with the job's search options; `balanced:` measures a pool of
/// windows and chooses.
TokenSet load_tokens(const std::string& spec, const Job& job, const LoadedModel& model, CorpusUse use,
                     const EventSink& emit, const std::stop_token& stop);

/// The search options of a job (kinds sample, profile, quantize), but for what the model decides: BOS, EOS,
/// masked ids.
EbssOptions read_ebss_options(const Job& job);
EbssOptions ebss_options(const Job& job, const LoadedModel& model);

/// The model's decoder of ids; empty texts without a tokenizer. `model` must outlive it.
TextOf text_of_ids(const LoadedModel& model);

/// Adds the hashes of the SPEC's files to job.inputs and refuses a SPEC that cannot be read.
void prepare_corpus(Job& job, const std::string& spec, const ModelConfig& config, CorpusUse use);

} // namespace moequant
