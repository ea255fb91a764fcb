#include "app/workbench/lab_notebook.h"

#include "app/workbench/lab_tour.h"
#include "core/job/job.h"
#include "widgets/plots/figure_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <cmath>

namespace moequant {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(LabNotebook)
};

/// Text as Markdown shows it literally.
QString literal(const QString& text) {
    QString escaped;
    for (const QChar c : text) {
        if (QStringLiteral("\\`*_[]<>|#").contains(c))
            escaped += '\\';
        escaped += c;
    }
    return escaped;
}

QString cell(double value) {
    return std::isfinite(value) ? QString::number(value, 'g', 4) : QStringLiteral("–");
}

QString cell(const QString& text) {
    return text.isEmpty() ? QStringLiteral("–") : literal(text);
}

QString row(const QStringList& cells) {
    return QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
}

/// A table whose columns after the first `texts` are numbers.
QString head(const QStringList& titles, int texts) {
    QStringList rules;
    for (int i = 0; i < titles.size(); ++i)
        rules.append(i < texts ? QStringLiteral("---") : QStringLiteral("---:"));
    return row(titles) + row(rules);
}

QString settings_of(const LabReport& report) {
    const LabStudy& study = report.study;
    const auto place = [](int value) { return value < 0 ? QString() : QString::number(value); };
    QString text = QStringLiteral("## ") + Texts::tr("What was studied") + QStringLiteral("\n\n") +
                   head({Texts::tr("Setting"), Texts::tr("Value")}, 2);
    const auto add = [&](const QString& name, const QString& value) { text += row({name, value}); };
    add(Texts::tr("Model"), cell(report.model));
    add(Texts::tr("Corpus"), cell(report.corpus));
    add(Texts::tr("Reference"), cell(report.reference));
    add(Texts::tr("Loss"), cell(study.loss));
    add(Texts::tr("Layer, expert, linear, row"),
        QStringList{cell(place(study.layer)), cell(place(study.expert)), cell(study.linear),
                    cell(place(study.row))}
            .join(QStringLiteral(", ")));
    add(Texts::tr("Base"),
        study.base == "rounded" ? Texts::tr("rounded to %1 bits").arg(study.bits) : cell(study.base));
    add(Texts::tr("Routing"), cell(study.routing));
    add(Texts::tr("Population (%1)").arg(unit_title(study.unit)), cell(study.population));
    add(Texts::tr("Resamples"), cell(study.resamples));
    add(Texts::tr("Loss at the weights"), cell(study.loss_value));
    add(QStringLiteral("σ"), cell(study.sigma));
    add(Texts::tr("Curvature (root mean square of the entries)"), cell(study.curvature));
    text += '\n' + head({Texts::tr("Entry"), Texts::tr("True"), Texts::tr("Gauss–Newton"),
                         Texts::tr("Affinity-weighted"), Texts::tr("Forward bias / ε"),
                         Texts::tr("Symmetric bias / ε²")},
                        1);
    for (const auto& entry : study.entries)
        text += row({QStringLiteral("%1, %2").arg(entry.i).arg(entry.j), cell(entry.truth),
                     cell(entry.gauss_newton), cell(entry.affinity), cell(entry.forward_slope),
                     cell(entry.symmetric_curvature)});
    return text + '\n';
}

QString orders_of(const LabReport& report) {
    if (report.orders.isEmpty())
        return {};
    QString text =
        QStringLiteral("## ") + Texts::tr("Fitted orders") + QStringLiteral("\n\n") +
        head({Texts::tr("Estimator"), Texts::tr("Sampling"), Texts::tr("Quantity"), Texts::tr("Measured"),
              Texts::tr("± 2 standard errors"), Texts::tr("Theory"), Texts::tr("Points")},
             3);
    const auto quantity = [](const QString& name) {
        if (name == "truncation")
            return Texts::tr("bias in ε");
        return name == "noise-epsilon" ? Texts::tr("variance in ε") : Texts::tr("variance in n");
    };
    for (const auto& order : report.orders)
        text += row({estimator_title(order.estimator), sampling_title(order.sampling),
                     quantity(order.quantity), cell(order.measured), cell(2 * order.error),
                     cell(order.theory), QString::number(order.points)});
    return text + '\n';
}

QString source_of(const LabReport& report) {
    if (report.source_terms.isEmpty())
        return {};
    QString text =
        QStringLiteral("## ") + Texts::tr("Is there a bias σ²/(nε²)?") + QStringLiteral("\n\n") +
        head({Texts::tr("Estimator"), Texts::tr("Sampling"), Texts::tr("Coefficient"),
              Texts::tr("95 % interval"), Texts::tr("Contains 0"), Texts::tr("Cells outside their interval")},
             2);
    for (const auto& term : report.source_terms)
        text += row({estimator_title(term.estimator), sampling_title(term.sampling), cell(term.coefficient),
                     Texts::tr("%1 to %2").arg(cell(term.low), cell(term.high)),
                     term.contains_zero ? Texts::tr("yes") : Texts::tr("no"),
                     Texts::tr("%1 of %2").arg(term.outside).arg(term.cells)});
    return text + '\n';
}

