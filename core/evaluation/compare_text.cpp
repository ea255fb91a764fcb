// The comparison as text: table, CSV, LaTeX, Markdown.
#include "core/evaluation/compare.h"
#include "core/evaluation/text_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace moequant {
namespace {

using nlohmann::json;
using Rows = TextRows;

std::string number(double value, int decimals) {
    char text[64];
    if (value != 0 && std::abs(value) < std::pow(10, -decimals))
        std::snprintf(text, sizeof text, "%.2g", value);
    else
        std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string cell(const ComparisonColumn& column, const json& value) {
    if (value.is_null())
        return "";
    if (value.is_string())
        return value.get<std::string>();
    if (!value.is_number())
        return value.dump();
    const double factor = column.percent ? 100 : 1;
    return number(value.get<double>() * factor, value.is_number_integer() ? 0 : column.decimals);
}

/// Heading and rows; `before` and `after` are put around a best value, `other` after the rest of its column.
Rows cells(const Comparison& comparison, const std::string& before, const std::string& after,
           const std::string& other = "") {
    Rows rows = {{"run"}};
    for (const auto& column : comparison.columns)
        rows[0].push_back(column.title);
    for (const auto& row : comparison.rows) {
        std::vector<std::string> line = {row.name};
        for (std::size_t c = 0; c < comparison.columns.size(); ++c) {
            const std::string text = cell(comparison.columns[c], row.values[c]);
            const bool marked = std::any_of(comparison.rows.begin(), comparison.rows.end(),
                                            [c](const auto& each) { return each.best[c]; });
            line.push_back(row.best[c]               ? before + text + after
                           : marked && !text.empty() ? text + other
                                                     : text);
        }
        rows.push_back(std::move(line));
    }
    return rows;
}

/// The pairs with the first row that has any.
std::vector<const ComparedPair*> from_first(const Comparison& comparison) {
    std::vector<const ComparedPair*> pairs;
    for (const auto& pair : comparison.pairs)
        if (pair.against == comparison.pairs.front().against)
            pairs.push_back(&pair);
    return pairs;
}

Rows difference_rows(const Comparison& comparison) {
    Rows rows = {{"run", "corpus",
                  "perplexity against " + (comparison.pairs.empty()
                                               ? std::string("none")
                                               : comparison.rows[comparison.pairs.front().against].name)}};
    for (const auto* pair : from_first(comparison))
        rows.push_back({comparison.rows[pair->row].name, pair->spec, difference_text(pair->difference)});
    return rows;
}

std::string csv(const Rows& rows) {
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i > 0 ? "," : "") + csv_cell(row[i]);
        text += "\r\n";
    }
    return text;
}

std::string latex_cell(const std::string& text) {
    std::string safe;
    for (const char c : text)
        switch (c) {
        case '\\':
            safe += "\\textbackslash{}";
            break;
        case '~':
            safe += "\\textasciitilde{}";
            break;
        case '^':
            safe += "\\textasciicircum{}";
            break;
        case '&':
        case '%':
        case '$':
        case '#':
        case '_':
        case '{':
        case '}':
            safe += std::string("\\") + c;
            break;
        default:
            safe += c;
        }
    return safe;
}

std::string latex_line(const std::vector<std::string>& row) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
        line += (i > 0 ? " & " : "") + row[i];
    return line + " \\\\\n";
}

} // namespace

std::string difference_text(const PairedDifference& difference) {
    char text[128];
    std::snprintf(text, sizeof text, "%+.2f %%", difference.percent());
    if (!difference.low)
        return std::string(text) + ", one window: no interval";
    char interval[128];
    std::snprintf(interval, sizeof interval, " [%+.2f, %+.2f]", 100 * std::expm1(*difference.low),
                  100 * std::expm1(*difference.high));
    return std::string(text) + interval + (difference.shown() ? "" : ", no difference shown");
}

std::string rows_table(const Comparison& comparison) {
    std::string text = aligned_table(cells(comparison, "", " *", "  "));
    const bool any_best = std::any_of(comparison.rows.begin(), comparison.rows.end(), [](const auto& row) {
        return std::find(row.best.begin(), row.best.end(), true) != row.best.end();
    });
    if (any_best)
        text += "\n* best of the column\n";
    return text;
}

std::string rows_markdown(const Comparison& comparison) {
    return markdown_table(cells(comparison, "**", "**"));
}

std::string to_table(const Comparison& comparison) {
    std::string text = rows_table(comparison);
    if (!comparison.pairs.empty())
        text += "\n" + aligned_table(difference_rows(comparison)) + "\n95 % intervals, paired over " +
                "the same windows\n";
    return text;
}

std::string to_csv(const Comparison& comparison) {
    Rows rows = {{"run"}};
    for (const auto& column : comparison.columns)
        rows[0].push_back(column.key);
    for (const auto& row : comparison.rows) {
        std::vector<std::string> line = {row.name};
        for (const json& value : row.values)
            line.push_back(value.is_null()     ? ""
                           : value.is_string() ? value.get<std::string>()
                                               : value.dump());
        rows.push_back(std::move(line));
    }
    std::vector<std::string> specs;
    for (const auto* pair : from_first(comparison))
        if (std::find(specs.begin(), specs.end(), pair->spec) == specs.end())
            specs.push_back(pair->spec);
    for (const std::string& spec : specs) {
        for (const char* name : {"log_ratio/", "log_ratio_low/", "log_ratio_high/"})
            rows[0].push_back(name + spec);
        for (std::size_t r = 0; r < comparison.rows.size(); ++r) {
            std::vector<std::string> values(3);
            for (const auto* pair : from_first(comparison))
                if (pair->spec == spec && pair->row == r) {
                    values[0] = json(pair->difference.log_ratio).dump();
                    if (pair->difference.low) {
                        values[1] = json(*pair->difference.low).dump();
                        values[2] = json(*pair->difference.high).dump();
                    }
                }
            rows[r + 1].insert(rows[r + 1].end(), values.begin(), values.end());
        }
    }
    return csv(rows);
}

std::string to_latex(const Comparison& comparison) {
    Rows rows = cells(comparison, "", "");
    std::string text = "\\begin{tabular}{l";
    for (std::size_t c = 0; c < comparison.columns.size(); ++c) {
        const bool words = std::any_of(comparison.rows.begin(), comparison.rows.end(),
                                       [&](const auto& row) { return row.values[c].is_string(); });
        text += words ? "l" : "r";
    }
    text += "}\n\\toprule\n";
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t i = 0; i < rows[r].size(); ++i) {
            rows[r][i] = latex_cell(rows[r][i]);
            if (r > 0 && i > 0 && comparison.rows[r - 1].best[i - 1])
                rows[r][i] = "\\textbf{" + rows[r][i] + "}";
        }
        text += latex_line(rows[r]);
        if (r == 0)
            text += "\\midrule\n";
    }
    return text + "\\bottomrule\n\\end{tabular}\n";
}

std::string to_markdown(const Comparison& comparison) {
    std::string text = rows_markdown(comparison);
    if (!comparison.pairs.empty())
        text += "\n" + markdown_table(difference_rows(comparison)) +
                "\n95 % intervals, paired over the same windows.\n";
    return text;
}

} // namespace moequant
