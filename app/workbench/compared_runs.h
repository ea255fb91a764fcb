// The library's runs as the rows of a comparison: a quantization with its evaluations is one row, a sweep's
// cells are rows of their own, figures from papers stand below.
#pragma once
#include "app/workbench/run_library.h"
#include "widgets/plots/metric_chart.h"
#include "widgets/tables/comparison_model.h"

#include <QHash>

#include <vector>

namespace moequant {

enum class RunGroup { Quantized, Sets, Sweeps, All };

struct ComparedRun {
    QString id;   ///< folder of its first run, "#" and the cell's number behind a sweep's
    QString name; ///< for people; no two alike
    QString folder, model, checkpoint, time;
    QStringList evaluations; ///< folders, newest first
    RunGroup group = RunGroup::Quantized;
    std::vector<Fact> facts;
    bool published = false, reference = false; ///< reference: the float model of other rows
    QString about;                             ///< of a published row: source and cautions
    const Fact* fact(const std::string& key) const;
};

/// All finished runs that say something, newest first.
std::vector<ComparedRun> compared_runs(const std::vector<LibraryRun>& runs);
/// Those of papers with a value in a column that `runs` have: of the same models, or of all.
std::vector<ComparedRun> published_for(const std::vector<ComparedRun>& runs, bool all_models);

/// A column that the runs bring.
struct FactColumn {
    std::string key;
    ComparisonColumn shown;
    bool setting = false, varies = false;
    bool usual = true; ///< shown unless the user chose otherwise
};
/// In the order in which the rows name them, settings first.
std::vector<FactColumn> fact_columns(const std::vector<ComparedRun>& runs);

/// 95 % intervals of relative differences from the baseline: by row id and column key.
struct PairedIntervals {
    struct Interval {
        double low = no_value, high = no_value;
    };
    QHash<QString, QHash<QString, Interval>> rows;
};
/// From a `compare` job's result.
PairedIntervals read_intervals(const nlohmann::json& result, const std::vector<ComparedRun>& runs,
                               const QString& baseline);

QVector<ComparisonRow> comparison_rows(const std::vector<ComparedRun>& runs,
                                       const std::vector<FactColumn>& columns,
                                       const PairedIntervals& intervals = {});

/// Keys of what a chart can show, the best choice first: metrics with numbers, and settings that differ; of
/// the latter the last is "run", a category a run.
std::vector<std::string> chart_metrics(const std::vector<ComparedRun>& runs,
                                       const std::vector<FactColumn>& columns);
std::vector<std::string> chart_settings(const std::vector<FactColumn>& columns);
/// Its heading.
QString column_title(const std::vector<FactColumn>& columns, const std::string& key);

/// `setting` is a column's key, or "run" for a category a run. Series differ by the first other setting that
/// varies.
MetricData metric_data(const std::vector<ComparedRun>& runs, const FactColumn& metric,
                       const std::string& setting, const QString& setting_title);

} // namespace moequant
