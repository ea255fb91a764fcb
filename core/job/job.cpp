#include "core/job/job.h"

#include "core/job/error.h"
#include "core/job/json_text.h"
#include "core/job/option_table.h"
#include "core/job/presets.h"

#include <fstream>
#include <functional>
#include <sstream>

namespace moequant {
namespace {

const std::string& text_of(const nlohmann::json& value, const std::string& key) {
    if (!value.is_string())
        throw RequestError(key + ": expected text");
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty() || text.find('\0') != std::string::npos)
        throw RequestError(key + ": is empty or contains a zero byte");
    return text;
}

Job parse(const nlohmann::json& document, bool stage) {
    if (!document.is_object())
        throw RequestError("a job must be a JSON object");
    Job job;
    if (!document.contains("kind"))
        throw RequestError("kind: missing");
    job.kind = text_of(document["kind"], "kind");
    const Kind& kind = find_kind(job.kind);
    if (stage && job.kind == "pipeline")
        throw RequestError("stages: a pipeline cannot hold a pipeline");
    for (const auto& [key, value] : document.items()) {
        if (key == "kind") {
        } else if (key == "schema") {
            if (value != 1)
                throw RequestError("schema: this program knows jobs of schema 1 only");
        } else if (key == "model") {
            if (!value.is_null())
                job.model = text_of(value, "model");
        } else if (key == "options") {
            if (!value.is_object())
                throw RequestError("options: expected an object");
            for (const auto& [name, setting] : value.items()) {
                const Option* option = kind.find(name);
                if (!option)
                    throw RequestError("options." + name + ": unknown option of " + job.kind);
                job.options[name] = checked_value(*option, setting);
            }
        } else if (key == "corpus") {
            if (!value.is_array())
                throw RequestError("corpus: expected a list of SPECs");
            for (const auto& spec : value)
                job.corpus.push_back(text_of(spec, "corpus"));
        } else if (key == "output" || key == "run") {
            if (!value.is_null())
                (key == "run" ? job.run : job.output) = text_of(value, key);
        } else if (key == "stages") {
            if (!value.is_array())
                throw RequestError("stages: expected a list of jobs");
            if (!value.empty() && job.kind != "pipeline")
                throw RequestError("stages: only a pipeline has stages");
            for (const auto& one : value)
                job.stages.push_back(parse(one, true));
        } else {
            throw RequestError(key + ": unknown key of a job");
        }
    }
    return job;
}

using PathChange = std::function<std::string(const std::string&)>;

/// Applies `change` to the file that a SPEC names, if it names one.
std::string with_spec_path(const std::string& spec, const PathChange& change) {
    const auto colon = spec.find(':');
    if (colon == std::string::npos)
        return spec;
    const std::string kind = spec.substr(0, colon);
    if (kind == "balanced")
        return "balanced:" + with_spec_path(spec.substr(colon + 1), change);
    if (kind != "text" && kind != "jsonl" && kind != "tokens")
        return spec;
    auto end = spec.find('?', colon);
    if (kind == "jsonl") {
        const auto field = spec.substr(0, end).rfind('#');
        if (field != std::string::npos && field > colon)
            end = field;
    }
    const std::string tail = end == std::string::npos ? "" : spec.substr(end);
    const std::string path = spec.substr(colon + 1, end == std::string::npos ? end : end - colon - 1);
    return kind + ":" + (path.empty() ? path : change(path)) + tail;
}

nlohmann::json identity(const Job& job, bool with_inputs) {
    const Kind& kind = find_kind(job.kind);
    nlohmann::json options = nlohmann::json::object();
    const auto aside = [](const std::string& path) {
        return path.starts_with("@") ? path : std::string("*");
    };
    for (const auto& [key, value] : job.options.items()) {
        const Option* option = kind.find(key);
        if (!option || option->execution)
            continue;
        if (option->type == OptionType::Path)
            options[key] = option->list ? nlohmann::json(value.size()) : nlohmann::json(!value.is_null());
        else if (option->type == OptionType::Spec) {
            options[key] = nlohmann::json::array();
            for (const auto& spec : value)
                options[key].push_back(with_spec_path(spec.get<std::string>(), aside));
        } else
            options[key] = value;
    }
    nlohmann::json corpus = nlohmann::json::array(), stages = nlohmann::json::array();
    for (const std::string& spec : job.corpus)
        corpus.push_back(with_spec_path(spec, aside));
    for (const Job& stage : job.stages)
        stages.push_back(identity(stage, false));
    nlohmann::json result = {
        {"kind", job.kind}, {"options", options}, {"corpus", corpus}, {"stages", stages}};
    if (with_inputs)
        result["inputs"] = job.inputs;
    else
        result["model"] = aside(job.model);
    return result;
}

} // namespace

