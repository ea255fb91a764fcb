#include "app/workbench/learn/topics.h"

#include "app/workbench/learn/lab_topics.h"

#include <QCoreApplication>

#include <stdexcept>

namespace moequant {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Topics)
};

const char* const moequant_paper = "Hu et al., MoEQuant, ICML 2025 (arXiv:2505.03804)";
const char* const gptq_paper = "Frantar et al., GPTQ, ICLR 2023 (arXiv:2210.17323)";

QVector<Topic> model_topics() {
    return {
        {"model", Texts::tr("The model"), {}, {}, true},
        {"layers", Texts::tr("Layers and experts"),
         Texts::tr(
             "A Mixture-of-Experts layer holds many small MLPs, the experts. A router gives each token a "
             "probability for every expert; the k best compute, and their outputs are added, weighted by "
             "these probabilities, the affinities."
             "<p><i>y = Σ<sub>i ∈ top-k</sub> s<sub>i</sub>(x) · E<sub>i</sub>(x)</i></p>"
             "Shared experts see every token. Only a few experts work for a token, so a small piece of text "
             "reaches each expert unevenly: everything on the other pages follows from that."),
         "Shazeer et al., 2017 (arXiv:1701.06538); Dai et al., DeepSeekMoE, 2024 (arXiv:2401.06066)"},
        {"memory",
         Texts::tr("The memory plan"),
         Texts::tr(
             "Quantizing goes layer by layer: one layer in float32, the Hessians of the experts in work, and "
             "the hidden states of the whole calibration set are in memory, never the whole model. The plan "
             "adds up exactly that."),
         {}},
    };
}

QVector<Topic> calibration_topics() {
    return {
        {"calibration", Texts::tr("Calibration: who gets the tokens?"), {}, {}, true},
        {"usage", Texts::tr("Expert usage"),
         Texts::tr(
             "How many of the calibration tokens the router of this layer sends to each expert. If all were "
             "used alike, every bar would reach the uniform line at 1/E. An expert below the token "
             "threshold has too few tokens for a good Hessian: its inputs span fewer directions than its "
             "weights have columns."
             "<p><i>share<sub>i</sub> = n<sub>i</sub> / Σ<sub>j</sub> n<sub>j</sub></i></p>"),
         Texts::tr("%1, equation 4").arg(moequant_paper)},
        {"usage-map",
         Texts::tr("Usage of every expert"),
         Texts::tr(
             "One row a layer, one cell an expert; brighter means more tokens. Maps of several sources share "
             "one colour range, so that they can be compared by eye. Hatched: no token at all."),
         {}},
        {"balance", Texts::tr("Balance by layer"),
         Texts::tr(
             "The spread of the shares in each layer; 0 is perfect balance. The coefficient of variation "
             "(CV) does not depend on the number of experts, so models can be compared by it; the standard "
             "deviation is what the paper prints."
             "<p><i>CV = std(n) / mean(n)</i></p>"),
         Texts::tr("%1, equations 3 and 4").arg(moequant_paper)},
        {"balance-table",
         Texts::tr("Balance in numbers"),
         Texts::tr(
             "One row a source, over all layers: CV and STD are means over layers, the Gini coefficient is 0 "
             "when all experts get the same and near 1 when one gets all, unused counts experts without a "
             "token, and below ½ % those with fewer than 0.5 % of a layer's tokens."),
         {}},
        {"lorenz", Texts::tr("Lorenz curve"),
         Texts::tr(
             "Experts sorted from least to most used along the axis, their share of all tokens added up. The "
             "diagonal is perfect balance; twice the area between it and the curve is the Gini coefficient."
             "<p><i>G = Σ<sub>i</sub> Σ<sub>j</sub> |n<sub>i</sub> − n<sub>j</sub>| / (2 E Σ n)</i></p>"),
         "Lorenz, 1905; Gini, 1912"},
        {"top-tokens",
         Texts::tr("What an expert likes"),
         Texts::tr(
             "The tokens of the calibration text that this expert got with the greatest affinity. Experts "
             "often specialise in shapes of text (digits, line ends, names) rather than in topics; a source "
             "without that shape starves them."),
         {}},
        {"similarity", Texts::tr("Similarity of sources"),
         Texts::tr(
             "How alike two sources use the experts, from 0 to 1, averaged over layers. Two sources that are "
             "nearly equal here calibrate nearly the same model: nothing is gained by mixing them."
             "<p><i>1 − JSD(p, q), in bits</i></p>"),
         "Lin, Divergence measures based on the Shannon entropy, 1991"},
    };
}

