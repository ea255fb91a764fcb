#include "app/workbench/lab_curves.h"

#include <QMap>
#include <QObject>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr double two_sided = 1.959963984540054; ///< standard errors of a 95 % interval

bool alike(double a, double b) {
    return std::abs(a - b) <= 1e-6 * std::abs(b);
}

bool has_step(const QString& estimator) {
    return estimator == "forward" || estimator == "symmetric";
}

QStringList chosen_estimators(const LabReport& report, const LabView& view) {
    QStringList names = lab_estimators(report);
    if (!view.estimators.isEmpty())
        names.removeIf([&](const QString& name) { return !view.estimators.contains(name); });
    return names;
}

/// What values are divided by; 1: nothing.
double scale_of(const LabReport& report, LabQuantity quantity, const LabView& view) {
    const double curvature = report.study.curvature;
    if (!view.relative || !(curvature > 0))
        return 1;
    return quantity == LabQuantity::Bias ? curvature : curvature * curvature;
}

QString quantity_title(const LabReport& report, LabQuantity quantity, const LabView& view) {
    const bool relative = scale_of(report, quantity, view) != 1;
    if (quantity == LabQuantity::Bias)
        return relative ? QObject::tr("Bias / curvature") : QObject::tr("Bias of an entry");
    return relative ? QObject::tr("Variance / curvature²") : QObject::tr("Variance of an entry");
}

CurvePoint measured_point(const LabPoint& point, double x, LabQuantity quantity, double scale, int id) {
    CurvePoint drawn{x};
    if (quantity == LabQuantity::Bias) {
        drawn.y = point.bias / scale;
        drawn.low = (point.bias - two_sided * point.bias_error) / scale;
        drawn.high = (point.bias + two_sided * point.bias_error) / scale;
    } else {
        drawn.y = point.variance / scale;
    }
    drawn.doubtful = point.dominated;
    drawn.flipped = point.flips > 0;
    drawn.id = id;
    return drawn;
}

double predicted_value(const LabPoint& point, LabQuantity quantity) {
    return quantity == LabQuantity::Bias ? point.predicted_bias : point.predicted_variance;
}

void sort_by_x(CurveSeries& series) {
    std::stable_sort(series.points.begin(), series.points.end(),
                     [](const CurvePoint& a, const CurvePoint& b) { return a.x < b.x; });
}

/// Predictions far below everything measured would leave the measurements a strip at the top of the picture.
void cut_predictions(CurveSet& set) {
    double least = INFINITY;
    for (const auto& series : set.series)
        if (series.line != CurveSeries::Line::Dashed)
            for (const auto& point : series.points)
                if (point.y > 0)
                    least = std::min(least, point.y);
    for (auto& series : set.series)
        if (series.line == CurveSeries::Line::Dashed)
            series.points.removeIf([&](const CurvePoint& point) { return point.y < least / 10; });
}

/// What lines and markers mean, of those that are drawn.
void explain_lines(CurveSet& set) {
    const auto any = [&](auto wanted) { return std::any_of(set.series.begin(), set.series.end(), wanted); };
    if (any([](const CurveSeries& series) {
            return series.line == CurveSeries::Line::Solid && !series.in_key && !series.points.isEmpty();
        }))
        set.key.append({QObject::tr("exact: all samples"), QColor(), KeyEntry::Mark::Line, -1});
    if (any([](const CurveSeries& series) {
            return series.line == CurveSeries::Line::Dashed && !series.points.isEmpty();
        }))
        set.key.append({QObject::tr("predicted"), QColor(), KeyEntry::Mark::Dashes, -1});
}

/// The sampling whose measurements of this estimator stand for the chosen one.
QString sampling_of(const QString& estimator, const QString& chosen) {
    return has_step(estimator) || chosen == "exact" ? chosen : QStringLiteral("common");
}

struct Lines {
    CurveSeries measured, exact, predicted;
};

Lines lines_of(const QString& estimator) {
    Lines lines;
    const QString title = estimator_title(estimator);
    const QColor color = estimator_color(estimator);
    lines.measured = {title, color, {}, CurveSeries::Line::None};
    lines.exact = {
        QObject::tr("%1, exact").arg(title), color, {}, CurveSeries::Line::Solid, false, false, false};
    lines.predicted = {
        QObject::tr("%1, predicted").arg(title), color, {}, CurveSeries::Line::Dashed, false, false, false};
    return lines;
}

