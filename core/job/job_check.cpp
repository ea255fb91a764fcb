#include "core/job/error.h"
#include "core/job/job.h"
#include "core/job/option_table.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace moequant {
namespace {

void check_options(const Job& job, const Kind& kind) {
    for (const auto& [key, value] : job.options.items()) {
        const Option* option = kind.find(key);
        if (!option)
            throw RequestError("options." + key + ": unknown option of " + job.kind);
        checked_value(*option, value);
        if (!option->built && value != option->default_value)
            throw RequestError("option " + option->name + " is not built yet");
        if (option->type == OptionType::Choice && value.is_string() &&
            std::find(option->later.begin(), option->later.end(), value.get<std::string>()) !=
                option->later.end())
            throw RequestError("option " + option->name + ": '" + value.get<std::string>() +
                               "' is not built yet");
    }
    for (const Option& option : kind.options)
        if (option.required && (!job.options.contains(option.key()) || job.options[option.key()].is_null() ||
                                (option.list && job.options[option.key()].empty())))
            throw RequestError("option " + option.name + ": " + job.kind + " needs it");
}

void check_sweep(const Job& job) {
    for (const char* axis : {"tau", "width", "branching"})
        if (job.options[axis].empty())
            throw RequestError(std::string("option ") + axis + ": the list is empty");
    if (int_option(job, "warmup") >= int_option(job, "length"))
        throw RequestError("option warmup: must be below the length");
    const bool quantize = bool_option(job, "quantize");
    if (quantize && list_option(job, "perplexity").empty())
        throw RequestError("option quantize: needs --perplexity SPEC to measure what each cell's set buys");
    for (const char* part : {"perplexity", "agq", "keep_checkpoints"})
        if (!quantize && job.options[part] != find_kind("sweep").find(part)->default_value)
            throw RequestError("option " + find_kind("sweep").find(part)->name +
                               ": has no effect without --quantize");
}

void check_hessian_lab(const Job& job) {
    const bool polynomial = text_option(job, "loss") == "polynomial";
    const bool curves = text_option(job, "experts") != "none";
    if (job.corpus.empty() && (!polynomial || curves))
        throw RequestError(
            "hessian-lab needs --corpus SPEC (only --loss polynomial --experts none works without)");
    if (text_option(job, "routing") == "free" && text_option(job, "loss") != "model")
        throw RequestError("option routing: only the loss 'model' goes through later routers");
    for (const char* list : {"epsilon", "n"})
        if (job.options[list].empty())
            throw RequestError(std::string("option ") + list + ": the list is empty");
    if (curves && job.options["curve_n"].empty())
        throw RequestError("option curve-n: the list is empty");
    if (has_option(job, "reference") && !curves)
        throw RequestError("option reference: has no effect with --experts none");
}

void check_combinations(const Job& job) {
    const auto set = [&](const char* key) { return has_option(job, key) && !job.options[key].empty(); };
    if (job.kind == "tokenize" && set("text_file") == set("decode"))
        throw RequestError("tokenize needs either --text-file or --decode");
    if (job.kind == "tokenize" && set("decode") && bool_option(job, "add_special_tokens"))
        throw RequestError("option add-special-tokens: does not go with --decode");
    if (job.kind == "evaluate" && !set("perplexity"))
        throw RequestError("evaluate needs at least one --perplexity SPEC");
    if (job.kind == "quantize" && job.corpus.empty() && text_option(job, "method") != "rtn")
        throw RequestError("quantize needs --corpus SPEC (only --method rtn works without)");
    if (job.kind == "sample" && int_option(job, "warmup") >= int_option(job, "length"))
        throw RequestError("option warmup: must be below the length");
    if (job.kind == "sample" && int_option(job, "record") > int_option(job, "sequences"))
        throw RequestError("option record: is above the number of sequences");
    if (job.kind == "sample" && has_option(job, "explain") &&
        int_option(job, "explain") >= int_option(job, "record"))
        throw RequestError("option explain: the search of sequence " +
                           std::to_string(int_option(job, "explain")) + " is not recorded (--record " +
                           std::to_string(int_option(job, "record")) +
                           " keeps that many sequences, the first of which is 0)");
    if (job.kind == "sweep")
        check_sweep(job);
    if (job.kind == "hessian-lab")
        check_hessian_lab(job);
    if (job.kind == "quantize" && text_option(job, "format") == "compressed-tensors") {
        const auto bits = int_option(job, "bits");
        if (bits != 4 && bits != 8)
            throw RequestError("option bits: compressed-tensors holds 4 or 8 bits");
    }
}

} // namespace

