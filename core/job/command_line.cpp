#include "core/job/job.h"
#include "core/job/option_table.h"
#include "core/job/presets.h"

namespace moequant {
namespace {

void add_option(std::vector<std::string>& words, const std::string& name, const std::string& value) {
    if (value.starts_with("-")) {
        words.push_back("--" + name + "=" + value);
    } else {
        words.push_back("--" + name);
        words.push_back(value);
    }
}

std::string positional_word(const std::string& word) {
    return word.starts_with("-") ? "./" + word : word;
}

} // namespace

std::string shell_quote(const std::string& word) {
    const auto safe = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               (c != '\0' && std::string("_-./:,=+@%").find(c) != std::string::npos);
    };
    bool plain = !word.empty();
    for (char c : word)
        plain = plain && safe(c);
    if (plain)
        return word;
    std::string quoted = "'";
    for (char c : word)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::vector<std::string> to_arguments(const Job& job) {
    if (job.kind == "pipeline")
        return {"run", to_json(job).dump()};
    const Kind& kind = find_kind(job.kind);
    nlohmann::json defaults = nlohmann::json::object();
    for (const Option& option : kind.options)
        defaults[option.key()] = option.default_value;
    if (job.options.contains("preset"))
        defaults.update(preset_values(kind, job.options["preset"].get<std::string>()));

    std::vector<std::string> words = {job.kind};
    if (!job.model.empty())
        words.push_back(positional_word(job.model));
    for (const Option& option : kind.options)
        if (option.positional && job.options.contains(option.key())) {
            const auto& value = job.options[option.key()];
            if (option.list)
                for (const auto& element : value)
                    words.push_back(positional_word(value_to_text(option, element)));
            else
                words.push_back(positional_word(value_to_text(option, value)));
        }
    for (const std::string& spec : job.corpus)
        add_option(words, "corpus", spec);
    for (const Option& option : kind.options) {
        const auto value = job.options.find(option.key());
        if (option.positional || value == job.options.end() || *value == defaults[option.key()])
            continue;
        if (option.type == OptionType::Bool) {
            words.push_back((value->get<bool>() ? "--" : "--no-") + option.name);
        } else if (!option.list) {
            add_option(words, option.name, value_to_text(option, *value));
        } else if (option.type == OptionType::Int || option.type == OptionType::Float) {
            std::string joined;
            for (const auto& element : *value)
                joined += (joined.empty() ? "" : ",") + value_to_text(option, element);
            add_option(words, option.name, joined);
        } else {
            for (const auto& element : *value)
                add_option(words, option.name, value_to_text(option, element));
        }
    }
    if (job.output)
        add_option(words, "output", *job.output);
    if (job.run)
        add_option(words, "run", *job.run);
    return words;
}

std::string to_command_line(const Job& job) {
    std::string line = "moequant";
    for (const std::string& word : to_arguments(job))
        line += " " + shell_quote(word);
    return line;
}

} // namespace moequant