void add_lines(CurveSet& set, Lines lines) {
    for (CurveSeries* series : {&lines.exact, &lines.predicted, &lines.measured}) {
        sort_by_x(*series);
        if (!series->points.isEmpty())
            set.series.append(*series);
    }
}

} // namespace

QStringList lab_estimators(const LabReport& report) {
    QStringList names;
    for (const char* name : {"forward", "symmetric", "gauss-newton", "affinity"})
        if (std::any_of(report.points.begin(), report.points.end(),
                        [&](const LabPoint& point) { return point.estimator == QLatin1String(name); }))
            names.append(QString::fromLatin1(name));
    return names;
}

QStringList lab_samplings(const LabReport& report) {
    QStringList names;
    for (const char* name : {"common", "independent", "exact"})
        if (std::any_of(report.points.begin(), report.points.end(), [&](const LabPoint& point) {
                return has_step(point.estimator) && point.sampling == QLatin1String(name);
            }))
            names.append(QString::fromLatin1(name));
    return names;
}

QVector<double> lab_epsilons(const LabReport& report) {
    QMap<double, bool> values;
    for (const auto& point : report.points)
        if (point.epsilon > 0)
            values[point.epsilon] = true;
    return values.keys();
}

QVector<double> lab_sizes(const LabReport& report) {
    QMap<double, bool> sampled, all;
    for (const auto& point : report.points)
        if (point.n > 0) {
            all[point.n] = true;
            if (point.sampling != "exact")
                sampled[point.n] = true;
        }
    return sampled.isEmpty() ? all.keys() : sampled.keys();
}

LabView usual_view(const LabReport& report) {
    LabView view;
    const QStringList samplings = lab_samplings(report), estimators = lab_estimators(report);
    view.sampling = samplings.isEmpty() ? QStringLiteral("common") : samplings.first();
    view.surface_estimator = estimators.contains("symmetric") || !estimators.contains("forward")
                                 ? QStringLiteral("symmetric")
                                 : QStringLiteral("forward");
    if (const auto sizes = lab_sizes(report); !sizes.isEmpty())
        view.n = sizes.last();
    const auto epsilons = lab_epsilons(report);
    if (!epsilons.isEmpty())
        view.epsilon = epsilons[epsilons.size() / 2];
    double least = INFINITY; // where the difference itself is best
    for (const auto& point : report.points)
        if (point.estimator == view.surface_estimator && point.sampling == "exact" && point.epsilon > 0 &&
            !point.dominated && point.bias < least) {
            least = point.bias;
            view.epsilon = point.epsilon;
        }
    view.layer = report.study.layer;
    view.expert = report.study.expert;
    return view;
}

QString estimator_title(const QString& estimator) {
    if (estimator == "forward")
        return QObject::tr("Forward");
    if (estimator == "symmetric")
        return QObject::tr("Symmetric");
    if (estimator == "gauss-newton")
        return QObject::tr("Gauss–Newton");
    return estimator == "affinity" ? QObject::tr("Affinity-weighted") : estimator;
}

QString sampling_title(const QString& sampling) {
    if (sampling == "common")
        return QObject::tr("Common");
    if (sampling == "independent")
        return QObject::tr("Independent");
    return sampling == "exact" ? QObject::tr("Exact") : sampling;
}

QColor estimator_color(const QString& estimator) {
    if (estimator == "forward")
        return QColor(0xd55e00);
    if (estimator == "symmetric")
        return QColor(0x0072b2);
    return estimator == "gauss-newton" ? QColor(0x009e73) : QColor(0xcc79a7);
}

QString unit_title(const QString& unit) {
    if (unit == "tokens")
        return QObject::tr("tokens");
    return unit == "sequences" ? QObject::tr("sequences") : QObject::tr("samples");
}

QString sampled(const LabReport& report, const LabView& view) {
    QStringList samplings = lab_samplings(report);
    samplings.removeAll("exact");
    return view.sampling == "exact" && !samplings.isEmpty() ? samplings.first() : view.sampling;
}

