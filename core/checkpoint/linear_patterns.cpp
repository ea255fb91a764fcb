#include "core/checkpoint/linear_patterns.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace moequant {
namespace {

/// A product of layers, experts and parts under one parent; an empty set of layers or experts stands for any.
struct Rule {
    std::set<int> layers;
    std::string parent;
    std::set<int> experts; ///< {−1} outside routed experts
    std::set<std::string> parts;

    bool matches(const LinearPlace& place) const {
        return (layers.empty() || layers.contains(place.layer)) && parent == place.parent &&
               (experts.empty() || experts.contains(place.expert)) && parts.contains(place.part);
    }
};

std::string alternatives(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : "|") + word;
    return words.size() == 1 ? text : "(" + text + ")";
}

std::string alternatives(const std::set<int>& numbers) {
    std::vector<std::string> words;
    words.reserve(numbers.size());
    for (const int number : numbers)
        words.push_back(std::to_string(number));
    return alternatives(words);
}

std::string escaped(const std::string& name) {
    std::string pattern;
    for (const char c : name) {
        if (c == '.')
            pattern += '\\';
        pattern += c;
    }
    return pattern;
}

std::string in_layers(const std::set<int>& layers) {
    return "model\\.layers\\." + alternatives(layers) + "\\.";
}

/// The names of the matrices that servers build of these parts.
void add_fused(std::vector<std::string>& parts) {
    const auto has = [&](const char* part) {
        return std::find(parts.begin(), parts.end(), part) != parts.end();
    };
    if (has("gate_proj") && has("up_proj"))
        parts.emplace_back("gate_up_proj");
    if (has("q_proj") && has("k_proj") && has("v_proj"))
        parts.emplace_back("qkv_proj");
}

std::string text_of(const Rule& rule, const std::set<LinearPlace>& all, const std::string& any,
                    bool fused_names) {
    const std::string head = (rule.layers.empty() ? any : in_layers(rule.layers)) + escaped(rule.parent);
    const bool routed = std::any_of(all.begin(), all.end(), [&](const LinearPlace& place) {
        return place.parent == rule.parent && place.expert >= 0;
    });
    std::vector<std::string> parts(rule.parts.begin(), rule.parts.end());
    if (fused_names && !routed)
        add_fused(parts);
    const std::string tail = alternatives(parts) + "$";
    if (!routed)
        return head + "\\." + tail;
    const bool every_part = std::all_of(all.begin(), all.end(), [&](const LinearPlace& place) {
        return place.parent != rule.parent || rule.parts.contains(place.part);
    });
    // Without the dot the pattern also fits the block of all experts, by whose name vLLM asks.
    if (rule.experts.empty() && every_part)
        return head + ".*";
    return head + "\\." + (rule.experts.empty() ? "\\d+" : alternatives(rule.experts)) + "\\." + tail;
}

} // namespace

LinearPlace place_of(const std::string& linear) {
    constexpr std::string_view layers = "model.layers.", experts = ".experts.";
    LinearPlace place;
    place.parent = linear;
    if (!linear.starts_with(layers))
        return place;
    const std::size_t dot = linear.find('.', layers.size());
    if (dot == std::string::npos || dot == layers.size() || dot > layers.size() + 6 ||
        !std::all_of(linear.begin() + layers.size(), linear.begin() + std::ptrdiff_t(dot),
                     [](char c) { return c >= '0' && c <= '9'; }))
        return place;
    place.layer = std::stoi(linear.substr(layers.size(), dot - layers.size()));
    const std::string rest = linear.substr(dot + 1);
    const std::size_t last = rest.rfind('.');
    place.part = last == std::string::npos ? rest : rest.substr(last + 1);
    place.parent = last == std::string::npos ? "" : rest.substr(0, last);
    const std::size_t block = rest.find(experts);
    if (block == std::string::npos || last <= block + experts.size())
        return place;
    const std::string index = rest.substr(block + experts.size(), last - block - experts.size());
    if (index.size() < 7 &&
        std::all_of(index.begin(), index.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        place.expert = std::stoi(index);
        place.parent = rest.substr(0, block + experts.size() - 1);
    }
    return place;
}

std::vector<std::string> linear_patterns(const std::set<std::string>& chosen,
                                         const std::set<std::string>& all, const std::string& any,
                                         bool fused_names) {
    std::set<LinearPlace> wanted, places;
    for (const std::string& name : all)
        if (const LinearPlace place = place_of(name); place.layer >= 0)
            places.insert(place);
    for (const std::string& name : chosen)
        if (const LinearPlace place = place_of(name); place.layer >= 0)
            wanted.insert(place);

    std::map<int, bool> whole; // layer: all of it is wanted
    for (const LinearPlace& place : places)
        whole.try_emplace(place.layer, true).first->second &= wanted.contains(place);
    std::set<int> whole_layers;
    for (const auto& [layer, is_whole] : whole)
        if (is_whole)
            whole_layers.insert(layer);

    const auto exact = [&](const Rule& rule) {
        return std::all_of(places.begin(), places.end(), [&](const LinearPlace& place) {
            return !rule.matches(place) || wanted.contains(place);
        });
    };
    std::map<std::string, std::set<std::string>> everywhere; // parent: parts wanted wherever they occur
    for (const LinearPlace& place : wanted)
        if (!whole_layers.contains(place.layer))
            everywhere[place.parent].insert(place.part);
    for (const LinearPlace& place : places)
        if (!wanted.contains(place))
            everywhere[place.parent].erase(place.part);
    std::map<std::tuple<int, std::string, int>, std::set<std::string>> parts_of;
    for (const LinearPlace& place : wanted)
        if (!whole_layers.contains(place.layer) && !everywhere[place.parent].contains(place.part))
            parts_of[{place.layer, place.parent, place.expert}].insert(place.part);
    std::map<std::tuple<int, std::string, std::set<std::string>>, std::set<int>> experts_of;
    for (const auto& [key, parts] : parts_of)
        experts_of[{std::get<0>(key), std::get<1>(key), parts}].insert(std::get<2>(key));
    std::map<std::tuple<std::string, std::set<int>, std::set<std::string>>, std::set<int>> layers_of;
    for (const auto& [key, experts] : experts_of) {
        const auto& [layer, parent, parts] = key;
        const bool widens = !experts.contains(-1) && exact({{layer}, parent, {}, parts});
        layers_of[{parent, widens ? std::set<int>() : experts, parts}].insert(layer);
    }

    std::vector<std::string> patterns;
    if (!whole_layers.empty())
        patterns.push_back(in_layers(whole_layers) + ".*");
    for (const auto& [parent, parts] : everywhere)
        if (!parts.empty())
            patterns.push_back(text_of({{}, parent, {}, parts}, places, any, fused_names));
    for (const auto& [key, layers] : layers_of) {
        Rule rule{{}, std::get<0>(key), std::get<1>(key), std::get<2>(key)};
        if (!exact(rule))
            rule.layers = layers;
        patterns.push_back(text_of(rule, places, any, fused_names));
    }
    return patterns;
}

} // namespace moequant
