#include "app/workbench/lab_tour.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(LabTour)
};

QString missing() {
    return Texts::tr("not measured in this run");
}

QString number_text(double value) {
    if (!std::isfinite(value))
        return missing();
    const double size = std::abs(value);
    if (size > 0 && (size < 1e-3 || size >= 1e5))
        return (value < 0 ? QStringLiteral("−") : QString()) + power_text(size);
    return QString::number(value, 'g', 3).replace('-', QStringLiteral("−"));
}

QString count_text(double value) {
    return std::isfinite(value) ? QLocale().toString(qint64(std::llround(value))) : missing();
}

/// "1.002 ± 0.008 (theory 1)", two standard errors.
QString order_text(const LabReport& report, const char* estimator, const char* sampling,
                   const char* quantity) {
    for (const auto& order : report.orders)
        if (order.estimator == QLatin1String(estimator) && order.sampling == QLatin1String(sampling) &&
            order.quantity == QLatin1String(quantity) && std::isfinite(order.measured)) {
            QString text = QString::number(order.measured, 'f', 3);
            if (std::isfinite(order.error))
                text += QStringLiteral(" ± ") + QString::number(2 * order.error, 'f', 3);
            if (std::isfinite(order.theory))
                text = Texts::tr("%1 (theory %2)").arg(text).arg(order.theory);
            return text.replace('-', QStringLiteral("−"));
        }
    return missing();
}

QString loss_text(const LabStudy& study) {
    if (study.loss == "expert")
        return Texts::tr("the error of the expert's output");
    if (study.loss == "layer")
        return Texts::tr("the error of the layer's output");
    return study.loss == "model" ? Texts::tr("the model's own loss")
                                 : Texts::tr("a polynomial whose derivatives are known");
}

