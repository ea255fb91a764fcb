// What to do, as a JSON document (docs/protocol.md, "Job"). Commands, forms and workers all exchange these.
#pragma once
#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace moequant {

struct Job {
    int schema = 1;
    std::string kind;
    std::string
        model; ///< checkpoint folder, `sample` for the built-in one, empty (null) where no model is needed
    nlohmann::json options =
        nlohmann::json::object();    ///< option names with `-` written `_`; infinity is "inf"
    std::vector<std::string> corpus; ///< corpus SPECs
    std::optional<std::string> output, run;
    std::vector<Job> stages; ///< of a pipeline

    /// What the job reads, as hash_inputs (core/job/inputs.h) describes it. `prepare_job` fills it in; it is
    /// recorded beside the job in a run folder and decides about resuming, but is no part of the document.
    nlohmann::json inputs = nlohmann::json::object();
};

/// Reads a job document. Unknown keys, unknown options of the kind, wrong types and values out of range throw
/// RequestError naming the key. Missing options stay missing: see resolve_defaults.
Job parse_job(const nlohmann::json& document);

/// Reads a job file: a job document, or the job.json of a run folder (whose record of machine and inputs is
/// left out).
Job read_job_file(const std::filesystem::path& file);

/// All keys of the document, in a fixed form: equal jobs give equal JSON.
nlohmann::json to_json(const Job& job);

/// Fills in every missing option of the kind (for `sample` from its preset first, explicit options win) and
/// of the stages.
void resolve_defaults(Job& job);

/// Makes relative paths (model, output, run, path options, files named in SPECs) absolute, starting from
/// `base`. `sample` and references to an earlier stage ("@0/set.jsonl") stay as they are.
void resolve_paths(Job& job, const std::filesystem::path& base);

/// Refuses what a resolved job cannot be: something required is missing, an option or choice that is not
/// built yet, options that exclude each other. Throws RequestError.
void check_job(const Job& job);

/// What must be equal for a run to go on: the document without places (model, output, run, path options,
/// files in SPECs) and without options that cannot change the result (threads, device, memory, batch), but
/// with the hashes of the inputs.
nlohmann::json job_identity(const Job& job);

/// The first key in which two identities differ, such as `options.tau` or `inputs.model/config.json`; empty
/// when equal.
std::string first_difference(const nlohmann::json& a, const nlohmann::json& b);

/// The command that gives this job, quoted for a POSIX shell, with the options that differ from their
/// defaults only. A pipeline gives `moequant run '{…}'`.
std::string to_command_line(const Job& job);
/// The same as arguments, without the program's name.
std::vector<std::string> to_arguments(const Job& job);
std::string shell_quote(const std::string& word);

// Typed access to a resolved option. A missing option or a wrong type throws std::logic_error (a programming
// error: parse_job and resolve_defaults have seen to both).
std::int64_t int_option(const Job& job, const std::string& name);
double float_option(const Job& job, const std::string& name); ///< "inf" gives infinity
bool bool_option(const Job& job, const std::string& name);
std::string text_option(const Job& job, const std::string& name); ///< null gives ""
std::vector<std::string> list_option(const Job& job, const std::string& name);
std::uint64_t size_option(const Job& job, const std::string& name); ///< bytes; null gives 0
bool has_option(const Job& job, const std::string& name);           ///< present and not null

} // namespace moequant
