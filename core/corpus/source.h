// Where the text of a SPEC lies: which files, how a record is read from them, and which records belong to the
// use.
#pragma once
#include "core/corpus/corpus.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

/// How files turn into records.
enum class RecordForm {
    Whole,     ///< one record: the file
    WikiLines, ///< one record: the lines as Hugging Face's rows, joined by two newlines
    JsonLines, ///< a record a line
    Pieces,    ///< our built-in texts: pieces parted by a line of three asterisks
    Maths,     ///< no file: the generator of word problems
};

/// Which records belong to the use.
enum class RecordPart {
    All,
    FirstHalf,   ///< records 0 … n/2-1
    SecondHalf,  ///< the rest
    Head,        ///< HumanEval: the first 62
    Tail,        ///< HumanEval: from the 63rd on
    Calibration, ///< built-in texts: all but every third record
    HeldOut,     ///< every third
};

struct CorpusSource {
    RecordForm form = RecordForm::Whole;
    RecordPart part = RecordPart::All;
    std::vector<std::filesystem::path> files; ///< read in this order
    /// JsonLines: alternatives, the first whose fields a record has; their strings joined by `glue` are the
    /// record.
    std::vector<std::vector<std::string>> fields;
    std::string glue;
};

/// For every kind but `tokens`, `ebss` and `balanced`. Throws RequestError: not there, with where it was
/// looked for.
CorpusSource find_source(const CorpusSpec& spec, const CorpusContext& context);

/// `name` as the folder names of the data folder have it ("wikitext-2"), empty for kinds without one.
std::string corpus_folder(const std::string& kind);

} // namespace moequant
