#include "core/stages/sweep_report.h"

#include "core/evaluation/text_table.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <utility>
#include <vector>

namespace moequant {
namespace {

using nlohmann::json;

std::string show(const json& value, const char* format = "%.6g") {
    if (value.is_null())
        return "";
    if (!value.is_number_float())
        return value.is_string() ? value.get<std::string>() : value.dump();
    char text[64];
    std::snprintf(text, sizeof text, format, value.get<double>());
    return text;
}

std::vector<std::string> specs_of(const json& result) {
    std::vector<std::string> specs;
    for (const json& cell : result["cells"])
        if (specs.empty() && !cell["evaluation"].is_null())
            for (const auto& [spec, value] : cell["evaluation"]["perplexity"].items())
                specs.push_back(spec);
    return specs;
}

json evaluated(const json& cell, const std::string& spec) {
    return cell["evaluation"].is_null() ? json() : cell["evaluation"]["perplexity"][spec]["value"];
}

/// The different values of an axis, in the order of the cells.
std::vector<json> axis(const json& result, const char* key) {
    std::vector<json> values;
    for (const json& cell : result["cells"])
        if (std::find(values.begin(), values.end(), cell[key]) == values.end())
            values.push_back(cell[key]);
    return values;
}

using Measure = std::function<std::string(const json&)>;

/// A row each τ, a column each width.
std::string grid_table(const json& result, const json& branching, const Measure& measure) {
    const auto taus = axis(result, "tau"), widths = axis(result, "width");
    TextRows rows = {{"tau"}};
    for (const json& width : widths)
        rows[0].push_back("w " + width.dump());
    for (const json& tau : taus) {
        rows.push_back({show(tau)});
        for (const json& width : widths)
            for (const json& cell : result["cells"])
                if (cell["tau"] == tau && cell["width"] == width && cell["branching"] == branching)
                    rows.back().push_back(measure(cell));
        rows.back().resize(rows[0].size());
    }
    return aligned_table(rows);
}

TextRows cell_rows(const json& result) {
    const bool branched = axis(result, "branching").size() > 1;
    const auto specs = specs_of(result);
    TextRows rows = {{"tau", "width"}};
    if (branched)
        rows[0].emplace_back("branching");
    for (const char* title : {"CV", "perplexity", "degenerate %", "seconds", "tokens/s"})
        rows[0].emplace_back(title);
    for (const std::string& spec : specs)
        rows[0].push_back("quantized " + spec);
    for (const json& cell : result["cells"]) {
        rows.push_back({show(cell["tau"]), show(cell["width"])});
        if (branched)
            rows.back().push_back(show(cell["branching"]));
        rows.back().push_back(show(cell["balance"]["cv"], "%.4f"));
        rows.back().push_back(show(cell["perplexity"], "%.3f"));
        rows.back().push_back(show(json(100 * cell["degenerate_share"].get<double>()), "%.1f"));
        rows.back().push_back(show(cell["seconds"], "%.1f"));
        rows.back().push_back(show(cell["tokens_per_second"], "%.0f"));
        for (const std::string& spec : specs)
            rows.back().push_back(show(evaluated(cell, spec), "%.4f"));
    }
    return rows;
}

} // namespace

std::string sweep_csv(const json& result) {
    static const char* const measures[] = {"std_share", "std_token", "std_percent",
                                           "cv",        "gini",      "min_share",
                                           "max_share", "unused",    "below_half_percent"};
    static const char* const facts[] = {"perplexity", "degenerate_share", "seconds", "tokens_per_second",
                                        "set"};
    const auto specs = specs_of(result);
    std::string text = "tau,width,branching";
    for (const char* measure : measures)
        text += std::string(",") + measure;
    for (const char* fact : facts)
        text += std::string(",") + fact;
    for (const std::string& spec : specs)
        text += "," + csv_cell("quantized_perplexity/" + spec);
    text += "\r\n";
    for (const json& cell : result["cells"]) {
        text += show(cell["tau"], "%.12g") + "," + show(cell["width"]) + "," + show(cell["branching"]);
        for (const char* measure : measures)
            text += "," + show(cell["balance"].value(measure, json()), "%.9g");
        for (const char* fact : facts)
            text += "," + csv_cell(show(cell[fact], "%.9g"));
        for (const std::string& spec : specs)
            text += "," + show(evaluated(cell, spec), "%.9g");
        text += "\r\n";
    }
    return text;
}

std::string sweep_text(const json& result) {
    std::string text;
    const auto branchings = axis(result, "branching");
    const auto specs = specs_of(result);
    if (axis(result, "tau").size() > 1 && axis(result, "width").size() > 1) {
        std::vector<std::pair<std::string, Measure>> tables = {
            {"CV of expert usage", [](const json& cell) { return show(cell["balance"]["cv"], "%.4f"); }},
            {"Perplexity of the set", [](const json& cell) { return show(cell["perplexity"], "%.3f"); }}};
        for (const std::string& spec : specs)
            tables.emplace_back("Perplexity of the quantized model on " + spec,
                                [spec](const json& cell) { return show(evaluated(cell, spec), "%.4f"); });
        for (const auto& [title, measure] : tables)
            for (const json& branching : branchings)
                text += title + (branchings.size() > 1 ? ", branching " + show(branching) : "") + "\n" +
                        grid_table(result, branching, measure) + "\n";
    }
    text += aligned_table(cell_rows(result));
    if (!result["float"].is_null())
        for (const std::string& spec : specs)
            text += "float model on " + spec + ": " +
                    show(result["float"]["perplexity"][spec]["value"], "%.4f") + "\n";
    return text;
}

} // namespace moequant
