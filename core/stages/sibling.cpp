#include "core/stages/sibling.h"

#include "core/job/error.h"
#include "core/job/resources.h"

#include <cerrno>
#include <cstring>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace moequant {

std::filesystem::path workbench_program() {
    const auto program = program_folder() / "moequant-workbench";
    return ::access(program.c_str(), X_OK) == 0 ? program : std::filesystem::path();
}

void run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                 const std::string& what) {
    std::vector<std::string> words = {program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> raw;
    for (std::string& word : words)
        raw.push_back(word.data());
    raw.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, 2, 1); // stdout is for our own result
    pid_t child = 0;
    const int fault = ::posix_spawn(&child, program.c_str(), &actions, nullptr, raw.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (fault != 0)
        throw RunError(what + ": " + program.string() + ": " + std::strerror(fault));
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            throw RunError(what + ": " + std::strerror(errno));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw RunError(what + ": " + program.filename().string() + " failed" +
                       (WIFEXITED(status) ? " with code " + std::to_string(WEXITSTATUS(status))
                                          : " by signal " + std::to_string(WTERMSIG(status))));
}

} // namespace moequant
