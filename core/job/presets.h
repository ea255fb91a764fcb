// Named sets of option values: resources/presets/*.json, compiled in.
#pragma once
#include "core/job/option_table.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace moequant {

struct Preset {
    std::string name; ///< the file's
    std::string title, about;
    std::string loads_in;            ///< which software loads what it exports; empty where it exports nothing
    std::vector<std::string> kinds;  ///< of job that may name it
    nlohmann::json options;          ///< by JSON key
    std::vector<std::string> corpus; ///< used when the job names none
};

/// By name.
const std::vector<Preset>& all_presets();
/// Throws RequestError listing the known names.
const Preset& find_preset(const std::string& name);
/// Names of those that this kind of job may use.
std::vector<std::string> preset_names(const std::string& kind);

/// The values for the options that `kind` has, as lists where it takes lists.
nlohmann::json preset_values(const Kind& kind, const std::string& preset);

} // namespace moequant
