// `moequant`: from words to an exit code.
#pragma once
#include <string>
#include <vector>

namespace moequant {

/// `words` without the program's name. Exit codes: 0 done, 1 the run failed, 2 the request was wrong, 130
/// cancelled.
int run_command(const std::vector<std::string>& words);

/// Sets MKL_CBWR, unless it is set, so that matrix products depend on neither threads nor rows. Call it first
/// in main: MKL reads it once.
void choose_matrix_mode();

} // namespace moequant