QVector<Topic> ebss_topics() {
    return {
        {"ebss-chapter", Texts::tr("EBSS: how is balance bought?"), {}, {}, true},
        {"ebss", Texts::tr("Expert-balanced self-sampling"),
         Texts::tr(
             "The model writes its own calibration text. A beam search keeps the w sequences that are both "
             "likely (so that the text is like what the model knows) and balanced (so that every expert "
             "gets tokens). τ sets the price: a small τ buys balance with odd text, τ = ∞ is plain "
             "likelihood."
             "<p><i>score = −(Σ log p) / l + σ / τ</i>, lower is kept</p>"),
         Texts::tr("%1, equations 9 to 14").arg(moequant_paper)},
        {"candidates", Texts::tr("Candidates of a step"),
         Texts::tr(
             "Every kept beam is extended by its most likely tokens; each extension is a candidate. The "
             "table is in the order of the score; the first w rows are kept, the others pruned."),
         Texts::tr("%1, equation 14").arg(moequant_paper)},
        {"plane",
         Texts::tr("The plane of likelihood and balance"),
         Texts::tr(
             "Each candidate is a point: mean −log p (in nats; its exponential is a perplexity) to the "
             "right, "
             "imbalance σ upwards. Candidates of equal score lie on a straight line of slope −τ, and the "
             "search "
             "keeps what lies below the lowest such lines. Moving τ turns the line and re-ranks the recorded "
             "candidates at once. From the first step whose choice changes, the real search would have gone "
             "elsewhere: later steps are grey until a preview runs it."
             "<p><i>m + σ/τ = const ⟺ σ = const − τ m</i></p>"),
         {}},
        {"search-tree",
         Texts::tr("The search as a tree"),
         Texts::tr(
             "Time runs to the right. Solid branches are the beams that were kept, fading ones were pruned. "
             "A tree that narrows to a single trunk early means that the beams share their beginning, and "
             "that a larger w buys little."),
         {}},
        {"course",
         Texts::tr("The course of the search"),
         Texts::tr(
             "Mean −log p and imbalance of the best beam, step by step. Imbalance is large at first, when "
             "few "
             "tokens are there, and falls as the search finds tokens for the experts that still lack some."),
         {}},
        {"set", Texts::tr("The set so far"),
         Texts::tr(
             "Balance and perplexity of all sequences together. Distinct-4 is the share of different "
             "4-grams: "
             "a sequence that loops has a low one and is flagged; reject it, or let the search replace it."),
         Texts::tr("Distinct-n: Li et al., 2016 (arXiv:1510.03055)")},
    };
}

QVector<Topic> quantization_topics() {
    return {
        {"quantization", Texts::tr("Quantization: what is lost?"), {}, {}, true},
        {"gptq", Texts::tr("GPTQ"),
         Texts::tr(
             "Columns are rounded one after another; what a rounding spoils is repaired in the columns still "
             "to come, as the inverse Hessian of the inputs says. It is only as good as its Hessian, and the "
             "Hessian only as good as the tokens that the expert saw."
             "<p><i>H = Σ x xᵀ, &nbsp; δ = −(w<sub>q</sub> − ŵ<sub>q</sub>) · H<sup>−1</sup><sub>q</sub> / "
             "[H<sup>−1</sup>]<sub>qq</sub></i></p>"),
         gptq_paper},
        {"agq", Texts::tr("AGQ: affinity-guided quantization"),
         Texts::tr("A token that an expert got with a small affinity hardly matters for the layer's output. "
                   "AGQ weighs "
                   "every token by its affinity c in the Hessian, and so does the error it reports."
                   "<p><i>H = Σ c · x xᵀ</i></p>"),
         Texts::tr("%1, equations 15 to 19").arg(moequant_paper)},
        {"awq", Texts::tr("AWQ and rotation"),
         Texts::tr(
             "AWQ multiplies the columns that see large inputs and divides the inputs by the same, so that "
             "rounding hurts them less. Rotation (QuaRot) turns the residual stream by a Hadamard matrix, "
             "which "
             "spreads outliers over all columns. Both leave the float model as it was."),
         "Lin et al., AWQ, 2024 (arXiv:2306.00978); Ashkboos et al., QuaRot, 2024 (arXiv:2404.00456)"},
        {"verdict",
         Texts::tr("The check before the run"),
         Texts::tr(
             "Memory is the plan of the Model page against what is free, disk the size of the result, time "
             "an "
             "estimate from the last run on this machine. Starved experts are those with fewer tokens than "
             "the "
             "threshold in the last profile of this source. What loads the result follows from bits, group "
             "size, zero points and format."),
         {}},
        {"error-map", Texts::tr("Error of every expert"),
         Texts::tr(
             "The relative error of an expert's outputs on the tokens that reached it, averaged over its "
             "three "
             "linears; viridis, logarithmic where it spreads widely. Hatched: no token, so no error could be "
             "measured."
             "<p><i>tr(ΔHΔᵀ) / tr(WHWᵀ), &nbsp; Δ = Ŵ − W</i></p>"),
         Texts::tr("%1, equation 1").arg(gptq_paper)},
        {"layer-lines", Texts::tr("What happened, layer by layer"),
         Texts::tr(
             "One line a finished layer: tokens routed, experts that fell back and to what, the error, the "
             "time. "
             "A fallback means that an expert had too few tokens for a Hessian of its own; its Hessian was "
             "shrunk towards the layer's, or it was rounded to nearest."),
         "Ledoit and Wolf, A well-conditioned estimator for large covariance matrices, 2004"},
    };
}