template <class Read>
double median_of(const QVector<LabExpert>& experts, Read read) {
    QVector<double> values;
    for (const auto& expert : experts)
        if (const double value = read(expert); std::isfinite(value))
            values.append(value);
    if (values.isEmpty())
        return no_value;
    std::sort(values.begin(), values.end());
    const auto middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// The measurement of the estimator with the least bias, rounding aside; null where there is none.
const LabPoint* best_point(const LabReport& report, const QString& estimator, const QString& sampling) {
    const LabPoint* best = nullptr;
    for (const auto& point : report.points)
        if (point.estimator == estimator && point.sampling == sampling && !point.dominated &&
            std::isfinite(point.bias) && (!best || point.bias < best->bias))
            best = &point;
    return best;
}

double relative_bias(const LabReport& report, const LabPoint* point) {
    return point && report.study.curvature > 0 ? point->bias / report.study.curvature : no_value;
}

QString rounding_text(const LabReport& report) {
    const auto marked = std::count_if(report.points.begin(), report.points.end(),
                                      [](const LabPoint& point) { return point.dominated; });
    const auto flipped = std::count_if(report.points.begin(), report.points.end(),
                                       [](const LabPoint& point) { return point.flips > 0; });
    QString text =
        Texts::tr("On the left stands the rounding wall: losses that are almost equal are subtracted and "
                  "divided by ε², so the smaller the step, the more the last digits count.");
    text += ' ' + (marked > 0
                       ? Texts::tr("In %1 measurements of this run rounding is the largest error; they are "
                                   "drawn as crosses and mean nothing.")
                             .arg(count_text(double(marked)))
                       : Texts::tr("In this run no measurement has rounding as its largest error."));
    if (flipped > 0)
        text +=
            ' ' + Texts::tr("In %1 measurements the step changed which experts are chosen: the loss jumps "
                            "there, and no derivative describes a jump. They have a ring.")
                      .arg(count_text(double(flipped)));
    return text;
}

TourStep difference_step(const LabReport& report) {
    const LabStudy& study = report.study;
    TourStep step;
    step.title = Texts::tr("What a finite difference sees");
    step.view = usual_view(report);
    if (lab_samplings(report).contains("exact"))
        step.view.sampling = QStringLiteral("exact");
    step.panel = LabPanel::BiasEpsilon;
    QString subject =
        Texts::tr("An entry of the Hessian says how the loss bends when two weights move together. The "
                  "loss here is %1.")
            .arg(loss_text(study));
    if (study.layer >= 0)
        subject += ' ' + Texts::tr("The weights are in row %1 of %2, layer %3, expert %4.")
                             .arg(study.row)
                             .arg(study.linear)
                             .arg(study.layer)
                             .arg(study.expert);
    subject += ' ' + Texts::tr("A finite difference moves both by a step ε and compares losses.");
    step.paragraphs.append(subject);
    step.paragraphs.append(
        study.quadratic
            ? Texts::tr(
                  "This loss is exactly quadratic in these weights. A second difference of a parabola is "
                  "exact at every ε: there is no truncation error, and what is seen is rounding alone.")
            : Texts::tr(
                  "On the right ε is too coarse and the series is cut off too early. The forward "
                  "difference errs like ε; in the symmetric one the odd terms cancel, and it errs like ε². "
                  "Orders fitted here: forward %1, symmetric %2.")
                  .arg(order_text(report, "forward", "exact", "truncation"),
                       order_text(report, "symmetric", "exact", "truncation")));
    step.paragraphs.append(rounding_text(report));
    step.question =
        Texts::tr("Which ε is best for the symmetric difference, and why is it not the smallest?");
    const LabPoint* best = best_point(report, QStringLiteral("symmetric"), step.view.sampling);
    const QString found =
        Texts::tr("Least bias in this run: at ε = %1, a share %2 of the curvature.")
            .arg(number_text(best ? best->epsilon : no_value), number_text(relative_bias(report, best)));
    step.answer =
        (study.quadratic ? Texts::tr("Any ε that is clear of the wall: there is no truncation to avoid, so "
                                     "a large step costs nothing.")
                         : Texts::tr("The one in the valley: to its right truncation grows like ε², to its "
                                     "left rounding like 1/ε².")) +
        ' ' + found;
    return step;
}

QString source_text(const LabReport& report) {
    QString text =
        Texts::tr("All of this is variance and not bias: the estimates scatter around the same mean. A "
                  "derivation in the MoEQuant repository has a bias of σ²/(nε²) instead; a coefficient "
                  "of 1 would be that, 0 none.");
    bool any = false;
    for (const auto& term : report.source_terms) // with common samples no noise of σ²/ε² could be anywhere
        if (term.sampling == "independent" && std::isfinite(term.coefficient) && std::isfinite(term.low) &&
            std::isfinite(term.high)) {
            any = true;
            text +=
                ' ' + (term.contains_zero
                           ? Texts::tr("%1, %2: %3, 95 % interval %4 to %5, which contains 0.")
                           : Texts::tr("%1, %2: %3, 95 % interval %4 to %5, which does not contain 0."))
                          .arg(estimator_title(term.estimator), sampling_title(term.sampling).toLower(),
                               number_text(term.coefficient), number_text(term.low), number_text(term.high));
        }
    return any ? text : text + ' ' + Texts::tr("Its coefficient: %1.").arg(missing());
}

TourStep noise_step(const LabReport& report) {
    const LabStudy& study = report.study;
    TourStep step;
    step.title = Texts::tr("Where noise enters");
    step.view = usual_view(report);
    if (lab_samplings(report).contains("independent"))
        step.view.sampling = QStringLiteral("independent");
    step.panel = LabPanel::VarianceEpsilon;
    step.paragraphs.append(
        Texts::tr(
            "With n samples instead of all (%1 %2) the loss is known up to noise. Losses of single samples "
            "deviate by σ (here: %3), means of n by σ/√n. What that does to the difference is decided by "
            "how samples are drawn.")
            .arg(count_text(study.population), unit_title(study.unit), number_text(study.sigma)));
    QString kinds =
        Texts::tr(
            "Common: one batch for every evaluation of an estimate. The noise cancels in the difference and "
            "Var(Hₛ)/n is left, without ε. Independent: a batch for each evaluation. Nothing cancels, and "
            "dividing by ε² gives 4σ²/(nε⁴) for forward and σ²/(4nε⁴) for symmetric; orders in ε fitted "
            "here: "
            "forward %1, symmetric %2. Exact: all samples, no noise.")
            .arg(order_text(report, "forward", "independent", "noise-epsilon"),
                 order_text(report, "symmetric", "independent", "noise-epsilon"));
    if (study.base == "float" && (study.loss == "expert" || study.loss == "layer"))
        kinds +=
            ' ' +
            Texts::tr("Around the float weights this loss is 0 and so is σ: the noise comes from the moved "
                      "weights alone and shrinks with ε.");
    step.paragraphs.append(kinds);
    step.paragraphs.append(source_text(report));
    step.question =
        Texts::tr("Samples are independent and you halve ε. What happens to the variance, and what can n "
                  "do about it?");
    step.answer =
        (study.sigma == 0
             ? Texts::tr(
                   "By the formula nothing, because σ is 0 here; with a σ it would grow 16-fold and take 16 "
                   "times the samples.")
             : Texts::tr("By the formula it grows 16-fold, and it takes 16 times the samples to make up for "
                         "that.")) +
        ' ' +
        Texts::tr("With common samples nothing happens, because ε is not in the formula: always use the same "
                  "samples on both sides of a difference.");
    return step;
}

TourStep samples_step(const LabReport& report) {
    TourStep step;
    step.title = Texts::tr("What more samples buy");
    step.view = usual_view(report);
    step.panel = LabPanel::VarianceN;
    step.paragraphs.append(
        Texts::tr(
            "A mean of n samples has 1/n of the variance of one. Orders in n fitted here, common samples: "
            "forward %1, symmetric %2; independent: forward %3, symmetric %4. Truncation does "
            "not fall with n: more samples of a biased estimate are sure of the wrong value.")
            .arg(order_text(report, "forward", "common", "noise-n"),
                 order_text(report, "symmetric", "common", "noise-n"),
                 order_text(report, "forward", "independent", "noise-n"),
                 order_text(report, "symmetric", "independent", "noise-n")));
    step.paragraphs.append(
        Texts::tr("Gauss–Newton needs no ε at all. For a squared error of a linear's output the "
                  "Hessian of a row of weights is XXᵀ/n up to a factor, the second moment of its "
                  "inputs. This is what GPTQ uses, and a factor does not change its codes."));
    const LabPoint* exact = best_point(report, QStringLiteral("gauss-newton"), QStringLiteral("exact"));
    step.paragraphs.append(
        lab_estimators(report).contains("gauss-newton")
            ? Texts::tr("For another loss it is an approximation. Against the true Hessian of the loss in "
                        "this run its "
                        "bias, with all samples and its best factor (%1), is a share %2 of the curvature.")
                  .arg(number_text(report.study.gauss_newton_scale),
                       number_text(relative_bias(report, exact)))
            : Texts::tr("Gauss–Newton: %1; a loss without a linear's inputs has none.").arg(missing()));
    step.question = Texts::tr("How many times the samples does a tenth of the standard deviation take?");
    step.answer = Texts::tr(
        "A hundred times: the variance must fall to a hundredth. Read the other way, an expert that "
        "gets a hundredth of the tokens has ten times the error. That is the next step.");
    return step;
}

QString not_measured_text() {
    return Texts::tr("Hessians of experts: %1. Run the lab with experts to see numbers and a picture here.")
        .arg(missing());
}

TourStep experts_step(const LabReport& report) {
    const auto& experts = report.experts;
    TourStep step;
    step.title = Texts::tr("From tokens to Hessians");
    step.view = usual_view(report);
    step.panel = LabPanel::HessianError;
    const double dimension = median_of(experts, [](const LabExpert& expert) { return expert.dimension; });
    QString law =
        Texts::tr("An expert's Hessian is a mean over the tokens that the router sends it, so its error "
                  "falls like 1/√n.");
    if (experts.isEmpty()) {
        law += ' ' + not_measured_text();
    } else {
        const auto [fewest, most] =
            std::minmax_element(experts.begin(), experts.end(),
                                [](const LabExpert& a, const LabExpert& b) { return a.tokens < b.tokens; });
        law +=
            ' ' +
            Texts::tr("Fitted slope: %1 (theory −0.5). Here layer %2, expert %3 got %4 tokens and layer %5, "
                      "expert %6 got %7; errors of their Hessians: %8 and %9.")
                .arg(number_text(report.correlation.slope_n))
                .arg(fewest->layer)
                .arg(fewest->expert)
                .arg(count_text(fewest->tokens))
                .arg(most->layer)
                .arg(most->expert)
                .arg(count_text(most->tokens), number_text(fewest->hessian_error),
                     number_text(most->hessian_error));
    }
    if (std::isfinite(report.correlation.slope_small_n))
        law +=
            ' ' +
            Texts::tr(
                "For n up to a thirty-second of an expert's tokens: slope %1. Beyond, it matters that tokens "
                "of one text are alike.")
                .arg(number_text(report.correlation.slope_small_n));
    step.paragraphs.append(law);
    QString rank =
        Texts::tr("n tokens give a Hessian of rank n at most. In directions that no token showed it is "
                  "zero, and only the damping lets GPTQ invert it.");
    if (!experts.isEmpty()) {
        const auto starved = std::count_if(experts.begin(), experts.end(), [](const LabExpert& expert) {
            return expert.tokens < expert.dimension;
        });
        rank +=
            ' ' +
            Texts::tr("Experts with fewer tokens than inputs: %1 of %2. The spectrum says how bad that is: "
                      "median effective rank %3 of %4 inputs.")
                .arg(count_text(double(starved)), count_text(double(experts.size())),
                     number_text(
                         median_of(experts, [](const LabExpert& expert) { return expert.effective_rank; })),
                     count_text(dimension));
    }
    step.paragraphs.append(rank);
    step.paragraphs.append(
        Texts::tr("AGQ weighs each token by its affinity c. A weighted mean is as noisy as a plain one of "
                  "(Σc)²/Σc² tokens. Median share of the tokens that are left: %1. Variance over the plain "
                  "one's at equal "
                  "n: measured %2, predicted %3.")
            .arg(number_text(median_of(
                     experts,
                     [](const LabExpert& expert) { return expert.effective_tokens / expert.tokens; })),
                 number_text(report.variance_ratio), number_text(report.predicted_ratio)));
    step.question = Texts::tr("One expert has 50 tokens, another 5000. How do their Hessians differ?");
    step.answer =
        Texts::tr(
            "The error of the first is ten times as large, √100. It also has rank 50 at most: with more "
            "inputs than that (here: %1) most directions are unknown, and there damping alone guides the "
            "rounding.")
            .arg(count_text(dimension));
    return step;
}

TourStep chain_step(const LabReport& report) {
    const LabCorrelation& rho = report.correlation;
    TourStep step;
    step.title = Texts::tr("The chain: imbalance, Hessian error, quantization error");
    step.view = usual_view(report);
    step.panel = LabPanel::QuantizationError;
    step.paragraphs.append(Texts::tr(
        "An uneven router leaves experts with few tokens, few tokens give a wrong Hessian, and with a "
        "wrong Hessian GPTQ corrects its rounding in the wrong directions. Spearman's ρ, between −1 and 1, "
        "says how far one order follows the other."));
    if (report.curve.isEmpty() && report.experts.isEmpty()) {
        step.paragraphs.append(not_measured_text());
    } else {
        QString numbers =
            Texts::tr(
                "Tokens and Hessian error: ρ = %1. Hessian error and quantization error: ρ = %2 over all "
                "points, %3 inside an expert. Hessian error and what it adds to the error with the "
                "reference's Hessian: ρ = %4. Tokens and quantization error: ρ = %5.")
                .arg(number_text(rho.tokens_hessian), number_text(rho.hessian_quantization),
                     number_text(rho.within_experts), number_text(rho.hessian_excess),
                     number_text(rho.tokens_quantization));
        if (std::isfinite(rho.tokens_excess))
            numbers += ' ' + Texts::tr("Tokens and what the Hessian's error adds: ρ = %1.")
                                 .arg(number_text(rho.tokens_excess));
        step.paragraphs.append(numbers);
    }
    step.paragraphs.append(
        Texts::tr("Experts differ in how hard they are to quantize at all, which blurs the picture "
                  "over all of them; inside one expert that is the same for every point. A "
                  "correlation is no proof of a cause, but here n alone was changed within an "
                  "expert."));
    step.question =
        Texts::tr("You may add ten thousand calibration tokens. Which experts should get them, and what "
                  "can you gain at most?");
    step.answer =
        Texts::tr("Those with the fewest, where 1/√n is steepest: this is what balanced calibration sets are "
                  "for. More tokens lead towards the error with the reference's own Hessian and no further: "
                  "median %1, now %2.")
            .arg(number_text(median_of(report.experts,
                                       [](const LabExpert& expert) { return expert.reference_error; })),
                 number_text(median_of(report.experts,
                                       [](const LabExpert& expert) { return expert.quantization_error; })));
    return step;
}

} // namespace

QVector<TourStep> lab_tour(const LabReport& report) {
    return {difference_step(report), noise_step(report), samples_step(report), experts_step(report),
            chain_step(report)};
}

} // namespace moequant