QString correlations_of(const LabReport& report) {
    if (report.curve.isEmpty() && report.experts.isEmpty())
        return {};
    const LabCorrelation& rho = report.correlation;
    QString text = QStringLiteral("## ") + Texts::tr("Correlations (Spearman)") + QStringLiteral("\n\n") +
                   head({Texts::tr("Pair"), QStringLiteral("ρ")}, 1);
    const auto add = [&](const QString& name, double value) { text += row({name, cell(value)}); };
    add(Texts::tr("Tokens and Hessian error"), rho.tokens_hessian);
    add(Texts::tr("Hessian error and quantization error"), rho.hessian_quantization);
    add(Texts::tr("the same inside each expert, mean"), rho.within_experts);
    add(Texts::tr("Hessian error and excess error"), rho.hessian_excess);
    add(Texts::tr("Tokens and quantization error"), rho.tokens_quantization);
    if (std::isfinite(rho.tokens_excess))
        add(Texts::tr("Tokens and excess error"), rho.tokens_excess);
    return text + '\n' +
           Texts::tr("Hessian error ~ n^p: p = %1, for small n %2, theory −0.5. Variance of the "
                     "affinity-weighted "
                     "Hessian over the plain one's: %3, predicted %4.")
               .arg(cell(rho.slope_n), cell(rho.slope_small_n), cell(report.variance_ratio),
                    cell(report.predicted_ratio)) +
           QStringLiteral("\n\n");
}

QString title_of(const LabReport& report) {
    const LabStudy& study = report.study;
    const QString model = report.model.isEmpty() ? study.loss : QFileInfo(report.model).fileName();
    return study.layer < 0 ? Texts::tr("Hessian lab: %1").arg(model)
                           : Texts::tr("Hessian lab: %1, layer %2, expert %3, %4")
                                 .arg(model)
                                 .arg(study.layer)
                                 .arg(study.expert)
                                 .arg(study.linear);
}

QString step_text(const TourStep& step, int number, const QString& picture) {
    QString text = QStringLiteral("## %1. %2\n\n").arg(number).arg(literal(step.title));
    for (const QString& paragraph : step.paragraphs)
        text += literal(paragraph) + QStringLiteral("\n\n");
    text += picture.isEmpty() ? QStringLiteral("*") + Texts::tr("No picture: not measured in this run.") +
                                    QStringLiteral("*\n\n")
                              : QStringLiteral("![%1](<%2>)\n\n").arg(literal(step.title), picture);
    text += QStringLiteral("**") + Texts::tr("Question.") + QStringLiteral("** ") + literal(step.question) +
            QStringLiteral("\n\n<details>\n<summary>") + Texts::tr("Answer") +
            QStringLiteral("</summary>\n\n") + literal(step.answer) + QStringLiteral("\n\n</details>\n\n");
    return text;
}

} // namespace

QString lab_command(const QString& run) {
    const QFileInfo info(run);
    const QString file = (info.isDir() ? run : info.path()) + QStringLiteral("/job.json");
    if (!QFileInfo::exists(file))
        return {};
    Job job = read_job_file(file.toStdString());
    job.run.reset(); // a folder of this machine
    return QString::fromStdString(to_command_line(job));
}

QString save_lab_notebook(const LabReport& report, const QString& command, const QString& path) {
    const QFileInfo info(path);
    const QString folder = info.completeBaseName() + QStringLiteral("_files");
    if (!info.absoluteDir().exists() || !info.absoluteDir().mkpath(folder))
        return Texts::tr("%1: the folder cannot be made").arg(info.absoluteDir().filePath(folder));
    QString text = QStringLiteral("# %1\n\n").arg(literal(title_of(report)));
    if (!command.isEmpty())
        text += Texts::tr("This notebook shows one run, made by:") +
                QStringLiteral("\n\n```sh\n%1\n```\n\n").arg(command);
    text += settings_of(report);
    for (const QString& warning : report.warnings)
        text += QStringLiteral("> ⚠ ") + literal(warning) + QStringLiteral("\n\n");
    int number = 0;
    for (const TourStep& step : lab_tour(report)) {
        const QString picture = QStringLiteral("%1/step-%2.svg").arg(folder).arg(++number);
        const QString file = info.absoluteDir().filePath(picture);
        const auto plot = make_panel(step.panel, report, step.view);
        const bool drawn = plot->content_shown();
        if (!drawn)
            QFile::remove(file); // of an earlier export under this name
        else if (QString fault = save_figure({{plot.get(), panel_title(step.panel, report, step.view)}}, 1,
                                             file, {170, 95, 300});
                 !fault.isEmpty())
            return fault;
        text += step_text(step, number, drawn ? picture : QString());
    }
    text += orders_of(report) + source_of(report) + correlations_of(report);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.trimmed().toUtf8() + '\n') < 0 || !file.commit())
        return QStringLiteral("%1: %2").arg(path, file.errorString());
    return {};
}

} // namespace moequant