void check_job(const Job& job) {
    const Kind& kind = find_kind(job.kind);
    if (kind.model && job.model.empty())
        throw RequestError("model: " + job.kind + " needs one");
    if (!kind.model && !job.model.empty())
        throw RequestError("model: " + job.kind + " takes none");
    check_options(job, kind);
    if (int(job.corpus.size()) < kind.min_corpora)
        throw RequestError("corpus: " + job.kind + " needs one");
    if (int(job.corpus.size()) > kind.max_corpora)
        throw RequestError("corpus: " + job.kind + " takes " +
                           (kind.max_corpora == 0 ? "none" : "at most " + std::to_string(kind.max_corpora)));
    if (kind.output == Output::None && job.output)
        throw RequestError("output: " + job.kind + " writes none");
    if ((kind.output == Output::RequiredFile || kind.output == Output::RequiredFolder) && !job.output)
        throw RequestError("output: " + job.kind + " needs -o");
    check_combinations(job);
    if (job.kind == "pipeline" && job.stages.empty())
        throw RequestError("stages: a pipeline needs at least one");
    for (std::size_t i = 0; i < job.stages.size(); ++i)
        try {
            if (job.stages[i].run)
                throw RequestError("run: a stage's run folder lies in the pipeline's");
            check_job(job.stages[i]);
        } catch (const RequestError& error) {
            throw RequestError("stages." + std::to_string(i) + ": " + error.what());
        }
}

namespace {
const nlohmann::json& option_value(const Job& job, const std::string& name) {
    const auto found = job.options.find(name);
    if (found == job.options.end())
        throw std::logic_error("job of kind " + job.kind + " has no option " + name);
    return *found;
}
} // namespace

bool has_option(const Job& job, const std::string& name) {
    return job.options.contains(name) && !job.options[name].is_null();
}

std::int64_t int_option(const Job& job, const std::string& name) {
    const auto& value = option_value(job, name);
    if (!value.is_number_integer())
        throw std::logic_error("option " + name + " is no whole number");
    return value.get<std::int64_t>();
}

double float_option(const Job& job, const std::string& name) {
    const auto& value = option_value(job, name);
    if (value == "inf")
        return std::numeric_limits<double>::infinity();
    if (!value.is_number())
        throw std::logic_error("option " + name + " is no number");
    return value.get<double>();
}

bool bool_option(const Job& job, const std::string& name) {
    const auto& value = option_value(job, name);
    if (!value.is_boolean())
        throw std::logic_error("option " + name + " is neither true nor false");
    return value.get<bool>();
}

std::string text_option(const Job& job, const std::string& name) {
    const auto& value = option_value(job, name);
    if (value.is_null())
        return "";
    if (!value.is_string())
        throw std::logic_error("option " + name + " is no text");
    return value.get<std::string>();
}

std::vector<std::string> list_option(const Job& job, const std::string& name) {
    const auto& value = option_value(job, name);
    if (!value.is_array())
        throw std::logic_error("option " + name + " is no list");
    std::vector<std::string> list;
    for (const auto& element : value)
        list.push_back(element.is_string() ? element.get<std::string>() : element.dump());
    return list;
}

std::uint64_t size_option(const Job& job, const std::string& name) {
    const std::string text = text_option(job, name);
    return text.empty() ? 0 : parse_size(text).value();
}

} // namespace moequant
