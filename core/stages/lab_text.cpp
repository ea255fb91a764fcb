#include "core/evaluation/text_table.h"
#include "core/stages/lab_report.h"

namespace moequant {
namespace {

using nlohmann::json;

std::string shown(const json& value, const char* format = "%.4g") {
    if (!value.is_number())
        return value.is_string() ? value.get<std::string>() : "";
    char text[64];
    std::snprintf(text, sizeof text, format, value.get<double>());
    return text;
}

std::string study_text(const json& study) {
    std::string text = "Study: ";
    if (study["loss"] == "polynomial")
        text += "a polynomial with known derivatives";
    else
        text += study["tensor"].get<std::string>() + ", row " + shown(study["row"]) + ", loss " +
                study["loss"].get<std::string>() + " at the " +
                (study["base"] == "rounded" ? "weights rounded to " + shown(study["bits"]) + " bits"
                                            : std::string("float weights"));
    text += "\n" + shown(study["population"], "%.0f") + " " + study["unit"].get<std::string>() + ", loss " +
            shown(study["loss_value"]) + " ± " + shown(study["sigma"]) + " a sample, curvature " +
            shown(study["curvature"]) + " (root mean square of " + std::to_string(study["entries"].size()) +
            " entries)\n";
    if (study["quadratic"].get<bool>())
        text += "The loss is exactly quadratic in this linear: every difference is exact for every ε, what "
                "remains is sampling and rounding.\n";
    return text;
}

std::string orders_text(const json& orders) {
    TextRows rows = {{"estimator", "sampling", "order of", "measured", "±", "theory", "points"}};
    for (const json& order : orders) {
        const std::string quantity = order["quantity"];
        rows.push_back({order["estimator"], order["sampling"],
                        quantity == "truncation"      ? "bias in ε"
                        : quantity == "noise-epsilon" ? "variance in ε"
                                                      : "variance in n",
                        order["measured"].is_null() ? "none" : shown(order["measured"], "%.3f"),
                        shown(order["error"], "%.3f"), shown(order["theory"], "%.0f"),
                        shown(order["points"], "%.0f")});
    }
    return aligned_table(rows);
}

std::string term_text(const json& terms) {
    TextRows rows = {{"estimator", "sampling", "coefficient", "from", "to", "outside 95 %", "verdict"}};
    for (const json& term : terms)
        rows.push_back({term["estimator"], term["sampling"], shown(term["coefficient"], "%.2e"),
                        shown(term["low"], "%.2e"), shown(term["high"], "%.2e"),
                        shown(term["outside"], "%.0f") + " of " + shown(term["cells"], "%.0f"),
                        term["contains_zero"].get<bool>() ? "not found" : "found"});
    return aligned_table(rows);
}

std::string chain_text(const json& result) {
    const json& correlation = result["correlation"];
    TextRows rows = {{"rank correlation (Spearman) of", "value"}};
    const std::pair<const char*, const char*> lines[] = {
        {"Hessian error with quantization error, all points", "hessian_quantization"},
        {"the same within each expert, mean", "within_experts"},
        {"Hessian error with the error it adds", "hessian_excess"},
        {"an expert's tokens with its Hessian error", "tokens_hessian"},
        {"the error predicted from tokens and their spread with it", "predicted_hessian"},
        {"an expert's tokens with the error that its Hessian adds", "tokens_excess"},
        {"an expert's tokens with its quantization error", "tokens_quantization"}};
    for (const auto& [title, key] : lines)
        rows.push_back({title, correlation[key].is_null() ? "none" : shown(correlation[key], "%.3f")});
    std::string text = shown(correlation["points"], "%.0f") + " points of " +
                       std::to_string(result["experts"].size()) + " experts; Hessian error falls as n^" +
                       shown(correlation["slope_n"], "%.3f");
    if (!correlation["slope_small_n"].is_null())
        text +=
            ", for n up to 1/32 of an expert's tokens as n^" + shown(correlation["slope_small_n"], "%.3f");
    text += " (theory −0.5)\n" + aligned_table(rows);
    if (const json& affinity = result["affinity"]; affinity.is_object())
        text += "Weighting by affinity makes the Hessian's variance " +
                shown(affinity["variance_ratio"], "%.3f") + " times as large; n over effective tokens is " +
                shown(affinity["predicted_ratio"], "%.3f") + "\n";
    return text;
}

} // namespace

std::string lab_text(const json& result) {
    std::string text = study_text(result["study"]) + "\n" + orders_text(result["orders"]);
    if (!result["source_term"].empty())
        text += "\nBias of order σ²/(nε²), as the derivation in MoEQuant's repository says?\n" + term_text(result["source_term"]);
    if (result["correlation"].is_object())
        text += "\nFrom tokens to quantization: " + chain_text(result);
    for (const json& warning : result["warnings"])
        text += "\nwarning: " + warning.get<std::string>() + "\n";
    return text;
}

} // namespace moequant
