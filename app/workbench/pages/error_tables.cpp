#include "app/workbench/pages/error_tables.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr qsizetype most_rows = 1000;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ErrorTables)
};

/// Layer and expert stand in columns of their own: "down_proj (shrink)", "shared down_proj".
QString short_name(const LinearRow& linear) {
    QString name = linear.name.section('.', -1);
    if (linear.shared)
        name = Texts::tr("shared %1").arg(name);
    return linear.fallback.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, linear.fallback);
}

} // namespace

QVector<LinearRow> worst_by(const QVector<LinearRow>& rows, double LinearRow::*value) {
    QVector<qsizetype> order(rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i)
        order[i] = i;
    const auto worse = [&](qsizetype a, qsizetype b) {
        const double left = rows[a].*value, right = rows[b].*value;
        const double x = std::isfinite(left) ? left : -1, y = std::isfinite(right) ? right : -1;
        return x != y ? x > y : a < b;
    };
    const qsizetype count = std::min(rows.size(), most_rows);
    std::partial_sort(order.begin(), order.begin() + count, order.end(), worse);
    QVector<LinearRow> worst;
    for (qsizetype i = 0; i < count; ++i)
        worst.append(rows[order[i]]);
    return worst;
}

void show_linears(RunModel& model, const QVector<LinearRow>& linears) {
    QVector<RunRow> rows;
    for (const auto& linear : linears)
        rows.append({short_name(linear),
                     {double(linear.layer), linear.expert >= 0 ? double(linear.expert) : no_value,
                      linear.tokens, 100 * linear.relative_error},
                     false});
    model.set_runs({{Texts::tr("Layer"), 0, RunColumn::Better::Neither},
                    {Texts::tr("Expert"), 0, RunColumn::Better::Neither},
                    {Texts::tr("Tokens"), 0, RunColumn::Better::Neither},
                    {Texts::tr("Error %"), 3, RunColumn::Better::Neither}},
                   rows);
}

void show_channels(RunModel& model, const QVector<LinearRow>& linears) {
    QVector<RunRow> rows;
    for (const auto& linear : linears)
        rows.append({short_name(linear),
                     {double(linear.layer), linear.expert >= 0 ? double(linear.expert) : no_value,
                      double(linear.worst_channel), 100 * linear.worst_channel_error},
                     false});
    model.set_runs({{Texts::tr("Layer"), 0, RunColumn::Better::Neither},
                    {Texts::tr("Expert"), 0, RunColumn::Better::Neither},
                    {Texts::tr("Channel"), 0, RunColumn::Better::Neither},
                    {Texts::tr("Error %"), 3, RunColumn::Better::Neither}},
                   rows);
}

} // namespace moequant
