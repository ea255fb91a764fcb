// Results of runs as the structs that the views draw. Reads result.json and job.json of run folders; no Qt
// widgets.
#pragma once
#include "widgets/plots/series.h"
#include "widgets/tables/balance_model.h"

#include <nlohmann/json.hpp>

#include <QString>

#include <filesystem>

namespace moequant {

/// A row of a quantization report (docs/quantization.md, "Error report").
struct LinearRow {
    QString name;
    int layer = -1;
    int expert = -1; ///< -1: none or the shared one
    bool shared = false;
    double tokens = 0;
    double relative_error = no_value; ///< NaN where it was not measured
    QString fallback;                 ///< empty: none
    int worst_channel = -1;           ///< output with the greatest relative error; -1: none
    double worst_channel_error = no_value;
};

/// What a profile says about one source. Throws RequestError naming the field that is missing or of a wrong
/// type.
struct ProfileReport {
    QString spec;
    UsageSeries usage;
    QVector<double> layers, cv, std_percent, std_share; ///< a value for each MoE layer
    BalanceRow balance;
    QString run; ///< folder; empty: not known
};
ProfileReport read_profile(const nlohmann::json& result, const QString& where);
/// A profile that has no layer yet, for a source whose `usage` events are to come.
ProfileReport empty_profile(const QString& spec);
/// Takes one layer's `usage` event in; the balance is that of the layers so far (Gini aside, which only the
/// result has).
void add_usage(ProfileReport& report, const nlohmann::json& event, const QString& where);

LinearRow read_linear(const nlohmann::json& row, const QString& where);
QVector<LinearRow> read_linears(const nlohmann::json& result, const QString& where);

/// The mean relative output error of each expert over its linears; NaN where none was measured. `tokens` are
/// those of the expert's first linear.
CellMap expert_errors(const QVector<LinearRow>& rows, const QString& name);

/// The document in RUN/result.json. Throws RequestError naming the file: missing (the run did not finish),
/// not JSON, larger than 1 GiB.
nlohmann::json read_result(const std::filesystem::path& run);
/// `kind` in RUN/job.json; empty where there is none.
QString run_kind(const std::filesystem::path& run);

} // namespace moequant
