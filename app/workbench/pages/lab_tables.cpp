#include "app/workbench/pages/lab_tables.h"

#include "app/workbench/lab_curves.h"

#include <QCoreApplication>

#include <cmath>

namespace moequant {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(LabTables)
};

constexpr auto neither = RunColumn::Better::Neither;

QString quantity_title(const QString& quantity) {
    return quantity == "truncation"      ? Texts::tr("bias ~ εᵖ")
           : quantity == "noise-epsilon" ? Texts::tr("variance ~ εᵖ")
                                         : Texts::tr("variance ~ nᵖ");
}

/// In a table there is no room for more.
QString short_sampling(const QString& sampling) {
    return sampling == "exact"         ? Texts::tr("exact")
           : sampling == "independent" ? Texts::tr("independent")
                                       : Texts::tr("common");
}

QString short_number(double value) {
    return QString::number(value, 'g', 2).replace(u'-', QChar(0x2212));
}

QString two_digits(double value) {
    return QString::number(value, 'f', 2).replace(u'-', QChar(0x2212));
}

} // namespace

void show_orders(RunModel& model, const LabReport& report) {
    QVector<RunRow> rows;
    for (const LabOrder& order : report.orders)
        rows.append({QStringLiteral("%1, %2: %3")
                         .arg(estimator_title(order.estimator), short_sampling(order.sampling),
                              quantity_title(order.quantity)),
                     {order.measured, order.error, order.theory},
                     false});
    model.set_runs({{Texts::tr("Measured"), 3, neither},
                    {QStringLiteral("±"), 4, neither},
                    {Texts::tr("Theory"), 0, neither}},
                   rows);
}

void show_source_terms(RunModel& model, const LabReport& report) {
    QVector<RunRow> rows;
    for (const LabSourceTerm& term : report.source_terms)
        rows.append(
            {QStringLiteral("%1, %2").arg(estimator_title(term.estimator), short_sampling(term.sampling)),
             {term.coefficient, term.low, term.high, double(term.cells), double(term.outside)},
             false});
    model.set_runs({{Texts::tr("Coefficient"), 3, neither},
                    {Texts::tr("95 % from"), 3, neither},
                    {Texts::tr("to"), 3, neither},
                    {Texts::tr("Cells"), 0, neither},
                    {Texts::tr("Outside"), 0, neither}},
                   rows);
}

void show_lab_experts(RunModel& model, const LabReport& report) {
    QVector<RunRow> rows;
    for (const LabExpert& expert : report.experts)
        rows.append({Texts::tr("Layer %1, expert %2").arg(expert.layer).arg(expert.expert),
                     {expert.tokens, expert.effective_tokens, 100 * expert.hessian_error,
                      expert.effective_rank, std::log10(expert.condition), 100 * expert.quantization_error},
                     false});
    model.set_runs({{Texts::tr("Tokens"), 0, neither},
                    {Texts::tr("Effective"), 0, neither},
                    {Texts::tr("H error %"), 1, neither},
                    {Texts::tr("Eff. rank"), 1, neither},
                    {Texts::tr("log₁₀ cond."), 1, neither},
                    {Texts::tr("Q error %"), 2, neither}},
                   rows);
}

QString source_term_text(const LabReport& report) {
    QStringList terms;
    bool none = true;
    for (const LabSourceTerm& term : report.source_terms) {
        // Common samples let the noise cancel before it could bias anything; the table has them too.
        if (!std::isfinite(term.coefficient) || term.sampling != "independent")
            continue;
        none = none && term.contains_zero;
        terms.append(QStringLiteral("%1 %2 [%3, %4]")
                         .arg(estimator_title(term.estimator), short_number(term.coefficient),
                              short_number(term.low), short_number(term.high)));
    }
    if (terms.isEmpty())
        return {};
    return (none ? Texts::tr("No sign of a bias σ²/(nε²); its coefficient, with 95 % interval: %1.")
                 : Texts::tr("There is a sign of a bias σ²/(nε²); its coefficient, with 95 % interval: %1."))
        .arg(terms.join(QStringLiteral(", ")));
}

QString correlation_text(const LabReport& report) {
    const LabCorrelation& found = report.correlation;
    QStringList parts;
    const auto add = [&](const QString& text, double value) {
        if (std::isfinite(value))
            parts.append(text.arg(two_digits(value)));
    };
    add(Texts::tr("tokens and Hessian error %1"), found.tokens_hessian);
    add(Texts::tr("Hessian and quantization error %1"), found.hessian_quantization);
    add(Texts::tr("within experts %1"), found.within_experts);
    QString text =
        parts.isEmpty() ? QString() : Texts::tr("Spearman's ρ: %1.").arg(parts.join(QStringLiteral(", ")));
    if (std::isfinite(found.slope_n))
        text += QStringLiteral(" ") + Texts::tr("Slope in n: %1 ± %2 (1/√n: −0.5).")
                                          .arg(two_digits(found.slope_n))
                                          .arg(QString::number(found.slope_error, 'g', 1));
    if (std::isfinite(found.slope_small_n))
        text += QStringLiteral(" ") + Texts::tr("For small n: %1.").arg(two_digits(found.slope_small_n));
    return text.trimmed();
}

} // namespace moequant
