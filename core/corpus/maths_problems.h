// `builtin:maths`: worked word problems made by a seeded generator, in the form of GSM8K records.
#pragma once
#include "core/corpus/source.h"

#include <string>
#include <vector>

namespace moequant {

/// The problems of a part: question, "\n", worked answer with calculator marks ("<<3*4=12>>12"), "\n#### n"
/// where n is a whole number, at least 0. The same texts on every machine. Calibration and HeldOut share no
/// kind of problem, so the second cannot be learnt by heart from the first; All is one after the other.
std::vector<std::string> maths_problems(RecordPart part);

} // namespace moequant
