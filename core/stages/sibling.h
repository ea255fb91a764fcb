// The program beside ours that draws figures.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace moequant {

/// moequant-workbench in the folder of the running program; empty when it is not there.
std::filesystem::path workbench_program();

/// Runs `program` with the arguments, its stdout sent to stderr, and waits. Throws RunError naming `what`
/// when it cannot be started or fails.
void run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                 const std::string& what);

} // namespace moequant
