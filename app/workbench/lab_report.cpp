#include "app/workbench/lab_report.h"

#include "core/job/error.h"

#include <cmath>

namespace moequant {
namespace {

using nlohmann::json;

/// Typed access to one object of the result; what is null or missing is not known, what is of a wrong type is
/// refused by its name.
class Fields {
  public:
    Fields(const json& object, QString where, std::string name)
        : object_(object), where_(std::move(where)), name_(std::move(name)) {
        if (!object.is_object())
            refuse(name_, "is no object");
    }

    double number(const char* key) const {
        const json* value = find(key);
        if (!value)
            return no_value;
        if (!value->is_number())
            refuse(path(key), "is no number");
        return value->get<double>();
    }
    int index(const char* key) const {
        const double value = number(key);
        if (std::isnan(value))
            return -1;
        if (!(value >= 0 && value < 1e9) || value != std::floor(value))
            refuse(path(key), "is no index");
        return int(value);
    }
    int count(const char* key) const { return std::max(0, index(key)); }
    bool flag(const char* key) const {
        const json* value = find(key);
        if (value && !value->is_boolean())
            refuse(path(key), "is neither true nor false");
        return value && value->get<bool>();
    }
    QString text(const char* key) const {
        const json* value = find(key);
        if (value && !value->is_string())
            refuse(path(key), "is no text");
        return value ? QString::fromStdString(value->get<std::string>()) : QString();
    }
    /// An object in this one; nothing where it is null.
    std::optional<Fields> part(const char* key) const {
        const json* value = find(key);
        return value ? std::optional<Fields>(Fields(*value, where_, path(key))) : std::nullopt;
    }
    template <class Read>
    auto list(const char* key, Read read) const {
        QVector<decltype(read(*this))> rows;
        for (const json& row : elements(key))
            rows.append(read(Fields(row, where_, path(key) + "[" + std::to_string(rows.size()) + "]")));
        return rows;
    }
    QVector<double> numbers(const char* key) const {
        QVector<double> values;
        for (const json& value : elements(key)) {
            if (!value.is_number() && !value.is_null())
                refuse(path(key), "holds something that is no number");
            values.append(value.is_null() ? no_value : value.get<double>());
        }
        return values;
    }
    QStringList texts(const char* key) const {
        QStringList values;
        for (const json& value : elements(key)) {
            if (!value.is_string())
                refuse(path(key), "holds something that is no text");
            values.append(QString::fromStdString(value.get<std::string>()));
        }
        return values;
    }
    void need(const char* key) const {
        if (!find(key))
            throw RequestError(where_.toStdString(),
                               "no field '" + path(key) + "': not a run of hessian-lab");
    }

