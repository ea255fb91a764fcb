#include "core/job/presets.h"

#include "core/job/error.h"
#include "core/job/presets_data.h"

#include <algorithm>

namespace moequant {

const std::vector<Preset>& all_presets() {
    static const std::vector<Preset> presets = [] {
        std::vector<Preset> all;
        for (const auto& [name, text] : kPresetFiles) {
            const auto document = nlohmann::json::parse(text);
            all.push_back({std::string(name), document.at("title"), document.at("about"),
                           document.value("loads_in", ""), document.at("kinds"), document.at("options"),
                           document.value("corpus", std::vector<std::string>())});
        }
        std::sort(all.begin(), all.end(), [](const Preset& a, const Preset& b) { return a.name < b.name; });
        return all;
    }();
    return presets;
}

const Preset& find_preset(const std::string& name) {
    std::string known;
    for (const Preset& preset : all_presets()) {
        if (preset.name == name)
            return preset;
        known += (known.empty() ? "" : ", ") + preset.name;
    }
    throw RequestError("preset: '" + name + "' is unknown (known: " + known + ")");
}

std::vector<std::string> preset_names(const std::string& kind) {
    std::vector<std::string> names;
    for (const Preset& preset : all_presets())
        if (std::find(preset.kinds.begin(), preset.kinds.end(), kind) != preset.kinds.end())
            names.push_back(preset.name);
    return names;
}

nlohmann::json preset_values(const Kind& kind, const std::string& name) {
    nlohmann::json values = nlohmann::json::object();
    const Preset& preset = find_preset(name);
    for (const auto& [key, value] : preset.options.items())
        if (const Option* option = kind.find(key))
            values[key] = option->list ? nlohmann::json::array({value}) : value;
    return values;
}

} // namespace moequant
