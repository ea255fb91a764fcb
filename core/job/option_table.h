// Every kind of job and its options, in one table: the command line, defaults, validation, --help and the
// forms of the window all come from it.
#pragma once
#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace moequant {

enum class OptionType {
    Int,
    Float,
    Bool,
    String,
    Choice,
    Path,
    Spec, ///< a corpus SPEC
    Size, ///< bytes as text: "5GB", "512MiB", "1000000"
};

struct Option {
    std::string name; ///< as on the command line, without the leading dashes; in JSON `-` becomes `_`
    OptionType type;
    nlohmann::json default_value; ///< null: unset is a legal value
    std::string help;             ///< one line
    std::string group;
    bool list = false; ///< a JSON array; on the command line repeated, or separated by commas for numbers
    bool positional = false; ///< on the command line given without its name
    bool required = false;
    std::vector<std::string> choices = {}; ///< of a Choice
    std::vector<std::string> later = {};   ///< of those, the ones not built yet
    bool built = true;                     ///< false: only the default is accepted so far
    std::optional<double> min = {}, max = {};
    bool allow_infinity = false;
    bool execution = false; ///< says where or how to work but cannot change the result: ignored when resuming

    std::string key() const; ///< its name in JSON
};

enum class Output { None, OptionalFile, RequiredFile, OptionalFolder, RequiredFolder };

struct Kind {
    std::string name, help;
    std::vector<std::string> examples; ///< command lines
    bool model = true; ///< takes MODEL
    int min_corpora = 0, max_corpora = 0;
    Output output = Output::None;
    bool keeps_run = true;       ///< false: a run folder only when --run is given
    bool goes_by_layer = false;  ///< saves state a layer: "stop after this layer" waits for the layer's end
    std::vector<Option> options; ///< own ones first, then the common ones

    const Option* find(const std::string& key) const; ///< by JSON key; null when unknown
};

const std::vector<Kind>& all_kinds();
/// Throws RequestError for an unknown kind, listing the known ones.
const Kind& find_kind(const std::string& name);

/// Checks type, range and choice of one option's JSON value; throws RequestError naming the option. The value
/// is put into its one form (1 becomes 1.0 for a float, infinity "inf", a range of a list its numbers).
nlohmann::json checked_value(const Option& option, const nlohmann::json& value);
/// The value that a word on the command line stands for (one element, of a list).
nlohmann::json value_from_text(const Option& option, const std::string& text);
/// The elements that a word stands for: of a list of numbers what its commas separate, where a part may be a
/// range `start:stop:step`, which holds the stop when the steps meet it ("0.3,1:1.5:0.1").
nlohmann::json list_from_text(const Option& option, const std::string& text);
/// The inverse of value_from_text.
std::string value_to_text(const Option& option, const nlohmann::json& value);

/// Bytes of "5GB" (1000³), "5GiB" (1024³), "100"; null when it is no size.
std::optional<std::uint64_t> parse_size(const std::string& text);

} // namespace moequant
