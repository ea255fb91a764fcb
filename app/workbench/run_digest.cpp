#include "app/workbench/run_digest.h"

#include "core/job/error.h"

#include <QObject>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;

std::shared_ptr<const ExpertMap> expert_map(const ExpertSums& sums) {
    auto map = std::make_shared<ExpertMap>();
    for (const auto& [layer, experts] : sums) {
        map->layers.append(layer);
        if (!experts.empty() && experts.rbegin()->first < 65536)
            map->experts = std::max(map->experts, experts.rbegin()->first + 1);
    }
    map->errors.fill(float(no_value), map->layers.size() * map->experts);
    map->tokens.fill(float(no_value), map->layers.size() * map->experts);
    qsizetype row = 0;
    for (const auto& [layer, experts] : sums) {
        for (const auto& [index, expert] : experts) {
            if (index < 0 || index >= map->experts)
                continue;
            const qsizetype cell = row * map->experts + index;
            map->tokens[cell] = float(expert.tokens);
            if (expert.linears > 0)
                map->errors[cell] = float(expert.error / expert.linears);
        }
        ++row;
    }
    return map;
}

/// What only the window shows of a quantization.
void add_sizes(RunDigest& digest, const json& result) {
    const auto add = [&](const char* key, const char* title, double factor) {
        if (result.contains(key) && result[key].is_number())
            digest.facts.push_back(
                {key, title, result[key].get<double>() * factor, Better::Lower, factor < 1 ? 1 : 0});
    };
    add("bytes_after", "size, MB", 1e-6);
    add("peak_memory", "memory, MB", 1e-6);
    digest.facts.push_back({"fallbacks", "fallbacks", digest.fallbacks, Better::Lower, 0});
}

} // namespace

float ExpertMap::error(int layer, int expert) const {
    const auto row = layers.indexOf(layer);
    return row < 0 || expert < 0 || expert >= experts ? float(no_value) : errors[row * experts + expert];
}

CellMap ExpertMap::cells(const QString& name) const {
    CellMap map;
    map.name = name;
    map.layers = layers;
    map.experts = experts;
    map.values = QVector<double>(errors.begin(), errors.end());
    map.tokens = QVector<double>(tokens.begin(), tokens.end());
    map.value_title = QObject::tr("Relative output error");
    return map;
}

RunDigest digest_result(const Job& job, const QByteArray& document, const std::string& where) {
    RunDigest digest;
    ExpertSums sums;
    bool in_linears = false;
    const auto take = [&](int depth, json::parse_event_t event, json& parsed) {
        if (depth == 1 && event == json::parse_event_t::key)
            in_linears = parsed == "linears";
        if (!in_linears || depth != 2 || event != json::parse_event_t::object_end)
            return true;
        add_linear(sums, parsed);
        digest.fallbacks += parsed.contains("fallback") && parsed["fallback"].is_string();
        return false;
    };
    const json result = json::parse(document.cbegin(), document.cend(), take, false);
    if (!result.is_object())
        throw RequestError(where, "not a JSON document");
    if (job.kind == "quantize") {
        digest.facts = result_facts(job, result, expert_errors(sums));
        digest.errors = expert_map(sums);
        add_sizes(digest, result);
    } else {
        digest.facts = result_facts(job, result);
    }
    if (job.kind == "sweep")
        digest.cells = sweep_facts(result);
    return digest;
}

Job digest_job(const QByteArray& document, const std::string& where) {
    json record = json::parse(document.cbegin(), document.cend(), nullptr, false);
    if (!record.is_object())
        throw RequestError(where, "not a JSON document");
    record.erase("inputs");
    record.erase("environment");
    return parse_job(record);
}

QString failure_in(const QByteArray& events) {
    const qsizetype end = events.endsWith('\n') ? events.size() - 1 : events.lastIndexOf('\n');
    if (end <= 0)
        return {};
    const qsizetype begin = events.lastIndexOf('\n', end - 1) + 1;
    const json line = json::parse(events.cbegin() + begin, events.cbegin() + end, nullptr, false);
    if (!line.is_object() || line.value("event", json()) != "failed" ||
        line.value("code", json()) == "cancelled" || !line.value("text", json()).is_string())
        return {};
    return QString::fromStdString(line["text"].get<std::string>());
}

} // namespace moequant
