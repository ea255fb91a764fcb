#include "app/workbench/pages/ebss_words.h"

#include <QCoreApplication>

#include <map>

namespace moequant {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(EbssWords)
};

} // namespace

QString ebss_word(const std::string& key) {
    static const std::map<std::string, const char*> words = {
        {"preset", QT_TRANSLATE_NOOP(
                       "EbssWords", "As in the paper: τ 1.2, four beams, each sequence on its own. Balanced: "
                                    "one beam of four drawn continuations, balance over the whole set.")},
        {"tau", QT_TRANSLATE_NOOP("EbssWords", "τ divides imbalance: the smaller, the more balance counts "
                                               "against likelihood; ∞ leaves likelihood alone. Paper: 1.2.")},
        {"width", QT_TRANSLATE_NOOP("EbssWords", "Beams that a sequence keeps at every step. Paper: 4.")},
        {"branching", QT_TRANSLATE_NOOP("EbssWords", "Continuations tried of each beam; 0 means as many as "
                                                     "beams, which loses nothing. Paper: 4.")},
        {"balance_scope", QT_TRANSLATE_NOOP("EbssWords", "Whether each sequence is balanced by itself or the "
                                                         "set as a whole. Paper: each sequence.")},
        {"length", QT_TRANSLATE_NOOP("EbssWords", "Tokens of every sequence. Paper: 512.")},
        {"sequences", QT_TRANSLATE_NOOP("EbssWords", "Sequences of the set. Paper: 128.")},
        {"seed",
         QT_TRANSLATE_NOOP("EbssWords", "Decides first tokens and all draws: the same seed writes the "
                                        "same set.")},
        {"sigma_of", QT_TRANSLATE_NOOP("EbssWords", "Whose use of experts is judged: the beam before the new "
                                                    "token or with it. Paper: before (parent).")},
        {"sigma_unit",
         QT_TRANSLATE_NOOP("EbssWords", "The unit of σ, and so the weight of τ. The paper names "
                                        "none; percent fits its τ.")},
        {"noise", QT_TRANSLATE_NOOP("EbssWords", "0 tries the most likely continuations, more draws them. "
                                                 "Paper: 0.")},
        {"retries", QT_TRANSLATE_NOOP("EbssWords", "How often a sequence that loops is written anew. "
                                                   "Paper: 0.")},
        {"no_repeat_ngram", QT_TRANSLATE_NOOP("EbssWords", "No n tokens in a row come twice in a sequence; 0 "
                                                           "allows it. Paper: 0.")},
        {"warmup", QT_TRANSLATE_NOOP("EbssWords", "Tokens drawn from the model before the search begins. "
                                                  "Paper's authors: 3.")},
        {"first_token", QT_TRANSLATE_NOOP("EbssWords", "Drawn uniformly, or one after the other. "
                                                       "Paper: uniform.")},
        {"eos", QT_TRANSLATE_NOOP("EbssWords", "Whether a sequence may end early. Here it may not unless "
                                               "asked; the paper says nothing.")},
    };
    const auto found = words.find(key);
    return found == words.end() ? QString() : Words::tr(found->second);
}

QString sigma_title(const nlohmann::json& options) {
    const std::string unit = options.value("sigma_unit", "percent");
    const QString of =
        options.value("balance_scope", "sequence") == "set" ? Words::tr("N·σ of the set") : Words::tr("σ");
    const QString name = unit == "percent" ? Words::tr("percentage points")
                         : unit == "cv"    ? Words::tr("CV")
                         : unit == "token" ? Words::tr("share of tokens")
                         : unit == "share" ? Words::tr("share of slots")
                                           : QString::fromStdString(unit);
    return QStringLiteral("%1 (%2)").arg(of, name);
}

QString set_stem(const nlohmann::json& options) {
    const nlohmann::json tau = options.value("tau", nlohmann::json());
    return QStringLiteral("ebss-tau%1-w%2")
        .arg(tau.is_number() ? QString::number(tau.get<double>(), 'g', 4) : QStringLiteral("inf"))
        .arg(options.value("width", 0));
}

} // namespace moequant
