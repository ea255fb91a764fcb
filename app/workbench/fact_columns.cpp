// Which columns the runs bring, what they are called for people, and a chart of one against another.
#include "app/workbench/compared_runs.h"
#include "widgets/colors.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace moequant {
namespace {

using nlohmann::json;

/// Of a text that the tables below mark for translation.
QString translated(const char* text) {
    return QCoreApplication::translate("ComparedRuns", text);
}

struct KnownColumn {
    const char *key, *title, *tip;
    bool usual;
};

constexpr KnownColumn known_columns[] = {
    {"method", QT_TRANSLATE_NOOP("ComparedRuns", "Method"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Quantizer, with AGQ where it weights the tokens"), true},
    {"bits", QT_TRANSLATE_NOOP("ComparedRuns", "Bits"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Bits of a weight's code"), true},
    {"group_size", QT_TRANSLATE_NOOP("ComparedRuns", "Group"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Columns that share a scale; -1: all of a row"), true},
    {"corpus", QT_TRANSLATE_NOOP("ComparedRuns", "Calibration"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Calibration set"), true},
    {"tau", "τ", QT_TRANSLATE_NOOP("ComparedRuns", "What balance weighs in EBSS; smaller: more"), true},
    {"width", "w", QT_TRANSLATE_NOOP("ComparedRuns", "Beams that EBSS keeps"), true},
    {"branching", QT_TRANSLATE_NOOP("ComparedRuns", "Branching"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Children of a beam that EBSS looks at"), true},
    {"tokens", QT_TRANSLATE_NOOP("ComparedRuns", "Tokens"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Tokens of the set"), true},
    {"cv", "CV",
     QT_TRANSLATE_NOOP("ComparedRuns", "Standard deviation of expert use over its mean; 0: perfectly even"),
     true},
    {"std_percent", QT_TRANSLATE_NOOP("ComparedRuns", "STD, %"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Standard deviation of expert use in percent of the tokens' slots"),
     false},
    {"std_token", QT_TRANSLATE_NOOP("ComparedRuns", "STD a token"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Standard deviation of expert use as the paper counts it"), false},
    {"unused", QT_TRANSLATE_NOOP("ComparedRuns", "Unused"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Experts without a token"), false},
    {"perplexity", QT_TRANSLATE_NOOP("ComparedRuns", "Perplexity of the set"),
     QT_TRANSLATE_NOOP("ComparedRuns", "How likely the float model finds the set"), true},
    {"degenerate_share", QT_TRANSLATE_NOOP("ComparedRuns", "Degenerate, %"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Sequences that repeat themselves"), true},
    {"expert_error", QT_TRANSLATE_NOOP("ComparedRuns", "Expert error, %"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Mean relative output error of the routed experts"), true},
    {"least_used_error", QT_TRANSLATE_NOOP("ComparedRuns", "Least used quarter, %"),
     QT_TRANSLATE_NOOP("ComparedRuns", "The same over the experts with the fewest calibration tokens"),
     false},
    {"size_ratio", QT_TRANSLATE_NOOP("ComparedRuns", "Size, %"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Of the float checkpoint's bytes"), true},
    {"bytes_after", QT_TRANSLATE_NOOP("ComparedRuns", "Size, MB"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Of the checkpoint"), false},
    {"peak_memory", QT_TRANSLATE_NOOP("ComparedRuns", "Memory, MB"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Most that quantizing needed"), false},
    {"fallbacks", QT_TRANSLATE_NOOP("ComparedRuns", "Fallbacks"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Linears that had too few tokens for the method"), false},
    {"seconds", QT_TRANSLATE_NOOP("ComparedRuns", "Seconds"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Time that it took"), false},
    {"average", QT_TRANSLATE_NOOP("ComparedRuns", "Tasks, %"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Mean of the tasks' scores"), true},
};

struct KnownPrefix {
    const char *prefix, *title, *tip;
    bool usual;
};

constexpr KnownPrefix known_prefixes[] = {
    {"perplexity/", QT_TRANSLATE_NOOP("ComparedRuns", "PPL %1"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Perplexity on %1"), true},
    {"kl/", QT_TRANSLATE_NOOP("ComparedRuns", "KL %1, nats"),
     QT_TRANSLATE_NOOP("ComparedRuns",
                       "Divergence of the next-token distribution from the float model's, on %1"),
     true},
    {"top1/", QT_TRANSLATE_NOOP("ComparedRuns", "Top-1 %1, %"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Tokens with the float model's most likely successor, on %1"), true},
    {"routing/", QT_TRANSLATE_NOOP("ComparedRuns", "Routing %1, %"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Tokens that reach the float model's experts, on %1"), false},
    {"task/", QT_TRANSLATE_NOOP("ComparedRuns", "%1, %"),
     QT_TRANSLATE_NOOP("ComparedRuns", "Score of the task %1"), true},
};

/// What is read first stands first.
int place_of(const FactColumn& column) {
    constexpr const char* order[] = {"perplexity/", "task/", "average", "kl/", "top1/", "routing/"};
    if (column.setting)
        return -1;
    for (int i = 0; i < int(std::size(order)); ++i)
        if (column.key.starts_with(order[i]))
            return i;
    return int(std::size(order));
}

/// Corpora that differ in their options alone are told apart by those.
QString corpus_title(const QString& spec, const std::set<std::string>& keys, const std::string& prefix) {
    int alike = 0;
    for (const std::string& key : keys)
        if (key.starts_with(prefix))
            alike += QString::fromStdString(key).mid(qsizetype(prefix.size())).section('?', 0, 0) ==
                     spec.section('?', 0, 0);
    return alike > 1 && spec.contains('?')
               ? QStringLiteral("%1 (%2)").arg(source_title(spec), spec.section('?', 1))
               : source_title(spec);
}

void name_column(FactColumn& column, const Fact& fact, const std::set<std::string>& keys) {
    ComparisonColumn& shown = column.shown;
    shown.key = QString::fromStdString(column.key);
    shown.title = QString::fromStdString(fact.title);
    for (const KnownColumn& known : known_columns)
        if (column.key == known.key) {
            shown.title = translated(known.title);
            shown.tip = translated(known.tip);
            column.usual = known.usual;
        }
    for (const KnownPrefix& known : known_prefixes)
        if (column.key.starts_with(known.prefix)) {
            const QString rest = shown.key.mid(qsizetype(std::string(known.prefix).size()));
            const QString name =
                column.key.starts_with("task/") ? rest : corpus_title(rest, keys, known.prefix);
            shown.title = translated(known.title).arg(name);
            shown.tip = translated(known.tip).arg(rest);
            column.usual = known.usual;
        }
}

QString value_text(const json& value) {
    if (value.is_string())
        return QString::fromStdString(value.get<std::string>());
    return value.is_number() ? QString::number(value.get<double>(), 'g', 6)
                             : QString::fromStdString(value.dump());
}

/// Categories that are numbers, infinity among them, in their order; others stay as the runs came.
void sort_categories(MetricData& data) {
    if (data.categories.isEmpty())
        return; // the setting is a number
    QVector<double> numbers;
    for (const QString& category : std::as_const(data.categories)) {
        bool good = false;
        numbers.append(category.toDouble(&good)); // reads "inf" too
        if (!good)
            return;
    }
    QVector<int> order(data.categories.size()), rank(order.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return numbers[a] < numbers[b]; });
    QStringList sorted;
    for (int i = 0; i < order.size(); ++i) {
        rank[order[i]] = i;
        sorted.append(data.categories[order[i]]);
    }
    data.categories = sorted;
    for (auto& series : data.series)
        for (auto& point : series.points)
            point.x = rank[int(point.x)];
}

} // namespace

std::vector<FactColumn> fact_columns(const std::vector<ComparedRun>& runs) {
    std::set<std::string> keys;
    std::vector<FactColumn> columns;
    for (const ComparedRun& run : runs)
        for (const Fact& fact : run.facts)
            keys.insert(fact.key);
    for (const bool settings : {true, false})
        for (const ComparedRun& run : runs)
            for (const Fact& fact : run.facts) {
                if (fact.setting != settings ||
                    std::any_of(columns.begin(), columns.end(),
                                [&](const auto& column) { return column.key == fact.key; }))
                    continue;
                FactColumn column;
                column.key = fact.key;
                column.setting = fact.setting;
                column.shown.digits = fact.setting ? -1 : fact.decimals;
                column.shown.percent = fact.percent;
                column.shown.better = fact.better == Better::Lower    ? ComparisonColumn::Better::Lower
                                      : fact.better == Better::Higher ? ComparisonColumn::Better::Higher
                                                                      : ComparisonColumn::Better::Neither;
                name_column(column, fact, keys);
                columns.push_back(std::move(column));
            }
    std::stable_sort(columns.begin(), columns.end(),
                     [](const FactColumn& a, const FactColumn& b) { return place_of(a) < place_of(b); });
    for (FactColumn& column : columns) {
        std::set<std::string> values;
        for (const ComparedRun& run : runs)
            if (const Fact* fact = run.fact(column.key))
                values.insert(fact->value.dump());
        column.varies = values.size() > 1;
    }
    return columns;
}

std::vector<std::string> chart_metrics(const std::vector<ComparedRun>& runs,
                                       const std::vector<FactColumn>& columns) {
    std::vector<std::string> perplexities, judged, others;
    for (const FactColumn& column : columns) {
        const bool number = std::any_of(runs.begin(), runs.end(), [&](const ComparedRun& run) {
            const Fact* fact = run.fact(column.key);
            return fact && fact->value.is_number();
        });
        if (column.setting || !number)
            continue;
        const bool neither = column.shown.better == ComparisonColumn::Better::Neither;
        (column.key.starts_with("perplexity/") ? perplexities
         : neither                             ? others
                                               : judged)
            .push_back(column.key);
    }
    perplexities.insert(perplexities.end(), judged.begin(), judged.end());
    perplexities.insert(perplexities.end(), others.begin(), others.end());
    return perplexities;
}

std::vector<std::string> chart_settings(const std::vector<FactColumn>& columns) {
    std::vector<std::string> keys;
    for (const FactColumn& column : columns)
        if (column.setting && column.varies)
            keys.push_back(column.key);
    // A sweep's axis is τ; quantizations are told apart by bits, then by method.
    for (const char* first : {"method", "bits", "width", "tau"})
        if (const auto found = std::find(keys.begin(), keys.end(), first); found != keys.end())
            std::rotate(keys.begin(), found, found + 1);
    keys.emplace_back("run");
    return keys;
}

QString column_title(const std::vector<FactColumn>& columns, const std::string& key) {
    for (const FactColumn& column : columns)
        if (column.key == key)
            return column.shown.title;
    return key == "run" ? QObject::tr("Run") : QString();
}

MetricData metric_data(const std::vector<ComparedRun>& runs, const FactColumn& metric,
                       const std::string& setting, const QString& setting_title) {
    MetricData data;
    data.metric_title = metric.shown.title;
    data.setting_title = setting_title;
    data.percent = metric.shown.percent;
    std::vector<const ComparedRun*> shown;
    bool numbers = setting != "run";
    for (const ComparedRun& run : runs) {
        const Fact* value = run.fact(metric.key);
        const Fact* at = run.fact(setting);
        if (!value || !value->value.is_number() || (setting != "run" && !at))
            continue;
        numbers = numbers && at && at->value.is_number();
        shown.push_back(&run);
    }
    // What tells the series apart: the first other setting that differs between these runs.
    std::string split;
    if (setting != "run")
        for (const FactColumn& column : fact_columns(runs)) {
            std::set<std::string> values;
            for (const ComparedRun* run : shown)
                if (const Fact* fact = run->fact(column.key); fact && column.setting && column.key != setting)
                    values.insert(fact->value.dump());
            if (values.size() > 1) {
                split = column.key;
                break;
            }
        }
    for (const ComparedRun* run : shown) {
        const Fact* value = run->fact(metric.key);
        const Fact* at = run->fact(setting);
        const Fact* part = split.empty() ? nullptr : run->fact(split);
        QString name =
            part ? (part->value.is_number() ? QString::fromStdString(part->title) + ' ' : QString()) +
                       (split == "corpus" ? source_title(value_text(part->value)) : value_text(part->value))
            : split.empty() ? data.metric_title
                            : QObject::tr("other");
        auto series = std::find_if(data.series.begin(), data.series.end(), [&](const MetricSeries& each) {
            return each.name == name && each.published == run->published;
        });
        if (series == data.series.end()) {
            int ours = 0;
            for (const auto& each : data.series)
                ours += !each.published;
            data.series.append({name, run_color(ours), run->published, {}});
            series = data.series.end() - 1;
        }
        MetricPoint point;
        point.value = value->value.get<double>();
        if (value->error)
            point.margin = 1.96 * *value->error;
        point.id = run->id;
        point.name = run->name;
        if (numbers) {
            point.x = at->value.get<double>();
        } else {
            const QString category = setting == "run"      ? run->name
                                     : setting == "corpus" ? source_title(value_text(at->value))
                                                           : value_text(at->value);
            if (!data.categories.contains(category))
                data.categories.append(category);
            point.x = double(data.categories.indexOf(category));
        }
        series->points.append(point);
    }
    sort_categories(data);
    return data;
}

} // namespace moequant
