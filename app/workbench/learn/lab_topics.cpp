#include "app/workbench/learn/lab_topics.h"

#include <QCoreApplication>

namespace moequant {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Topics)
};

const char* const nocedal = "Nocedal and Wright, Numerical Optimization, 2006, section 8.1";
const char* const gptq_paper = "Frantar et al., GPTQ, ICLR 2023 (arXiv:2210.17323)";

QVector<Topic> study_topics() {
    return {
        {"lab", Texts::tr("Lab: why does balance matter?"), {}, {}, true},
        {"lab-differences", Texts::tr("Finite differences and their two orders"),
         Texts::tr(
             "An entry of the Hessian can be measured by moving two weights a little and looking at the "
             "loss. The forward difference looks at w and above it, and its error falls like ε; the "
             "symmetric one looks at both sides, the odd terms cancel, and its error falls like ε². Where ε "
             "is too small the subtraction leaves rounding errors alone: the point is marked."
             "<p><i>forward: [L(w+εe<sub>i</sub>+εe<sub>j</sub>) − L(w+εe<sub>i</sub>) − "
             "L(w+εe<sub>j</sub>) + L(w)] / ε², error O(ε)</i></p>"
             "<p><i>symmetric: [L(++) − L(+−) − L(−+) + L(−−)] / (4ε²), error O(ε²)</i></p>"
             "Where the loss is quadratic in these weights, as the error of an expert's output is in up and "
             "down, both are exact at every ε."),
         nocedal},
        {"lab-noise", Texts::tr("Sampling noise"),
         Texts::tr(
             "With n tokens the loss is known up to noise of variance σ²/n. If every evaluation draws a "
             "batch "
             "of its own, dividing by ε² makes that noise huge; one batch for all evaluations of an estimate "
             "(common) lets it cancel, and what is left does not depend on ε. Noise spreads the estimates "
             "but "
             "does not move their mean: a bias of σ²/(nε²), as a derivation in the MoEQuant repository has "
             "it, is looked for here and given with its 95 % interval."
             "<p><i>independent: forward 4σ²/(nε⁴), symmetric σ²/(4nε⁴)</i></p>"
             "<p><i>common: Var(one token's difference) / n</i></p>"),
         "Glasserman, Monte Carlo Methods in Financial Engineering, 2003, section 7.1"},
        {"lab-surface", Texts::tr("The surface over ε and n"),
         Texts::tr(
             "Every pair of ε and n is a cell, its colour the whole error: bias and noise together. To the "
             "left noise or rounding rules, to the right the truncation of the series; more tokens help on "
             "the left alone. Between the two lies the ε to measure at."
             "<p><i>error = √(bias² + variance)</i></p>"),
         nocedal},
        {"lab-orders",
         Texts::tr("Measured orders"),
         Texts::tr(
             "Straight lines through the logarithms: the error against ε where truncation rules, the "
             "variance against ε and n. The slope is the order, printed beside what the theory says; the "
             "interval is two standard errors of the fit. The last rows give the coefficient of a bias "
             "σ²/(nε²): where its interval contains 0 there is no sign of one."),
         {}},
        {"lab-gauss-newton", Texts::tr("Gauss–Newton, and what GPTQ uses"),
         Texts::tr(
             "For a squared error of a linear's output the Hessian of a row of weights is the second moment "
             "of its inputs: no weight is moved and no ε is chosen. GPTQ uses it for every row; AGQ weighs "
             "each "
             "token by its affinity. Both are compared here with the true Hessian of the chosen loss, up to "
             "a scale that GPTQ does not feel."
             "<p><i>H = 2/n · Σ x xᵀ, &nbsp; H<sub>AGQ</sub> = 2/Σc · Σ c x xᵀ</i></p>"),
         Texts::tr("%1, equations 1 to 3").arg(gptq_paper)},
    };
}

QVector<Topic> expert_topics() {
    return {
        {"lab-chain",
         Texts::tr("From balance to error: the chain"),
         Texts::tr(
             "Read from top to bottom. An uneven router gives some experts few tokens; few tokens give a "
             "Hessian "
             "with a large error, which falls like 1/√n; and GPTQ, steered by a wrong Hessian, rounds worse "
             "on text it has not seen. Every step is measured with the same experts, so a point in one "
             "picture is the same expert in the others."),
         {}},
        {"lab-hessian-error",
         Texts::tr("Hessian error and 1/√n"),
         Texts::tr(
             "How far the Hessian of n tokens is from that of a large reference, relative to it. It is a "
             "mean "
             "over tokens, so its error falls like 1/√n: four times the tokens halve it, and an expert with "
             "a "
             "hundredth of the tokens has ten times the error. The line is what the spread of single tokens "
             "predicts."
             "<p><i>‖H<sub>n</sub> − H‖<sub>F</sub> / ‖H‖<sub>F</sub> ≈ √((E‖x‖⁴ / ‖E xxᵀ‖² − 1) / "
             "n)</i></p>"),
         {}},
        {"lab-quantization", Texts::tr("Quantization error against Hessian error"),
         Texts::tr(
             "Each point is one Hessian: quantized with it, judged with the reference. Spearman's ρ says how "
             "well the order of one error gives that of the other, from −1 to 1. Experts differ in how hard "
             "they are to quantize at all; within an expert, where that is the same for all points, the "
             "relation is clearest."),
         "Spearman, 1904"},
        {"lab-rank", Texts::tr("Effective rank and condition"),
         Texts::tr(
             "The eigenvalues of the reference Hessian, largest first. A steep fall means that the inputs "
             "live "
             "in few directions, and few tokens suffice to know them; the effective rank counts them. The "
             "condition is the largest eigenvalue over the smallest after damping: the larger, the more an "
             "error of H is magnified in its inverse, which is what GPTQ uses."
             "<p><i>effective rank = exp(−Σ p<sub>k</sub> ln p<sub>k</sub>), &nbsp; p<sub>k</sub> = "
             "λ<sub>k</sub> / Σ λ</i></p>"),
         "Roy and Vetterli, The effective rank, EUSIPCO 2007"},
        {"lab-tour",
         Texts::tr("The tour"),
         Texts::tr(
             "Five steps through this run's own numbers, from the finite difference to the experts. "
             "Each asks a question before it answers; arrow keys walk, Return reveals. The notebook has "
             "the same steps as Markdown, for a lecture or a lab report."),
         {}},
    };
}

} // namespace

QVector<Topic> lab_topics() {
    return study_topics() + expert_topics();
}

} // namespace moequant
