#include "app/command/print_result.h"

#include "app/command/progress_bar.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace moequant {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using nlohmann::json;

std::size_t width(const std::string& text) { // characters, not bytes
    return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

/// A field as text; "" when it is not there.
std::string show(const json& object, const char* name, int digits = 4) {
    if (!object.is_object() || !object.contains(name) || object[name].is_null())
        return "";
    const json& value = object[name];
    if (value.is_number_float()) {
        char text[64];
        std::snprintf(text, sizeof text, "%.*g", digits, value.get<double>());
        return text;
    }
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string bytes_text(const json& object, const char* name) {
    if (!object.contains(name) || !object[name].is_number())
        return "";
    const double bytes = object[name].get<double>();
    char text[64];
    if (bytes < 1e6)
        std::snprintf(text, sizeof text, "%.1f KB", bytes / 1e3);
    else if (bytes < 1e9)
        std::snprintf(text, sizeof text, "%.1f MB", bytes / 1e6);
    else
        std::snprintf(text, sizeof text, "%.2f GB", bytes / 1e9);
    return text;
}

std::string count_text(const json& object, const char* name) {
    if (!object.contains(name) || !object[name].is_number())
        return "";
    const double count = object[name].get<double>();
    char text[64];
    if (count < 1e4)
        std::snprintf(text, sizeof text, "%.0f", count);
    else if (count < 1e9)
        std::snprintf(text, sizeof text, "%.2f M", count / 1e6);
    else
        std::snprintf(text, sizeof text, "%.2f B", count / 1e9);
    return text;
}

/// Name and value a line, empty values left out.
std::string pairs(Rows rows) {
    std::erase_if(rows, [](const auto& row) { return row[1].empty(); });
    std::size_t longest = 0;
    for (const auto& row : rows)
        longest = std::max(longest, width(row[0]));
    std::string text;
    for (const auto& row : rows)
        text += row[0] + std::string(longest - width(row[0]) + 2, ' ') + row[1] + "\n";
    return text;
}

std::string inspect_text(const json& result) {
    std::string text = pairs({{"model type", show(result, "model_type")},
                              {"parameters", count_text(result, "parameters")},
                              {"active per token", count_text(result, "active_parameters")},
                              {"weights", bytes_text(result, "bytes")},
                              {"vocabulary", show(result, "vocab_size")}});
    if (result.contains("tokenizer") && result["tokenizer"].is_object())
        text += pairs({{"tokenizer", show(result["tokenizer"], "kind") + ", " +
                                         show(result["tokenizer"], "vocab_size") + " ids"}});
    Rows rows = {{"layer", "kind", "experts", "top-k", "shared"}};
    for (const auto& layer : result.value("layers", json::array())) {
        const bool moe = layer.value("moe", false);
        rows.push_back({show(layer, "index"), moe ? "MoE" : "dense", moe ? show(layer, "experts") : "",
                        moe ? show(layer, "top_k") : "", moe ? show(layer, "shared_experts") : ""});
    }
    return text + "\n" + text_table(rows);
}

const std::vector<std::pair<const char*, const char*>>& balance_columns() {
    static const std::vector<std::pair<const char*, const char*>> columns = {
        {"CV", "cv"},         {"STD %", "std_percent"},      {"STD token", "std_token"},
        {"gini", "gini"},     {"min", "min_share"},          {"max", "max_share"},
        {"unused", "unused"}, {"<½ %", "below_half_percent"}};
    return columns;
}

std::vector<std::string> balance_row(const std::string& name, const json& balance) {
    std::vector<std::string> row = {name};
    for (const auto& [title, key] : balance_columns())
        row.push_back(show(balance, key, 3));
    return row;
}

std::vector<std::string> balance_header(const std::string& first) {
    std::vector<std::string> row = {first};
    for (const auto& [title, key] : balance_columns())
        row.emplace_back(title);
    return row;
}

std::string profile_text(const json& result) {
    Rows rows = {balance_header("layer")};
    for (const auto& layer : result.value("layers", json::array()))
        rows.push_back(balance_row(show(layer, "layer"), layer.value("balance", json::object())));
    rows.push_back(balance_row("all", result.value("balance", json::object())));
    const json quality = result.value("quality", json::object());
    const auto mean = [&](const char* key) {
        const json spread = quality.value(key, json());
        return spread.is_object() ? show(spread, "mean", 3) : std::string();
    };
    return pairs({{"corpus", show(result, "corpus")},
                  {"tokens", show(result, "tokens")},
                  {"distinct ids", mean("distinct1")},
                  {"zlib ratio", mean("zlib_ratio")},
                  {"degenerate share", show(quality, "degenerate_share", 3)},
                  {"shared 4-grams", show(quality, "shared4", 3)}}) +
           "\n" + text_table(rows);
}

std::string sample_text(const json& result) {
    return pairs({{"sequences", show(result, "sequences")},
                  {"tokens", show(result, "tokens")},
                  {"perplexity", show(result, "perplexity")},
                  {"degenerate share", show(result, "degenerate_share")},
                  {"tokens a second", show(result, "tokens_per_second")},
                  {"seconds", show(result, "seconds")}}) +
           "\n" +
           text_table(
               {balance_header("balance"), balance_row("set", result.value("balance", json::object()))});
}

std::string quantize_text(const json& result) {
    struct Sum {
        double error = 0;
        int linears = 0, measured = 0, fallbacks = 0;
    };
    std::map<int, Sum> layers;
    for (const auto& linear : result.value("linears", json::array())) {
        Sum& sum =
            layers[linear.contains("layer") && linear["layer"].is_number() ? linear["layer"].get<int>() : -1];
        ++sum.linears;
        sum.fallbacks += linear.contains("fallback") && !linear["fallback"].is_null();
        if (linear.contains("relative_output_error") && linear["relative_output_error"].is_number()) {
            sum.error += linear["relative_output_error"].get<double>();
            ++sum.measured;
        }
    }
    Rows rows = {{"layer", "linears", "mean output error", "fallbacks"}};
    for (const auto& [layer, sum] : layers) {
        char error[32] = "";
        if (sum.measured > 0)
            std::snprintf(error, sizeof error, "%.3g %%", 100 * sum.error / sum.measured);
        rows.push_back({layer < 0 ? "-" : std::to_string(layer), std::to_string(sum.linears), error,
                        std::to_string(sum.fallbacks)});
    }
    std::string verified;
    if (result.contains("verified"))
        verified = result["verified"].is_boolean() ? (result["verified"].get<bool>() ? "yes" : "NO")
                                                   : show(result, "verified");
    return text_table(rows) + "\n" +
           pairs({{"before", bytes_text(result, "bytes_before")},
                  {"after", bytes_text(result, "bytes_after")},
                  {"peak memory", bytes_text(result, "peak_memory")},
                  {"read back and equal", verified},
                  {"seconds", show(result, "seconds")}});
}

std::string evaluate_text(const json& result) {
    Rows rows = {{"corpus", "perplexity", "tokens", "windows", "KL", "top-1", "routing"}};
    const json agreement = result.value("agreement", json::object());
    const json perplexities = result.value("perplexity", json::object());
    for (const auto& [spec, value] : perplexities.items()) {
        const json with = agreement.is_object() ? agreement.value(spec, json::object()) : json::object();
        rows.push_back({spec, show(value, "value", 6), show(value, "tokens"), show(value, "windows"),
                        show(with, "kl"), show(with, "top1"), show(with, "routing")});
    }
    return text_table(rows);
}

std::string checks_text(const json& result) {
    Rows rows = {{"check", "value", "tolerance", "result"}};
    for (const auto& check : result.value("checks", json::array()))
        if (check.is_object())
            rows.push_back({show(check, "name"), show(check, "value", 3), show(check, "tolerance", 3),
                            show(check, "ok") == "true" ? "passed" : "FAILED"});
    return text_table(rows);
}

std::string kind_text(const Job& job, const json& result) {
    if (result.is_object() && result.contains("text") && result["text"].is_string()) {
        std::string text = result["text"];
        return text.ends_with('\n') ? text : text + "\n";
    }
    if (job.kind == "inspect")
        return inspect_text(result);
    if (job.kind == "tokenize" && result.contains("ids"))
        return result["ids"].dump() + "\n";
    if (job.kind == "profile")
        return profile_text(result);
    if (job.kind == "sample")
        return sample_text(result);
    if (job.kind == "quantize")
        return quantize_text(result);
    if (job.kind == "evaluate")
        return evaluate_text(result);
    if (job.kind == "selftest")
        return checks_text(result);
    if (job.kind == "trace" || job.kind == "fetch" || job.kind == "export")
        return pairs({{"written", show(result, "path")},
                      {"tokens", show(result, "tokens")},
                      {"sha256", show(result, "sha256")},
                      {"bytes", bytes_text(result, "bytes")}});
    return "";
}

} // namespace

std::string text_table(const Rows& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths.resize(std::max(widths.size(), i + 1));
            widths[i] = std::max(widths[i], width(row[i]));
        }
    const auto numeric = [&](std::size_t column) {
        for (std::size_t r = 1; r < rows.size(); ++r)
            if (column < rows[r].size() && !rows[r][column].empty())
                return std::isdigit(static_cast<unsigned char>(rows[r][column].front())) != 0 ||
                       rows[r][column].front() == '-';
        return false;
    };
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string space(widths[i] - width(row[i]), ' ');
            line += (i > 0 ? "  " : "") + (numeric(i) ? space + row[i] : row[i] + space);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

std::string result_text(const Job& job, const json& result) {
    std::string text;
    try {
        if (result.is_object())
            text = kind_text(job, result);
    } catch (const json::exception&) { // a result stored by another version
        text.clear();
    }
    return text.empty() ? result.dump(2, ' ', false, json::error_handler_t::replace) + "\n" : text;
}

} // namespace moequant
