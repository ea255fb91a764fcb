#include "core/evaluation/text_table.h"

#include <algorithm>
#include <cctype>

namespace moequant {
namespace {

std::size_t width(const std::string& text) { // characters, not bytes
    return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

/// Whether the cells below the heading are numbers, of which some may be missing.
bool numeric(const TextRows& rows, std::size_t column) {
    bool any = false;
    for (std::size_t r = 1; r < rows.size(); ++r) {
        const std::string& cell = rows[r][column];
        if (cell.empty())
            continue;
        const std::size_t sign = cell[0] == '-' || cell[0] == '+' ? 1 : 0;
        if (cell.find_first_not_of("0123456789.e+-* ") != std::string::npos || cell.size() == sign ||
            std::isdigit(static_cast<unsigned char>(cell[sign])) == 0)
            return false;
        any = true;
    }
    return any;
}

} // namespace

std::string aligned_table(const TextRows& rows) {
    std::vector<std::size_t> widths(rows.front().size());
    std::vector<bool> right(widths.size());
    for (std::size_t i = 0; i < widths.size(); ++i) {
        right[i] = numeric(rows, i);
        for (const auto& row : rows)
            widths[i] = std::max(widths[i], width(row[i]));
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string space(widths[i] - width(row[i]), ' ');
            line += (i > 0 ? "  " : "") + (right[i] ? space + row[i] : row[i] + space);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

std::string markdown_table(const TextRows& rows) {
    std::string text;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        text += "|";
        for (std::string cell : rows[r]) {
            for (std::size_t at = 0; (at = cell.find('|', at)) != std::string::npos; at += 2)
                cell.insert(at, "\\");
            text += " " + cell + " |";
        }
        text += "\n";
        if (r == 0) {
            text += "|";
            for (std::size_t i = 0; i < rows[0].size(); ++i)
                text += " --- |";
            text += "\n";
        }
    }
    return text;
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

} // namespace moequant
