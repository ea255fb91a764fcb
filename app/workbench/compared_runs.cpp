#include "app/workbench/compared_runs.h"

#include "core/job/published.h"
#include "widgets/colors.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <set>

namespace moequant {
namespace {

using nlohmann::json;

QString local_time(const QString& utc) {
    const QDateTime time = QDateTime::fromString(utc, Qt::ISODate);
    return time.isValid() ? QLocale().toString(time.toLocalTime(), QStringLiteral("d MMM HH:mm")) : utc;
}

void add_facts(ComparedRun& row, const std::vector<Fact>& facts) {
    for (const Fact& fact : facts)
        if (!row.fact(fact.key))
            row.facts.push_back(fact);
}

bool lies_at(const QString& model, const QString& place) {
    return QDir::cleanPath(model) == QDir::cleanPath(place);
}

ComparedRun row_of(const LibraryRun& run, RunGroup group) {
    ComparedRun row;
    row.id = row.folder = run.folder;
    row.name = run.title();
    row.model = run.model;
    row.time = run.time;
    row.group = group;
    row.facts = run.digest.facts;
    return row;
}

/// A set that EBSS wrote tells with which τ and w.
void add_set(ComparedRun& row, const LibraryRun& run, const std::vector<LibraryRun>& runs) {
    const QString spec = run.job.corpus.empty()
                             ? QString()
                             : QString::fromStdString(run.job.corpus.front()).section('?', 0, 0);
    if (!spec.startsWith("tokens:"))
        return;
    const QString file = spec.mid(7);
    for (const LibraryRun& other : runs) {
        const bool of_output = other.job.output && lies_at(file, QString::fromStdString(*other.job.output));
        if (other.kind != "sample" || (!of_output && !file.startsWith(other.folder + '/')))
            continue;
        for (const Fact& fact : other.digest.facts)
            if (fact.setting)
                add_facts(row, {fact});
        for (Fact& fact : row.facts)
            if (fact.key == "corpus")
                fact.value = other.title().toStdString();
        row.name.replace(source_title(spec), other.title());
        return;
    }
}

std::vector<ComparedRun> cells_of(const LibraryRun& run) {
    std::vector<ComparedRun> rows;
    std::set<std::string> branchings;
    for (const auto& cell : run.digest.cells)
        for (const Fact& fact : cell)
            if (fact.key == "branching")
                branchings.insert(fact.value.dump());
    const bool several_branchings = branchings.size() > 1;
    for (std::size_t i = 0; i < run.digest.cells.size(); ++i) {
        ComparedRun row = row_of(run, RunGroup::Sweeps);
        row.id += '#' + QString::number(i);
        row.facts = run.digest.cells[i];
        QStringList name;
        for (const Fact& fact : row.facts)
            if (fact.setting && (fact.key != "branching" || several_branchings))
                name.append(QString::fromStdString(
                    fact.title + " " +
                    (fact.value.is_string() ? fact.value.get<std::string>() : fact.value.dump())));
        row.name = name.join(QStringLiteral(", "));
        rows.push_back(std::move(row));
    }
    return rows;
}

/// A calibration set that all quantizations share tells none of them apart.
void drop_common_source(std::vector<ComparedRun>& rows) {
    QStringList sources;
    for (const ComparedRun& row : rows)
        if (const Fact* corpus = row.fact("corpus");
            corpus && row.group == RunGroup::Quantized && corpus->value.is_string())
            if (const QString title = source_title(QString::fromStdString(corpus->value.get<std::string>()));
                !sources.contains(title))
                sources.append(title);
    if (sources.size() != 1)
        return;
    const QString tail = QStringLiteral(", ") + sources.first();
    for (ComparedRun& row : rows)
        if (row.group == RunGroup::Quantized && row.name.endsWith(tail))
            row.name.chop(tail.size());
}

void make_names_differ(std::vector<ComparedRun>& rows) {
    QHash<QString, int> uses;
    for (const ComparedRun& row : rows)
        ++uses[row.name];
    QHash<QString, int> dated;
    for (ComparedRun& row : rows)
        if (uses[row.name] > 1)
            ++dated[row.name += QStringLiteral(" · ") + local_time(row.time)];
    QHash<QString, int> seen;
    for (ComparedRun& row : rows)
        if (dated.value(row.name) > 1)
            row.name += QStringLiteral(" (%1)").arg(++seen[row.name]);
}

} // namespace

const Fact* ComparedRun::fact(const std::string& key) const {
    for (const Fact& each : facts)
        if (each.key == key)
            return &each;
    return nullptr;
}

std::vector<ComparedRun> compared_runs(const std::vector<LibraryRun>& runs) {
    std::vector<ComparedRun> rows;
    std::vector<const LibraryRun*> evaluations;
    for (const LibraryRun& run : runs) {
        if (run.state != RunState::Finished || !run.read || !run.fault.isEmpty())
            continue;
        if (run.kind == "quantize") {
            ComparedRun row = row_of(run, RunGroup::Quantized);
            row.checkpoint = run.checkpoint();
            add_set(row, run, runs);
            rows.push_back(std::move(row));
        } else if (run.kind == "evaluate") {
            evaluations.push_back(&run);
        } else if (run.kind == "sample" || run.kind == "profile") {
            rows.push_back(row_of(run, RunGroup::Sets));
        } else if (run.kind == "sweep") {
            for (ComparedRun& cell : cells_of(run))
                rows.push_back(std::move(cell));
        }
    }
    // An evaluation belongs to the checkpoint that it measured; others of one model make a row together.
    for (const LibraryRun* run : evaluations) {
        auto row = std::find_if(rows.begin(), rows.end(), [&](const ComparedRun& each) {
            return !each.checkpoint.isEmpty() &&
                   (lies_at(run->model, each.checkpoint) || lies_at(run->model, each.folder));
        });
        if (row == rows.end()) {
            ComparedRun of_model = row_of(*run, RunGroup::Quantized);
            of_model.checkpoint = run->model;
            of_model.facts.clear();
            of_model.name =
                run->model == "sample" ? QObject::tr("Sample model") : QFileInfo(run->model).fileName();
            rows.push_back(std::move(of_model));
            row = rows.end() - 1;
        }
        row->evaluations.append(run->folder);
        add_facts(*row, run->digest.facts);
    }
    for (ComparedRun& row : rows)
        row.reference = std::any_of(evaluations.begin(), evaluations.end(), [&](const LibraryRun* run) {
            const json against = run->job.options.value("against", json());
            return against.is_string() && !row.checkpoint.isEmpty() &&
                   lies_at(QString::fromStdString(against.get<std::string>()), row.checkpoint) &&
                   !lies_at(run->model, row.checkpoint);
        });
    for (ComparedRun& row : rows)
        if (row.reference)
            row.name = QObject::tr("%1, float").arg(row.name);
    drop_common_source(rows);
    make_names_differ(rows);
    return rows;
}

std::vector<ComparedRun> published_for(const std::vector<ComparedRun>& runs, bool all_models) {
    std::vector<ComparedRun> rows;
    int number = 0;
    for (const PublishedRow& row : published_rows()) {
        ++number;
        if (!all_models && std::none_of(runs.begin(), runs.end(), [&](const ComparedRun& run) {
                return row.of_model(run.model.toStdString());
            }))
            continue;
        ComparedRun published;
        published.id = QStringLiteral("published#%1").arg(number);
        published.published = true;
        published.name = QString::fromStdString(all_models ? row.model + ": " + row.name : row.name);
        published.model = QString::fromStdString(row.model);
        published.about = QStringLiteral("%1\n%2\n%3")
                              .arg(QString::fromStdString(row.source), QString::fromStdString(row.about),
                                   QString::fromStdString(row.url));
        bool measured = false;
        for (const Fact& fact : row.facts) {
            bool taken = false;
            for (const ComparedRun& run : runs)
                for (const Fact& ours : run.facts)
                    if (published_key(ours.key) == fact.key && !published.fact(ours.key)) {
                        Fact here = ours;
                        here.value = fact.value;
                        here.error.reset();
                        published.facts.push_back(std::move(here));
                        taken = true;
                    }
            measured = measured || (taken && !fact.setting);
            if (!taken && all_models) {
                published.facts.push_back(fact);
                measured = true;
            }
        }
        if (measured)
            rows.push_back(std::move(published));
    }
    return rows;
}

PairedIntervals read_intervals(const json& result, const std::vector<ComparedRun>& runs,
                               const QString& baseline) {
    PairedIntervals intervals;
    QHash<QString, QString> row_of_run; // by the run folder's name
    for (const ComparedRun& run : runs)
        for (const QString& folder : run.evaluations)
            row_of_run[QFileInfo(folder).fileName()] = run.id;
    const json list = result.is_object() ? result.value("differences", json::array()) : json::array();
    for (const json& pair : list) {
        if (!pair.is_object() || !pair.value("low", json()).is_number() ||
            !pair.value("high", json()).is_number())
            continue;
        const QString row = row_of_run.value(QString::fromStdString(pair.value("run", ""))),
                      against = row_of_run.value(QString::fromStdString(pair.value("against", "")));
        const double low = std::expm1(pair["low"].get<double>()),
                     high = std::expm1(pair["high"].get<double>());
        const QString key = QStringLiteral("perplexity/") + QString::fromStdString(pair.value("corpus", ""));
        if (row.isEmpty() || against.isEmpty() || row == against)
            continue;
        if (against == baseline)
            intervals.rows[row][key] = {low, high};
        else if (row == baseline) // the other way round
            intervals.rows[against][key] = {1 / (1 + high) - 1, 1 / (1 + low) - 1};
    }
    return intervals;
}

QVector<ComparisonRow> comparison_rows(const std::vector<ComparedRun>& runs,
                                       const std::vector<FactColumn>& columns,
                                       const PairedIntervals& intervals) {
    QVector<ComparisonRow> rows;
    for (const ComparedRun& run : runs) {
        ComparisonRow row;
        row.id = run.id;
        row.name = run.name;
        row.published = run.published;
        row.contender = !run.reference;
        row.tip = run.published ? run.about : run.name + '\n' + run.folder + '\n' + local_time(run.time);
        const auto paired = intervals.rows.value(run.id);
        for (const FactColumn& column : columns) {
            ComparisonCell cell;
            if (const Fact* fact = run.fact(column.key)) {
                if (fact->value.is_number())
                    cell.value = fact->value.get<double>();
                else if (fact->value.is_string())
                    cell.text = column.key == "corpus" && !run.published
                                    ? source_title(QString::fromStdString(fact->value.get<std::string>()))
                                    : QString::fromStdString(fact->value.get<std::string>());
                else
                    cell.text = QString::fromStdString(fact->value.dump());
                if (fact->error)
                    cell.margin = 1.96 * *fact->error;
            }
            if (const auto found = paired.constFind(QString::fromStdString(column.key));
                found != paired.cend()) {
                cell.low = found->low;
                cell.high = found->high;
            }
            row.cells.append(cell);
        }
        rows.append(row);
    }
    return rows;
}

} // namespace moequant
