#include "app/workbench/run_report.h"

#include "app/workbench/error_map.h"
#include "core/job/error.h"
#include "widgets/colors.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <set>

namespace moequant {
namespace {

using nlohmann::json;

[[noreturn]] void refuse(const QString& where, const std::string& fault) {
    throw RequestError(where.toStdString(), fault);
}

const json& field(const json& object, const char* name, const QString& where) {
    if (!object.is_object() || !object.contains(name))
        refuse(where, std::string("no field '") + name + "'");
    return object[name];
}

double number(const json& object, const char* name, const QString& where) {
    const json& value = field(object, name, where);
    if (value.is_null())
        return no_value;
    if (!value.is_number())
        refuse(where, std::string("field '") + name + "' is no number");
    return value.get<double>();
}

double number_or(const json& object, const char* name, double otherwise) {
    return object.is_object() && object.contains(name) && object[name].is_number()
               ? object[name].get<double>()
               : otherwise;
}

int index(const json& object, const char* name, const QString& where) {
    const double value = number(object, name, where);
    if (!(value >= 0 && value < 1e6) || value != std::floor(value))
        refuse(where, std::string("field '") + name + "' is no index");
    return int(value);
}

const json& list(const json& object, const char* name, const QString& where) {
    const json& value = field(object, name, where);
    if (!value.is_array())
        refuse(where, std::string("field '") + name + "' is no list");
    return value;
}

QVector<double> read_counts(const json& object, int layer, const QString& where) {
    QVector<double> counts;
    for (const json& count : list(object, "counts", where)) {
        if (!count.is_number() || count.get<double>() < 0)
            refuse(where, "a count of layer " + std::to_string(layer) + " is no number of tokens");
        counts.append(count.get<double>());
    }
    return counts;
}

json read_json(const std::filesystem::path& file) {
    std::error_code fault;
    const auto size = std::filesystem::file_size(file, fault);
    if (fault)
        throw RequestError(file.string(), fault.message());
    if (size > (std::uintmax_t(1) << 30))
        throw RequestError(file.string(), "larger than 1 GiB");
    std::ifstream in(file, std::ios::binary);
    json document = json::parse(in, nullptr, false);
    if (document.is_discarded())
        throw RequestError(file.string(), "not a JSON document");
    return document;
}

} // namespace

ProfileReport read_profile(const json& result, const QString& where) {
    ProfileReport report;
    const json& corpus = field(result, "corpus", where);
    if (!corpus.is_string())
        refuse(where, "field 'corpus' is no text");
    report.spec = QString::fromStdString(corpus.get<std::string>());
    report.usage.name = source_title(report.spec);
    report.usage.color = source_color(report.spec);
    report.usage.tokens = number(result, "tokens", where);
    for (const json& layer : list(result, "layers", where)) {
        LayerUsage usage;
        usage.layer = index(layer, "layer", where);
        usage.counts = read_counts(layer, usage.layer, where);
        report.usage.top_k = index(layer, "top_k", where);
        report.usage.layers.append(usage);
        const json& balance = field(layer, "balance", where);
        report.layers.append(usage.layer);
        report.cv.append(number_or(balance, "cv", no_value));
        report.std_percent.append(number_or(balance, "std_percent", no_value));
        report.std_share.append(number_or(balance, "std_share", no_value));
    }
    const json& balance = field(result, "balance", where);
    report.balance = {report.usage.name,
                      report.usage.color,
                      number_or(balance, "cv", no_value),
                      number_or(balance, "std_share", no_value),
                      number_or(balance, "std_percent", no_value),
                      number_or(balance, "gini", no_value),
                      number_or(balance, "min_share", no_value),
                      number_or(balance, "max_share", no_value),
                      qint64(number_or(balance, "unused", 0)),
                      qint64(number_or(balance, "below_half_percent", 0)),
                      qint64(report.usage.tokens)};
    return report;
}

ProfileReport empty_profile(const QString& spec) {
    ProfileReport report;
    report.spec = spec;
    report.usage.name = report.balance.source = source_title(spec);
    report.usage.color = report.balance.color = source_color(spec);
    report.balance.gini = no_value;
    report.balance.min_share = 1;
    return report;
}

void add_usage(ProfileReport& report, const json& event, const QString& where) {
    LayerUsage usage;
    usage.layer = index(event, "layer", where);
    usage.counts = read_counts(event, usage.layer, where);
    const double experts = std::max<double>(1, double(usage.counts.size()));
    const double total = std::max(1.0, std::accumulate(usage.counts.begin(), usage.counts.end(), 0.0));
    double squares = 0;
    BalanceRow& balance = report.balance;
    for (const double count : usage.counts) {
        const double share = count / total;
        squares += (share - 1 / experts) * (share - 1 / experts);
        balance.min_share = std::min(balance.min_share, share);
        balance.max_share = std::max(balance.max_share, share);
        balance.unused += count == 0;
        balance.below_half_percent += share < 0.005;
    }
    const double deviation = std::sqrt(squares / experts);
    report.usage.layers.append(usage);
    report.layers.append(usage.layer);
    report.cv.append(deviation * experts);
    report.std_percent.append(100 * deviation);
    report.std_share.append(deviation);
    const auto mean = [](const QVector<double>& values) {
        return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
    };
    balance.cv = mean(report.cv);
    balance.std_percent = mean(report.std_percent);
    balance.std_share = mean(report.std_share);
}

LinearRow read_linear(const json& row, const QString& where) {
    LinearRow linear;
    const json& name = field(row, "name", where);
    if (!name.is_string())
        refuse(where, "a linear's name is no text");
    linear.name = QString::fromStdString(name.get<std::string>());
    linear.layer = index(row, "layer", where);
    const json& expert = field(row, "expert", where);
    if (expert.is_number())
        linear.expert = index(row, "expert", where);
    else
        linear.shared = expert == "shared";
    linear.tokens = number_or(row, "tokens", no_value);
    linear.relative_error = number_or(row, "relative_output_error", no_value);
    linear.worst_channel = int(number_or(row, "worst_channel", -1));
    linear.worst_channel_error = number_or(row, "worst_channel_error", no_value);
    if (row.contains("fallback") && row["fallback"].is_string())
        linear.fallback = QString::fromStdString(row["fallback"].get<std::string>());
    return linear;
}

QVector<LinearRow> read_linears(const json& result, const QString& where) {
    QVector<LinearRow> rows;
    for (const json& row : list(result, "linears", where))
        rows.append(read_linear(row, where));
    return rows;
}

CellMap expert_errors(const QVector<LinearRow>& rows, const QString& name) {
    std::set<int> layers;
    int experts = 0;
    for (const auto& row : rows)
        if (row.expert >= 0) {
            layers.insert(row.layer);
            experts = std::max(experts, row.expert + 1);
        }
    ErrorMap errors(QVector<int>(layers.begin(), layers.end()), experts, name);
    for (const auto& row : rows)
        errors.add(row);
    return errors.map();
}

json read_result(const std::filesystem::path& run) {
    const auto file = std::filesystem::is_regular_file(run) ? run : run / "result.json";
    if (!std::filesystem::exists(file))
        throw RequestError(run.string(), std::filesystem::is_directory(run)
                                             ? "no result.json: the run did not finish"
                                             : "no such run folder");
    return read_json(file);
}

QString run_kind(const std::filesystem::path& run) {
    const auto file = run / "job.json";
    if (!std::filesystem::exists(file))
        return {};
    const json job = read_json(file);
    // A record may keep the job beside other facts.
    const json& document = job.is_object() && job.contains("job") ? job["job"] : job;
    return document.is_object() && document.contains("kind") && document["kind"].is_string()
               ? QString::fromStdString(document["kind"].get<std::string>())
               : QString();
}

} // namespace moequant