QVector<Topic> error_topics() {
    return {
        {"errors", Texts::tr("Errors: where did it go wrong?"), {}, {}, true},
        {"error-tokens",
         Texts::tr("Error against tokens"),
         Texts::tr("Each point is an expert, both axes logarithmic. The trend is a straight line through the "
                   "logarithms: a falling one says that experts with fewer tokens are quantized worse, which "
                   "is what "
                   "a balanced calibration set is meant to change."),
         {}},
        {"distribution", Texts::tr("Distribution of errors"),
         Texts::tr("The box spans the middle half of the experts, its line is the median, the whiskers reach "
                   "from the 5th to the 95th percentile, points beyond are drawn one by one."),
         "Tukey, Exploratory Data Analysis, 1977"},
        {"paired",
         Texts::tr("Paired differences"),
         Texts::tr(
             "The same expert in two runs: below zero, the first run is better. Pairing takes out that some "
             "experts are harder than others, so a small but steady difference shows. The interval holds the "
             "mean "
             "with 95 % confidence."
             "<p><i>d<sub>i</sub> = log<sub>2</sub>(e<sub>i</sub><sup>A</sup> / "
             "e<sub>i</sub><sup>B</sup>)</i></p>"),
         {}},
        {"worst",
         Texts::tr("Worst channels"),
         Texts::tr(
             "The output channel of each linear with the greatest relative error. One bad channel in many "
             "experts of a layer points to an outlier in its inputs: rotation or AWQ may help."),
         {}},
        {"history",
         Texts::tr("An expert through the runs"),
         Texts::tr("The error of the selected expert in every run of this model that is known here, oldest "
                   "to newest: did "
                   "another calibration set or more bits help this expert, or only the others?"),
         {}},
        {"runs",
         Texts::tr("Runs side by side"),
         Texts::tr(
             "One row a run, one column a number that runs measured. The best is bold. Differences to the "
             "baseline come with a 95 % interval where both runs measured the same windows. Rows with a "
             "dagger "
             "are published figures, measured by others on other machines and texts."),
         {}},
        {"queue",
         Texts::tr("Jobs that wait"),
         Texts::tr("Jobs run one after another, in this order. A quantization that was stopped, or whose "
                   "worker died, "
                   "goes on from its last finished layer: nothing that is on disk is computed again."),
         {}},
        {"log",
         Texts::tr("The log"),
         Texts::tr("What the worker and the window said, newest last; warnings stand out. The lines of a run "
                   "are also in "
                   "its folder, as events.jsonl."),
         {}},
        {"chart",
         Texts::tr("Any number against any setting"),
         Texts::tr("Choose what to draw upwards and along; runs that share all other settings are joined by "
                   "a line. "
                   "Sweeps over τ and w appear as curves."),
         {}},
        {"export",
         Texts::tr("Formats"),
         Texts::tr("The codes stay what they are where the new format can hold them; only the packing "
                   "changes. After "
                   "writing, every tensor is read back and compared."),
         {}},
    };
}

} // namespace

QVector<Topic> topics() {
    return model_topics() + calibration_topics() + ebss_topics() + quantization_topics() + error_topics() +
           lab_topics();
}

QString explanation(const char* key) {
    for (const Topic& topic : topics())
        if (qstrcmp(topic.key, key) == 0) {
            QString html = QStringLiteral("<h3>%1</h3>%2").arg(topic.title.toHtmlEscaped(), topic.text);
            if (!topic.source.isEmpty())
                html += QStringLiteral("<p><small>%1</small></p>").arg(topic.source.toHtmlEscaped());
            return html;
        }
    throw std::logic_error(std::string("no topic ") + key);
}

} // namespace moequant
