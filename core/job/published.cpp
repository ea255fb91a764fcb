#include "core/job/published.h"

#include "core/job/published_data.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

namespace moequant {
namespace {

using nlohmann::json;

Fact fact_of(const std::string& key, const json& value) {
    const std::string name = key.substr(key.find('/') + 1);
    if (key.starts_with("perplexity/"))
        return {key, "ppl " + name, value, Better::Lower, 3};
    if (key.starts_with("task/"))
        return {key, name + " %", value, Better::Higher, 2, true};
    if (key == "average")
        return {key, "average %", value, Better::Higher, 2, true};
    return {key, "STD token", value, Better::Lower};
}

PublishedRow row_of(const json& row, const json& file) {
    PublishedRow published;
    const int bits = row.at("bits");
    const std::string calibration = row.value("calibration", "");
    published.name = row.at("method").get<std::string>() +
                     (calibration.empty() ? std::string() : " on " + calibration) +
                     (bits < 16 ? ", " + std::to_string(bits) + " bits" : std::string());
    published.model = row.at("model");
    published.source = file.at("source").get<std::string>() + ", " + row.at("from").get<std::string>();
    published.about = file.at("about");
    published.url = file.at("url");
    published.match = row.at("match");
    Fact method{"method", "method", row.at("method")}, width{"bits", "bits", bits, Better::Neither, 0};
    method.setting = width.setting = true;
    published.facts = {method, width};
    if (!calibration.empty()) {
        Fact corpus{"corpus", "calibration", calibration};
        corpus.setting = true;
        published.facts.push_back(std::move(corpus));
    }
    for (const auto& [key, value] : row.at("values").items())
        published.facts.push_back(fact_of(key, value));
    return published;
}

} // namespace

bool PublishedRow::of_model(const std::string& checkpoint) const {
    std::string name = std::filesystem::path(checkpoint).lexically_normal().filename().string();
    if (name.empty())
        name = std::filesystem::path(checkpoint).lexically_normal().parent_path().filename().string();
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::find(match.begin(), match.end(), name) != match.end();
}

const std::vector<PublishedRow>& published_rows() {
    static const std::vector<PublishedRow> rows = [] {
        std::vector<PublishedRow> all;
        for (const auto& [name, text] : kPublishedFiles) {
            const json file = json::parse(text);
            for (const json& row : file.at("rows"))
                all.push_back(row_of(row, file));
        }
        return all;
    }();
    return rows;
}

std::string published_key(const std::string& key) {
    return key.substr(0, key.find('?'));
}

} // namespace moequant
