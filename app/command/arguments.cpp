#include "app/command/arguments.h"

#include "core/job/error.h"
#include "core/job/json_text.h"
#include "core/job/option_table.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <sstream>

namespace fs = std::filesystem;

namespace moequant {
namespace {

/// One subcommand and the options that CLI11 made for it.
struct Subcommand {
    const Kind* kind = nullptr; ///< null: run
    CLI::App* app = nullptr;
    CLI::Option *model = nullptr, *corpus = nullptr, *output = nullptr, *run = nullptr;
    std::vector<std::pair<const Option*, CLI::Option*>> options;
    CLI::Option *json = nullptr, *print_job = nullptr;
};

const char* type_word(const Option& option) {
    switch (option.type) {
    case OptionType::Int:
        return "N";
    case OptionType::Float:
        return "X";
    case OptionType::Path:
        return "PATH";
    case OptionType::Spec:
        return "SPEC";
    case OptionType::Size:
        return "SIZE";
    default:
        return "TEXT";
    }
}

std::string described(const Option& option) {
    std::string text = option.help;
    if (option.type == OptionType::Choice) {
        std::string choices;
        for (const std::string& one : option.choices)
            choices += (choices.empty() ? "" : "|") + one;
        text += " {" + choices + "}";
    }
    if (option.type != OptionType::Bool && !option.default_value.is_null() && !option.list)
        text += " [" + value_to_text(option, option.default_value) + "]";
    if (option.list && option.default_value.is_array() && !option.default_value.empty())
        text += " " + option.default_value.dump();
    if (!option.built)
        text += " (not built yet)";
    for (const std::string& later : option.later)
        text += " (" + later + " is not built yet)";
    return text;
}

CLI::Option* option_of(CLI::App& app, const std::string& name, const std::string& description) {
    return app.add_option(name, description);
}

CLI::Option* flag_of(CLI::App& app, const std::string& name, const std::string& description) {
    return app.add_flag(name, description);
}

CLI::Option* repeated(CLI::Option* option) {
    return option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args(false);
}

CLI::Option* add_option(CLI::App& app, const Option& option) {
    const std::string name = option.positional ? option.name : "--" + option.name;
    // --no-NAME takes back what a preset switches on.
    CLI::Option* added = option.type == OptionType::Bool
                             ? flag_of(app, name + ",!--no-" + option.name, described(option))
                             : option_of(app, name, described(option));
    added->group(option.group);
    if (option.type == OptionType::Bool)
        return added;
    added->type_name(option.positional ? "" : type_word(option));
    if (option.positional && option.list)
        added->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args(true);
    else if (option.list && option.type != OptionType::Int && option.type != OptionType::Float)
        repeated(added);
    return added;
}

void add_places(Subcommand& command) {
    CLI::App& app = *command.app;
    command.run =
        option_of(app, "--run", "run folder; the same command with the same folder goes on where it stopped")
            ->type_name("DIR")
            ->group("Common");
    command.json = flag_of(app, "--json", "print the result as one JSON document")->group("Common");
    command.print_job =
        flag_of(app, "--print-job", "print the job as JSON instead of running it")->group("Common");
}

Subcommand add_kind(CLI::App& app, const Kind& kind) {
    Subcommand command;
    command.kind = &kind;
    command.app = app.add_subcommand(kind.name, kind.help);
    if (kind.model)
        command.model =
            option_of(*command.app, "model",
                      kind.name == "export" ? "run folder or checkpoint"
                                            : "checkpoint folder, or sample for the built-in model")
                ->type_name("");
    if (kind.max_corpora > 0)
        command.corpus = repeated(option_of(*command.app, "--corpus",
                                            "corpus SPEC, such as wikitext2, builtin:prose, text:FILE, "
                                            "tokens:SET.jsonl, each with ?samples=…&length=…"))
                             ->type_name("SPEC")
                             ->group("Corpus");
    if (kind.output != Output::None) {
        const bool file = kind.output == Output::OptionalFile || kind.output == Output::RequiredFile;
        const bool needed = kind.output == Output::RequiredFile || kind.output == Output::RequiredFolder;
        command.output = option_of(*command.app, "-o,--output",
                                   std::string(file ? "file" : "folder") + " to write" +
                                       (needed ? "" : " (default: in the run folder)"))
                             ->type_name(file ? "FILE" : "DIR")
                             ->group("Output");
    }
    for (const Option& option : kind.options)
        command.options.emplace_back(&option, add_option(*command.app, option));
    add_places(command);
    std::string examples = "Examples:";
    for (const std::string& example : kind.examples)
        examples += "\n  " + example;
    command.app->footer(examples);
    return command;
}

Subcommand add_run(CLI::App& app) {
    Subcommand command;
    command.app = app.add_subcommand("run", "Run a job file or a pipeline, or go on with a run folder");
    command.model = option_of(*command.app, "job", "JOB.json, a run folder, or the job itself as JSON text")
                        ->type_name("");
    for (const Option& option : find_kind("pipeline").options)
        if (option.execution)
            command.options.emplace_back(&option, add_option(*command.app, option));
    add_places(command);
    command.app->footer(
        "Examples:\n  moequant run job.json\n  moequant run ~/.local/share/moequant/runs/20260101-120000-"
        "quantize-sample-1a2b");
    return command;
}

void take_options(Job& job, const Subcommand& command) {
    for (const auto& [option, given] : command.options) {
        if (given->count() == 0)
            continue;
        auto& value = job.options[option->key()];
        if (option->type == OptionType::Bool) {
            value = given->as<bool>();
        } else if (!option->list) {
            value = value_from_text(*option, given->results().back());
        } else {
            value = nlohmann::json::array();
            for (const std::string& word : given->results())
                for (auto& element : list_from_text(*option, word))
                    value.push_back(std::move(element));
        }
    }
    if (command.output && command.output->count() > 0)
        job.output = command.output->results().back();
    if (command.run->count() > 0)
        job.run = command.run->results().back();
}

Job job_to_run(const Subcommand& command) {
    if (command.model->count() == 0)
        throw RequestError("run needs a job: JOB.json, a run folder, or JSON text");
    const std::string word = command.model->results().back();
    Job job;
    if (word.starts_with("{")) {
        const auto document = parse_json_text(word);
        if (document.is_discarded())
            throw RequestError("the job is no JSON document");
        job = parse_job(document);
    } else {
        std::error_code error;
        const fs::path path = fs::absolute(word);
        const bool folder = fs::is_directory(path, error);
        job = read_job_file(folder ? path / "job.json" : path);
        if (folder) {
            job.run = path.string();
            job.options.erase("explain"); // it was asked for once
        } else
            resolve_paths(job, path.parent_path());
    }
    const Kind& kind = find_kind(job.kind);
    Job changes;
    take_options(changes, command);
    for (const auto& [key, value] : changes.options.items())
        if (kind.find(key))
            job.options[key] = value;
    if (changes.run)
        job.run = changes.run;
    return job;
}

Job job_of(const Subcommand& command) {
    if (!command.kind)
        return job_to_run(command);
    Job job;
    job.kind = command.kind->name;
    if (command.model && command.model->count() > 0)
        job.model = command.model->results().back();
    if (command.corpus && command.corpus->count() > 0)
        job.corpus = command.corpus->results();
    take_options(job, command);
    if (job.model.empty() && job.run && has_option(job, "explain")) { // of a run that is there
        Job stored = read_job_file(fs::absolute(*job.run) / "job.json");
        stored.options.update(job.options);
        stored.run = job.run;
        job = std::move(stored);
    }
    return parse_job(to_json(job)); // one place decides what a job may be
}

} // namespace

CommandLine parse_command_line(const std::vector<std::string>& words) {
    CLI::App app("MoEQuant: quantize Mixture-of-Experts language models", "moequant");
    app.set_version_flag("--version", std::string("moequant ") + MOEQUANT_VERSION);
    app.require_subcommand(1);
    app.footer("MODEL is a checkpoint folder, or `sample` for the built-in one.\n"
               "Exit codes: 0 done, 1 the run failed, 2 the request was wrong, 130 cancelled.\n"
               "Examples:\n  moequant demo\n  moequant inspect sample\n  moequant quantize --help");
    std::vector<Subcommand> commands;
    for (const Kind& kind : all_kinds())
        if (kind.name != "pipeline")
            commands.push_back(add_kind(app, kind));
    commands.push_back(add_run(app));
    CLI::App* worker = app.add_subcommand("worker", "Serve requests as JSON lines on stdin and stdout");
    worker->footer("Examples:\n  ssh HOST moequant worker");

    if (!words.empty() && !words.front().starts_with("-")) {
        bool known = false;
        for (const CLI::App* command : app.get_subcommands([](CLI::App*) { return true; }))
            known = known || command->get_name() == words.front();
        if (!known)
            throw RequestError("unknown subcommand '" + words.front() + "' (see moequant --help)");
    }
    CommandLine line;
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::Success& wish) { // --help, --version
        std::stringstream out, error;
        app.exit(wish, out, error);
        line.text = out.str();
        return line;
    } catch (const CLI::ParseError& error) {
        throw RequestError(error.what());
    }
    if (worker->parsed()) {
        line.action = CommandLine::Action::Worker;
        return line;
    }
    for (const Subcommand& command : commands)
        if (command.app->parsed()) {
            line.job = job_of(command);
            line.json = command.json->count() > 0;
            line.action =
                command.print_job->count() > 0 ? CommandLine::Action::PrintJob : CommandLine::Action::Run;
        }
    if (line.job.kind == "figure" && line.action == CommandLine::Action::Run)
        line.action = CommandLine::Action::Figure;
    return line;
}

} // namespace moequant