CurveSet curves_by_epsilon(const LabReport& report, LabQuantity quantity, const LabView& view) {
    CurveSet set;
    set.x_title = QObject::tr("Step ε");
    set.y_title = quantity_title(report, quantity, view);
    const double scale = scale_of(report, quantity, view);
    const auto epsilons = lab_epsilons(report);
    for (const QString& estimator : chosen_estimators(report, view)) {
        Lines lines = lines_of(estimator);
        const QString sampling = sampling_of(estimator, view.sampling);
        if (sampling == "exact")
            lines.measured.line = CurveSeries::Line::Solid;
        for (int i = 0; i < report.points.size(); ++i) {
            const LabPoint& point = report.points[i];
            if (point.estimator != estimator)
                continue;
            const bool exact = point.sampling == "exact";
            if (point.sampling == sampling && (exact || alike(point.n, view.n))) {
                if (!has_step(estimator)) { // the same at every ε
                    lines.measured.line = CurveSeries::Line::Solid;
                    lines.measured.markers = false;
                    for (const double epsilon : epsilons) {
                        CurvePoint drawn = measured_point(point, epsilon, quantity, scale, i);
                        drawn.low = drawn.high = no_value;
                        lines.measured.points.append(drawn);
                    }
                    continue;
                }
                lines.measured.points.append(measured_point(point, point.epsilon, quantity, scale, i));
                lines.predicted.points.append({point.epsilon, predicted_value(point, quantity) / scale});
            } else if (exact && sampling != "exact" && quantity == LabQuantity::Bias && has_step(estimator)) {
                lines.exact.points.append(measured_point(point, point.epsilon, quantity, scale, i));
                lines.exact.points.last().low = lines.exact.points.last().high = no_value;
            }
        }
        add_lines(set, lines);
    }
    cut_predictions(set);
    explain_lines(set);
    return set;
}

CurveSet curves_by_n(const LabReport& report, LabQuantity quantity, const LabView& view) {
    CurveSet set;
    set.x_title = QObject::tr("n (%1)").arg(unit_title(report.study.unit));
    set.y_title = quantity_title(report, quantity, view);
    const double scale = scale_of(report, quantity, view);
    const auto sizes = lab_sizes(report);
    const QString chosen = sampled(report, view);
    for (const QString& estimator : chosen_estimators(report, view)) {
        Lines lines = lines_of(estimator);
        const QString sampling = sampling_of(estimator, chosen);
        for (int i = 0; i < report.points.size(); ++i) {
            const LabPoint& point = report.points[i];
            if (point.estimator != estimator || (has_step(estimator) && !alike(point.epsilon, view.epsilon)))
                continue;
            if (point.sampling == sampling) {
                lines.measured.points.append(measured_point(point, point.n, quantity, scale, i));
                lines.predicted.points.append({point.n, predicted_value(point, quantity) / scale});
            } else if (point.sampling == "exact" && quantity == LabQuantity::Bias && !sizes.isEmpty()) {
                for (const double n : sizes) {
                    lines.exact.points.append(measured_point(point, n, quantity, scale, i));
                    lines.exact.points.last().low = lines.exact.points.last().high = no_value;
                }
            }
        }
        add_lines(set, lines);
    }
    cut_predictions(set);
    explain_lines(set);
    return set;
}

Surface error_surface(const LabReport& report, const LabView& view) {
    Surface surface;
    surface.columns = lab_epsilons(report);
    QMap<double, bool> sizes;
    const double scale = scale_of(report, LabQuantity::Bias, view);
    const auto wanted = [&](const LabPoint& point) {
        return point.estimator == view.surface_estimator && point.sampling == view.sampling &&
               point.epsilon > 0 && point.n > 0;
    };
    for (const auto& point : report.points)
        if (wanted(point))
            sizes[point.n] = true;
    surface.rows = sizes.keys();
    surface.values.fill(no_value, surface.rows.size() * surface.columns.size());
    surface.doubtful.fill(false, surface.values.size());
    for (const auto& point : report.points)
        if (wanted(point)) {
            const int i = surface.index(int(surface.rows.indexOf(point.n)),
                                        int(surface.columns.indexOf(point.epsilon)));
            surface.values[i] = std::sqrt(point.bias * point.bias + point.variance) / scale;
            surface.doubtful[i] = point.dominated;
        }
    surface.column_title = QObject::tr("Step ε");
    surface.row_title = QObject::tr("n (%1)").arg(unit_title(report.study.unit));
    surface.value_title = scale != 1 ? QObject::tr("Root-mean-square error / curvature")
                                     : QObject::tr("Root-mean-square error");
    return surface;
}

} // namespace moequant