Job parse_job(const nlohmann::json& document) {
    return parse(document, false);
}

Job read_job_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file))
        throw RequestError(file.string(), "cannot be read");
    std::stringstream text;
    text << in.rdbuf();
    nlohmann::json document = parse_json_text(text.str());
    if (document.is_discarded())
        throw RequestError(file.string(), "is no JSON document");
    if (document.is_object() && document.contains("environment") && document.contains("inputs")) {
        document.erase("environment");
        document.erase("inputs");
    }
    try {
        return parse_job(document);
    } catch (const RequestError& error) {
        throw RequestError(file.string(), error.what());
    }
}

nlohmann::json to_json(const Job& job) {
    const auto text_or_null = [](const std::optional<std::string>& text) {
        return text ? nlohmann::json(*text) : nlohmann::json();
    };
    nlohmann::json stages = nlohmann::json::array();
    for (const Job& stage : job.stages)
        stages.push_back(to_json(stage));
    return {{"schema", job.schema},
            {"kind", job.kind},
            {"model", job.model.empty() ? nlohmann::json() : nlohmann::json(job.model)},
            {"options", job.options},
            {"corpus", job.corpus},
            {"output", text_or_null(job.output)},
            {"run", text_or_null(job.run)},
            {"stages", stages}};
}

void resolve_defaults(Job& job) {
    const Kind& kind = find_kind(job.kind);
    if (const Option* preset = kind.find("preset"); preset && !job.options.contains("preset"))
        job.options["preset"] = preset->default_value;
    if (job.options.contains("preset")) {
        const nlohmann::json values = preset_values(kind, job.options["preset"].get<std::string>());
        for (const auto& [key, value] : values.items())
            if (!job.options.contains(key))
                job.options[key] = value;
        if (job.corpus.empty())
            job.corpus = find_preset(job.options["preset"].get<std::string>()).corpus;
    }
    for (const Option& option : kind.options)
        if (!job.options.contains(option.key()) && !(option.required && option.default_value.is_null()))
            job.options[option.key()] = option.default_value;
    for (Job& stage : job.stages)
        resolve_defaults(stage);
}

void resolve_paths(Job& job, const std::filesystem::path& base) {
    const auto absolute = [&](const std::string& path) {
        return path.starts_with("@") ? path : (base / path).lexically_normal().string();
    };
    if (!job.model.empty() && job.model != "sample")
        job.model = absolute(job.model);
    for (auto* place : {&job.output, &job.run})
        if (*place)
            *place = absolute(**place);
    for (std::string& spec : job.corpus)
        spec = with_spec_path(spec, absolute);
    const Kind& kind = find_kind(job.kind);
    for (auto& [key, value] : job.options.items()) {
        const Option* option = kind.find(key);
        const auto change = [&, key = key](nlohmann::json& text) {
            if (option->type == OptionType::Spec)
                text = with_spec_path(text.get<std::string>(), absolute);
            else if (!(key == "against" && text == "sample"))
                text = absolute(text.get<std::string>());
        };
        if (!option || value.is_null() ||
            (option->type != OptionType::Path && option->type != OptionType::Spec))
            continue;
        if (option->list)
            for (auto& element : value)
                change(element);
        else
            change(value);
    }
    for (Job& stage : job.stages)
        resolve_paths(stage, base);
}

nlohmann::json job_identity(const Job& job) {
    return identity(job, true);
}

std::string first_difference(const nlohmann::json& a, const nlohmann::json& b) {
    if (a == b)
        return "";
    if (!a.is_object() || !b.is_object())
        return "";
    std::vector<std::string> keys = {"kind", "model", "options", "corpus", "stages", "inputs"};
    for (const auto* object : {&a, &b})
        for (const auto& [key, value] : object->items())
            keys.push_back(key);
    for (const std::string& key : keys) {
        const bool in_a = a.contains(key), in_b = b.contains(key);
        if (in_a == in_b && (!in_a || a[key] == b[key]))
            continue;
        const std::string deeper = in_a && in_b ? first_difference(a[key], b[key]) : "";
        return deeper.empty() ? key : key + "." + deeper;
    }
    return "";
}

} // namespace moequant
