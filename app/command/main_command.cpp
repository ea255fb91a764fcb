#include "app/command/main_command.h"

#include "app/command/arguments.h"
#include "app/command/execute.h"
#include "app/command/print_result.h"
#include "app/command/progress_bar.h"
#include "app/command/signals.h"
#include "app/command/worker.h"
#include "core/job/error.h"
#include "core/job/inputs.h"
#include "core/job/option_table.h"
#include "core/job/resources.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/wait.h>
#include <unistd.h>

namespace moequant {
namespace {

/// Logs go to stderr: stdout belongs to the result.
void log_to_stderr() {
    auto logger = spdlog::stderr_color_mt("moequant");
    logger->set_pattern("%^%l%$: %v");
    spdlog::set_default_logger(std::move(logger));
}

bool print(const std::string& text) {
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

/// While it lives file descriptor 1 is stderr, so that no library prints into the result.
class StdoutAside {
  public:
    StdoutAside() : saved_(::fcntl(1, F_DUPFD_CLOEXEC, 3)) { ::dup2(2, 1); }
    ~StdoutAside() {
        std::fflush(stdout);
        if (saved_ >= 0) {
            ::dup2(saved_, 1);
            ::close(saved_);
        } else {
            ::close(1); // it was closed when the program began
        }
    }
    StdoutAside(const StdoutAside&) = delete;
    StdoutAside& operator=(const StdoutAside&) = delete;

  private:
    int saved_;
};

/// The workbench's arguments for a figure: its own options alone.
std::vector<std::string> figure_arguments(const Job& job) {
    Job figure = job;
    figure.run.reset();
    for (const Option& option : find_kind(job.kind).options)
        if (option.group == "Common")
            figure.options.erase(option.key());
    std::vector<std::string> words = to_arguments(figure);
    words.front() = "--figure";
    words.push_back("--kind=" + text_option(job, "kind")); // also where it is the default
    return words;
}

/// Hands over to the workbench beside this program, which draws figures.
int draw_figure(const Job& job, bool json) {
    const std::string program = (program_folder() / "moequant-workbench").string();
    std::vector<std::string> words = figure_arguments(job);
    words.insert(words.begin(), program);
    std::vector<char*> raw;
    raw.reserve(words.size() + 1);
    for (std::string& word : words)
        raw.push_back(word.data());
    raw.push_back(nullptr);
    const pid_t child = json ? ::fork() : 0;
    if (child == 0) {
        if (json) // stdout is for the document
            ::dup2(2, 1);
        ::execv(program.c_str(), raw.data());
        spdlog::error("{}: {} (figures need the workbench program beside this one)", program,
                      std::strerror(errno));
        ::_exit(1);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) < 0)
        return 1;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    return print(nlohmann::json{{"path", *job.output}}.dump(2) + "\n") ? 0 : 1;
}

int run_job_line(const CommandLine& line) {
    if (line.json && has_option(line.job, "explain"))
        throw RequestError("option explain: prints a table, which does not go with --json");
    const auto stop = std::make_shared<StopRequest>();
    watch_interrupts([stop] { stop->now(); });
    Session session;
    ProgressBar bar;
    RequestLog log(1, {});
    Watch watch;
    watch.show = [&](const Event& event) { bar.show(event); };
    watch.accepted = [](const std::string& folder) {
        if (!folder.empty())
            spdlog::info("run folder {}", folder);
    };
    const Outcome outcome = [&] {
        const StdoutAside aside;
        return execute(line.job, session, log, *stop, watch);
    }();
    bar.clear();
    if (outcome.exit_code != 0) {
        spdlog::error("{}", outcome.error);
        if (!outcome.run.empty() && outcome.exit_code != 2)
            spdlog::info("to go on: moequant run {}", shell_quote(outcome.run));
        return outcome.exit_code;
    }
    if (outcome.stored)
        spdlog::info("the run was finished before: this is its stored result (--fresh starts over)");
    std::string text =
        line.json ? outcome.result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"
                  : result_text(outcome.job, outcome.result);
    if (const std::string table = explain_job(outcome.job); !table.empty())
        text += "\n" + table;
    if (!print(text)) {
        spdlog::error("stdout: {}", std::strerror(errno));
        return 1;
    }
    return 0;
}

} // namespace

void choose_matrix_mode() {
    ::setenv("MKL_CBWR", strict_matrix_mode(), 0);
}

int run_command(const std::vector<std::string>& words) {
    log_to_stderr();
    try {
        CommandLine line = parse_command_line(words);
        switch (line.action) {
        case CommandLine::Action::Text:
            return print(line.text) ? 0 : 1;
        case CommandLine::Action::PrintJob:
            resolve_job(line.job);
            return print(to_json(line.job).dump(2) + "\n") ? 0 : 1;
        case CommandLine::Action::Worker:
            return run_worker();
        case CommandLine::Action::Figure:
            resolve_job(line.job);
            return draw_figure(line.job, line.json);
        case CommandLine::Action::Run:
            return run_job_line(line);
        }
    } catch (const RequestError& error) {
        spdlog::error("{}", error.what());
        return 2;
    } catch (const std::exception& error) {
        spdlog::error("{}", error.what());
        return 1;
    }
    return 1;
}

} // namespace moequant
