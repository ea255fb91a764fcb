#include "app/workbench/set_file.h"

#include "core/job/error.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace moequant {
namespace {

using nlohmann::json;

double number(const json& record, const char* name, double otherwise) {
    return record.contains(name) && record[name].is_number() ? record[name].get<double>() : otherwise;
}

} // namespace

QVector<SetSequence> read_set(const QByteArray& bytes, const QString& name) {
    QVector<SetSequence> sequences;
    int line_number = 0;
    for (const QByteArray& line : bytes.split('\n')) {
        ++line_number;
        if (line.trimmed().isEmpty())
            continue;
        const auto refuse = [&](const char* fault) {
            return RequestError(name.toStdString() + ":" + std::to_string(line_number), fault);
        };
        const json record = json::parse(line.cbegin(), line.cend(), nullptr, false);
        if (!record.is_object() || !record.contains("ids") || !record["ids"].is_array())
            throw refuse("no JSON object with a list of ids");
        SetSequence sequence;
        for (const json& id : record["ids"]) {
            if (!id.is_number_integer())
                throw refuse("an id is no whole number");
            sequence.ids.append(id.get<int>());
        }
        if (record.contains("text") && record["text"].is_string())
            sequence.text = QString::fromStdString(record["text"].get<std::string>());
        sequence.log_prob = number(record, "log_prob", 0);
        sequence.sigma = number(record, "sigma", 0);
        sequence.score = number(record, "score", 0);
        sequence.distinct4 = number(record, "distinct4", 1);
        sequence.cycle_share = number(record, "cycle_share", 0);
        sequence.degenerate = record.value("degenerate", json()) == true;
        sequences.append(sequence);
    }
    return sequences;
}

QByteArray set_lines(const QVector<SetSequence>& sequences) {
    QByteArray lines;
    for (const auto& sequence : sequences) {
        const nlohmann::ordered_json record = {
            {"ids", std::vector<int>(sequence.ids.begin(), sequence.ids.end())},
            {"text", sequence.text.isEmpty() ? nlohmann::ordered_json()
                                             : nlohmann::ordered_json(sequence.text.toStdString())},
            {"log_prob", sequence.log_prob},
            {"sigma", sequence.sigma},
            {"score", sequence.score},
            {"distinct4", sequence.distinct4},
            {"cycle_share", sequence.cycle_share},
            {"degenerate", sequence.degenerate}};
        lines +=
            QByteArray::fromStdString(record.dump(-1, ' ', false, json::error_handler_t::replace)) + '\n';
    }
    return lines;
}

QString save_set(const QString& folder, const QString& stem, const QVector<SetSequence>& sequences) {
    QString path;
    for (int n = 1; path.isEmpty() || QFileInfo::exists(path); ++n)
        path =
            QDir(folder).filePath(n == 1 ? stem + ".jsonl" : QStringLiteral("%1-%2.jsonl").arg(stem).arg(n));
    QSaveFile file(path);
    const QByteArray lines = set_lines(sequences);
    if (!file.open(QIODevice::WriteOnly) || file.write(lines) != lines.size() || !file.commit())
        throw RequestError(path.toStdString(), file.errorString().toStdString());
    return path;
}

} // namespace moequant
