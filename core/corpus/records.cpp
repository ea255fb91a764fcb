#include "core/corpus/records.h"

#include "core/corpus/json_line.h"
#include "core/corpus/lines.h"
#include "core/corpus/maths_problems.h"
#include "core/job/error.h"

#include <cstdint>

namespace moequant {
namespace {

constexpr std::int64_t humaneval_head = 62;
constexpr std::string_view piece_mark = "* * *";

using Visit = std::function<bool(std::string_view text)>;

bool blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// Every record of JSON Lines as its raw line; `parse` is left to the caller, who may not want them all.
void raw_lines(const CorpusSource& source,
               const std::function<bool(std::string_view line, const std::string& where)>& visit) {
    bool more = true;
    for (const auto& file : source.files) {
        for_each_line(file, [&](std::string_view line, std::int64_t number) {
            if (!blank(line))
                more = visit(line, file.string() + ":" + std::to_string(number));
            return more;
        });
        if (!more)
            return;
    }
}

std::string joined_fields(const nlohmann::json& object, const CorpusSource& source,
                          const std::string& where) {
    for (const auto& names : source.fields) {
        bool all = true;
        for (const auto& name : names)
            all = all && object.contains(name);
        if (!all)
            continue;
        std::string text;
        for (const auto& name : names) {
            if (!object[name].is_string())
                throw RequestError(where, "field '" + name + "' is not a string");
            text += (&name == &names.front() ? "" : source.glue) + object[name].get<std::string>();
        }
        return text;
    }
    std::string wanted, there;
    for (const auto& names : source.fields)
        for (const auto& name : names)
            wanted += (wanted.empty() ? "'" : " or '") + name + "'";
    for (const auto& [name, value] : object.items())
        there += (there.empty() ? "" : ", ") + name;
    throw RequestError(where,
                       "no field " + wanted + " (the record has " + (there.empty() ? "none" : there) + ")");
}

/// The lines as Hugging Face's `wikitext` rows ("line\n", or "" where only white space stands), joined by
/// "\n\n".
std::string wiki_rows(const std::filesystem::path& file) {
    std::string text;
    bool first = true;
    for_each_line(file, [&](std::string_view line, std::int64_t) {
        if (!first)
            text += "\n\n";
        first = false;
        if (!blank(line))
            text.append(line).append("\n");
        return true;
    });
    return text;
}

/// Pieces of a built-in text, without the blank lines around the marks.
bool pieces(const std::filesystem::path& file, const Visit& visit) {
    std::string piece;
    bool more = true;
    const auto finish = [&] {
        const auto begin = piece.find_first_not_of('\n');
        if (begin != std::string::npos)
            more = visit(std::string_view(piece).substr(begin, piece.find_last_not_of('\n') + 2 - begin));
        piece.clear();
    };
    for_each_line(file, [&](std::string_view line, std::int64_t) {
        if (line == piece_mark)
            finish();
        else
            piece.append(line).append("\n");
        return more;
    });
    if (more)
        finish();
    return more;
}

bool belongs(RecordPart part, std::int64_t index, std::int64_t half) {
    switch (part) {
    case RecordPart::FirstHalf:
        return index < half;
    case RecordPart::SecondHalf:
        return index >= half;
    case RecordPart::Head:
        return index < humaneval_head;
    case RecordPart::Tail:
        return index >= humaneval_head;
    case RecordPart::Calibration:
        return index % 3 != 2;
    case RecordPart::HeldOut:
        return index % 3 == 2;
    case RecordPart::All:
        break;
    }
    return true;
}

void read_json_lines(const CorpusSource& source, const std::function<bool(std::string)>& record) {
    std::int64_t half = 0;
    if (source.part == RecordPart::FirstHalf || source.part == RecordPart::SecondHalf) {
        raw_lines(source, [&](std::string_view, const std::string&) { return ++half, true; });
        half /= 2;
    }
    std::int64_t index = 0;
    raw_lines(source, [&](std::string_view line, const std::string& where) {
        if (!belongs(source.part, index++, half))
            return true;
        return record(joined_fields(parse_json_line(line, where), source, where));
    });
}

} // namespace

nlohmann::json parse_json_line(std::string_view line, const std::string& where) {
    nlohmann::json object;
    try {
        object = nlohmann::json::parse(line);
    } catch (const nlohmann::json::exception& fault) {
        throw RequestError(where, std::string("malformed JSON: ") + fault.what());
    }
    if (!object.is_object())
        throw RequestError(where, "is not a JSON object");
    return object;
}

void read_records(const CorpusSource& source, const std::function<bool(std::string text)>& record) {
    std::int64_t index = 0;
    switch (source.form) {
    case RecordForm::Whole:
    case RecordForm::WikiLines:
        for (const auto& file : source.files)
            if (!record(source.form == RecordForm::Whole ? read_whole(file) : wiki_rows(file)))
                return;
        return;
    case RecordForm::JsonLines:
        return read_json_lines(source, record);
    case RecordForm::Pieces:
        for (const auto& file : source.files)
            if (!pieces(file, [&](std::string_view text) {
                    return !belongs(source.part, index++, 0) || record(std::string(text));
                }))
                return;
        return;
    case RecordForm::Maths:
        for (auto& text : maths_problems(source.part))
            if (!record(std::move(text)))
                return;
        return;
    }
}

} // namespace moequant
