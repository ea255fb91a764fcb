#include "app/workbench/lab_panels.h"

#include <QObject>

#include <algorithm>
#include <cmath>

namespace moequant {

const QVector<LabPanel>& lab_panels() {
    static const QVector<LabPanel> panels = {
        LabPanel::BiasEpsilon, LabPanel::VarianceEpsilon,   LabPanel::BiasN,
        LabPanel::VarianceN,   LabPanel::Surface,           LabPanel::HessianError,
        LabPanel::Spectrum,    LabPanel::QuantizationError, LabPanel::Tokens};
    return panels;
}

const char* panel_name(LabPanel panel) {
    switch (panel) {
    case LabPanel::BiasEpsilon:
        return "bias-epsilon";
    case LabPanel::VarianceEpsilon:
        return "variance-epsilon";
    case LabPanel::BiasN:
        return "bias-n";
    case LabPanel::VarianceN:
        return "variance-n";
    case LabPanel::Surface:
        return "surface";
    case LabPanel::HessianError:
        return "hessian-error";
    case LabPanel::Spectrum:
        return "spectrum";
    case LabPanel::QuantizationError:
        return "quantization-error";
    case LabPanel::Tokens:
        break;
    }
    return "tokens";
}

std::string panel_names() {
    std::string names;
    for (const LabPanel panel : lab_panels())
        names += (names.empty() ? "" : ", ") + std::string(panel_name(panel));
    return names;
}

std::optional<LabPanel> panel_named(const QString& name) {
    for (const LabPanel panel : lab_panels())
        if (name == QLatin1String(panel_name(panel)))
            return panel;
    return std::nullopt;
}

QString panel_title(LabPanel panel, const LabReport& report, const LabView& view) {
    const auto with_spearman = [](const QString& title, double correlation) {
        return std::isfinite(correlation)
                   ? QObject::tr("%1: Spearman ρ = %2")
                         .arg(title, QString::number(correlation, 'f', 2).replace('-', QStringLiteral("−")))
                   : title;
    };
    // Where all samples take part there is one n only.
    const auto by_epsilon = [&](const QString& title) {
        const QString sampling = sampling_title(view.sampling).toLower();
        return view.sampling == "exact"
                   ? QStringLiteral("%1: %2").arg(title, sampling)
                   : QStringLiteral("%1: %2, n = %3").arg(title, sampling, power_text(view.n));
    };
    const auto by_n = [&](const QString& title) {
        return QStringLiteral("%1: %2, ε = %3")
            .arg(title, sampling_title(sampled(report, view)).toLower(), power_text(view.epsilon));
    };
    switch (panel) {
    case LabPanel::BiasEpsilon:
        return by_epsilon(QObject::tr("Bias against ε"));
    case LabPanel::VarianceEpsilon:
        return by_epsilon(QObject::tr("Variance against ε"));
    case LabPanel::BiasN:
        return by_n(QObject::tr("Bias against n"));
    case LabPanel::VarianceN:
        return by_n(QObject::tr("Variance against n"));
    case LabPanel::Surface:
        return QObject::tr("Error: %1, %2")
            .arg(estimator_title(view.surface_estimator).toLower(), sampling_title(view.sampling).toLower());
    case LabPanel::HessianError:
        return QObject::tr("Hessian error against tokens");
    case LabPanel::Spectrum:
        return QObject::tr("Spectra of the Hessians");
    case LabPanel::QuantizationError:
        return with_spearman(QObject::tr("Quantization error"), report.correlation.hessian_quantization);
    case LabPanel::Tokens:
        break;
    }
    return with_spearman(QObject::tr("Hessian error of every expert"), report.correlation.tokens_hessian);
}

bool has_panel(LabPanel panel, const LabReport& report) {
    switch (panel) {
    case LabPanel::HessianError:
        return std::any_of(report.curve.begin(), report.curve.end(),
                           [](const LabCurvePoint& point) { return point.hessian_error > 0; });
    case LabPanel::Spectrum:
        return std::any_of(report.experts.begin(), report.experts.end(),
                           [](const LabExpert& expert) { return !expert.spectrum.isEmpty(); });
    case LabPanel::QuantizationError:
        return std::any_of(report.curve.begin(), report.curve.end(), [](const LabCurvePoint& point) {
            return point.hessian_error > 0 && point.quantization_error > 0;
        });
    case LabPanel::Tokens:
        return std::any_of(report.experts.begin(), report.experts.end(), [](const LabExpert& expert) {
            return expert.tokens > 0 && expert.hessian_error > 0;
        });
    default:
        return !report.points.isEmpty();
    }
}

CurveSet panel_curves(LabPanel panel, const LabReport& report, const LabView& view) {
    switch (panel) {
    case LabPanel::BiasEpsilon:
        return curves_by_epsilon(report, LabQuantity::Bias, view);
    case LabPanel::VarianceEpsilon:
        return curves_by_epsilon(report, LabQuantity::Variance, view);
    case LabPanel::BiasN:
        return curves_by_n(report, LabQuantity::Bias, view);
    case LabPanel::VarianceN:
        return curves_by_n(report, LabQuantity::Variance, view);
    case LabPanel::HessianError:
        return hessian_error_curves(report, view);
    case LabPanel::Spectrum:
        return spectrum_curves(report, view);
    default:
        return {};
    }
}

std::unique_ptr<PlotView> make_panel(LabPanel panel, const LabReport& report, const LabView& view,
                                     QWidget* parent) {
    const QString title = panel_title(panel, report, view);
    if (panel == LabPanel::Surface) {
        auto map = std::make_unique<SurfaceMap>(title, parent);
        map->set_surface(error_surface(report, view));
        return map;
    }
    if (panel == LabPanel::QuantizationError || panel == LabPanel::Tokens) {
        auto scatter = std::make_unique<ErrorScatter>(parent);
        scatter->set_title(title);
        scatter->set_points(panel == LabPanel::Tokens ? hessian_against_tokens(report)
                                                      : quantization_against_hessian(report));
        return scatter;
    }
    auto plot = std::make_unique<CurvePlot>(title, parent);
    plot->set_curves(panel_curves(panel, report, view));
    return plot;
}

} // namespace moequant
