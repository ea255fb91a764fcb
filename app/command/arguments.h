// The command line: words in, a job (or a wish for help) out. Built from the option table.
#pragma once
#include "core/job/job.h"

#include <string>
#include <vector>

namespace moequant {

struct CommandLine {
    enum class Action { Text, PrintJob, Run, Figure, Worker };
    Action action = Action::Text;
    Job job;           ///< not resolved
    bool json = false; ///< the result as one JSON document
    std::string text;  ///< of --help or --version
};

/// `words` without the program's name. Throws RequestError for everything that is wrong. Reads a file only
/// for `run JOB.json`.
CommandLine parse_command_line(const std::vector<std::string>& words);

} // namespace moequant