  private:
    [[noreturn]] void refuse(const std::string& field, const char* fault) const {
        throw RequestError(where_.toStdString(), "field '" + field + "' " + fault);
    }
    std::string path(const char* key) const { return name_.empty() ? key : name_ + "." + key; }
    const json* find(const char* key) const {
        const auto at = object_.find(key);
        return at == object_.end() || at->is_null() ? nullptr : &*at;
    }
    const json& elements(const char* key) const {
        static const json none = json::array();
        const json* value = find(key);
        if (value && !value->is_array())
            refuse(path(key), "is no list");
        return value ? *value : none;
    }
    const json& object_;
    QString where_;
    std::string name_;
};

LabEntry read_entry(const Fields& row) {
    return {row.index("i"),
            row.index("j"),
            row.number("truth"),
            row.number("gauss_newton"),
            row.number("affinity"),
            row.number("forward_slope"),
            row.number("symmetric_curvature"),
            row.number("sample_deviation")};
}

LabStudy read_study(const Fields& part) {
    LabStudy study;
    study.loss = part.text("loss");
    study.layer = part.index("layer");
    study.expert = part.index("expert");
    study.row = part.index("row");
    study.linear = part.text("linear");
    study.tensor = part.text("tensor");
    study.base = part.text("base");
    study.routing = part.text("routing");
    study.bits = part.count("bits");
    study.unit = part.text("unit");
    study.population = part.number("population");
    study.resamples = part.number("resamples");
    study.loss_value = part.number("loss_value");
    study.sigma = part.number("sigma");
    study.quadratic = part.flag("quadratic");
    study.curvature = part.number("curvature");
    study.gauss_newton_scale = part.number("gauss_newton_scale");
    study.affinity_scale = part.number("affinity_scale");
    study.entries = part.list("entries", read_entry);
    return study;
}

LabPoint read_point(const Fields& row) {
    LabPoint point;
    point.estimator = row.text("estimator");
    point.sampling = row.text("sampling");
    point.epsilon = row.number("epsilon");
    point.n = row.number("n");
    point.bias = row.number("bias");
    point.bias_error = row.number("bias_error");
    point.variance = row.number("variance");
    if (const auto predicted = row.part("predicted")) {
        point.predicted_bias = predicted->number("bias");
        point.predicted_variance = predicted->number("variance");
    }
    point.rounding = row.number("rounding");
    point.dominated = row.flag("dominated");
    const double flips = row.number("flips");
    point.flips = std::isnan(flips) ? 0 : flips;
    return point;
}

LabOrder read_order(const Fields& row) {
    return {row.text("estimator"),  row.text("sampling"), row.text("quantity"),
            row.number("measured"), row.number("error"),  row.number("theory"),
            row.count("points"),    row.number("from"),   row.number("to")};
}

LabSourceTerm read_source_term(const Fields& row) {
    return {row.text("estimator"), row.text("sampling"), row.number("coefficient"),
            row.number("low"),     row.number("high"),   row.flag("contains_zero"),
            row.count("cells"),    row.count("outside")};
}

LabExpert read_expert(const Fields& row) {
    LabExpert expert;
    expert.layer = row.count("layer");
    expert.expert = row.count("expert");
    expert.tokens = row.number("tokens");
    expert.reference_tokens = row.number("reference_tokens");
    expert.effective_tokens = row.number("effective_tokens");
    expert.hessian_error = row.number("hessian_error");
    expert.predicted_error = row.number("predicted_error");
    expert.affinity_hessian_error = row.number("affinity_hessian_error");
    expert.affinity_predicted_error = row.number("affinity_predicted_error");
    expert.quantization_error = row.number("quantization_error");
    expert.reference_error = row.number("reference_error");
    expert.dimension = row.number("dimension");
    expert.effective_rank = row.number("effective_rank");
    expert.condition = row.number("condition");
    expert.spectrum = row.numbers("spectrum");
    return expert;
}

LabCurvePoint read_curve_point(const Fields& row) {
    LabCurvePoint point;
    point.layer = row.count("layer");
    point.expert = row.count("expert");
    point.repeat = row.count("repeat");
    point.n = row.number("n");
    point.rank = row.number("rank");
    point.effective_tokens = row.number("effective_tokens");
    point.hessian_error = row.number("hessian_error");
    point.predicted_error = row.number("predicted_error");
    point.affinity_hessian_error = row.number("affinity_hessian_error");
    point.affinity_predicted_error = row.number("affinity_predicted_error");
    point.quantization_error = row.number("quantization_error");
    point.excess_error = row.number("excess_error");
    return point;
}

LabCorrelation read_correlation(const Fields& part) {
    LabCorrelation rho;
    rho.points = part.count("points");
    rho.hessian_quantization = part.number("hessian_quantization");
    rho.within_experts = part.number("within_experts");
    rho.hessian_excess = part.number("hessian_excess");
    rho.tokens_hessian = part.number("tokens_hessian");
    rho.tokens_quantization = part.number("tokens_quantization");
    rho.predicted_hessian = part.number("predicted_hessian");
    rho.tokens_excess = part.number("tokens_excess");
    rho.slope_n = part.number("slope_n");
    rho.slope_error = part.number("slope_error");
    rho.slope_small_n = part.number("slope_small_n");
    rho.slope_small_error = part.number("slope_small_error");
    return rho;
}

} // namespace

LabReport read_lab(const json& result, const QString& where) {
    const Fields fields(result, where, "");
    fields.need("study");
    fields.need("points");
    LabReport report;
    report.model = fields.text("model");
    report.corpus = fields.text("corpus");
    report.reference = fields.text("reference");
    report.study = read_study(*fields.part("study"));
    report.points = fields.list("points", read_point);
    report.orders = fields.list("orders", read_order);
    report.source_terms = fields.list("source_term", read_source_term);
    report.experts = fields.list("experts", read_expert);
    report.curve = fields.list("curve", read_curve_point);
    if (const auto part = fields.part("correlation"))
        report.correlation = read_correlation(*part);
    if (const auto part = fields.part("affinity")) {
        report.variance_ratio = part->number("variance_ratio");
        report.predicted_ratio = part->number("predicted_ratio");
    }
    report.warnings = fields.texts("warnings");
    report.text = fields.text("text");
    return report;
}

} // namespace moequant
