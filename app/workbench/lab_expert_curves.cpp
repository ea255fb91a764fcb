// The part of lab_curves.h about experts: their Hessians' errors, spectra and quantization errors.
#include "app/workbench/lab_curves.h"

#include "widgets/colors.h"

#include <QMap>
#include <QObject>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

const QColor own_color(0xe69f00);

double quantile(QVector<double> values, double share) {
    values.removeIf([](double value) { return !std::isfinite(value); });
    if (values.isEmpty())
        return no_value;
    std::sort(values.begin(), values.end());
    const double place = share * double(values.size() - 1);
    const auto below = qsizetype(place), above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - double(below)) * (values[above] - values[below]);
}

using Expert = std::pair<int, int>;
using Field = double LabCurvePoint::*;

/// The mean over repeats of every expert at every n.
QMap<double, QMap<Expert, double>> by_size(const LabReport& report, Field field) {
    QMap<double, QMap<Expert, std::pair<double, int>>> sums;
    for (const auto& point : report.curve)
        if (point.n > 0 && std::isfinite(point.*field)) {
            auto& sum = sums[point.n][{point.layer, point.expert}];
            sum.first += point.*field;
            ++sum.second;
        }
    QMap<double, QMap<Expert, double>> means;
    for (auto size = sums.cbegin(); size != sums.cend(); ++size)
        for (auto expert = size->cbegin(); expert != size->cend(); ++expert)
            means[size.key()][expert.key()] = expert->first / expert->second;
    return means;
}

/// Median with 10–90 % over the experts.
CurveSeries median_of(const QMap<double, QMap<Expert, double>>& sizes, const QString& name,
                      const QColor& color, CurveSeries::Line line, bool band) {
    CurveSeries series{name, color, {}, line, false, band};
    for (auto size = sizes.cbegin(); size != sizes.cend(); ++size) {
        const QVector<double> values = size->values();
        CurvePoint point{size.key(), quantile(values, 0.5)};
        if (band) {
            point.low = quantile(values, 0.1);
            point.high = quantile(values, 0.9);
        }
        point.note = QObject::tr("%1 experts").arg(values.size());
        series.points.append(point);
    }
    return series;
}

CurveSeries line_of(const QMap<double, QMap<Expert, double>>& sizes, Expert expert, const QString& name,
                    const QColor& color) {
    CurveSeries series{name, color, {}, CurveSeries::Line::Solid, false};
    for (auto size = sizes.cbegin(); size != sizes.cend(); ++size)
        if (size->contains(expert))
            series.points.append({size.key(), size->value(expert)});
    return series;
}

QString expert_name(int layer, int expert) {
    return QObject::tr("Layer %1, expert %2").arg(layer).arg(expert);
}

/// c/√n through the first third of the medians, where tokens of one text do not yet repeat each other.
CurveSeries root_line(const CurveSeries& median) {
    CurveSeries series{QStringLiteral("1/√n"), {}, {}, CurveSeries::Line::Dotted, false};
    double sum = 0;
    qsizetype count = 0;
    for (const auto& point : median.points)
        if (point.y > 0 && count < (median.points.size() + 2) / 3) {
            sum += std::log(point.y * std::sqrt(point.x));
            ++count;
        }
    for (const auto& point : median.points)
        if (count > 0)
            series.points.append({point.x, std::exp(sum / double(count)) / std::sqrt(point.x)});
    return series;
}

CurveSeries own_positions(const LabReport& report, int layer) {
    CurveSeries series{QObject::tr("own calibration tokens"), own_color, {}, CurveSeries::Line::None};
    for (int i = 0; i < report.experts.size(); ++i) {
        const auto& expert = report.experts[i];
        if (layer >= 0 && expert.layer != layer)
            continue;
        CurvePoint point{expert.tokens, expert.hessian_error};
        point.id = i;
        point.note = expert_name(expert.layer, expert.expert);
        series.points.append(point);
    }
    std::stable_sort(series.points.begin(), series.points.end(),
                     [](const CurvePoint& a, const CurvePoint& b) { return a.x < b.x; });
    return series;
}

double rank_at(const LabExpert& expert, qsizetype k) {
    const auto size = expert.spectrum.size();
    return std::isfinite(expert.dimension) && size > 1
               ? 1 + double(k) * (expert.dimension - 1) / double(size - 1)
               : 1 + double(k);
}

CurveSeries spectrum_of(const LabExpert& expert, const QString& name, const QColor& color) {
    CurveSeries series{name, color, {}, CurveSeries::Line::Solid, false};
    for (qsizetype k = 0; k < expert.spectrum.size(); ++k)
        series.points.append({rank_at(expert, k), expert.spectrum[k]});
    return series;
}

} // namespace

CurveSet hessian_error_curves(const LabReport& report, const LabView& view) {
    CurveSet set;
    set.x_title = QObject::tr("Tokens of the Hessian, n");
    set.y_title = QObject::tr("Relative error of the Hessian");
    const auto measured = by_size(report, &LabCurvePoint::hessian_error);
    const bool each = view.every_expert && view.layer >= 0;
    const auto add = [&](const CurveSeries& series) {
        if (!series.points.isEmpty())
            set.series.append(series);
    };
    const QColor plain = estimator_color("gauss-newton"), weighted = estimator_color("affinity");
    const CurveSeries median =
        median_of(measured, QObject::tr("median"), plain, CurveSeries::Line::Solid, false);
    if (each) {
        QVector<LabExpert> experts;
        for (const auto& expert : report.experts)
            if (expert.layer == view.layer)
                experts.append(expert);
        std::stable_sort(experts.begin(), experts.end(),
                         [](const LabExpert& a, const LabExpert& b) { return a.tokens < b.tokens; });
        for (int i = 0; i < experts.size(); ++i) {
            CurveSeries line =
                line_of(measured, {view.layer, experts[i].expert}, expert_name(view.layer, experts[i].expert),
                        viridis(experts.size() > 1 ? double(i) / double(experts.size() - 1) : 0.5));
            line.in_key = false;
            line.weight = 0.6;
            add(line);
        }
        set.key.append({QObject::tr("experts of layer %1, dark: few tokens").arg(view.layer), viridis(0.5),
                        KeyEntry::Mark::Line, -1});
    } else {
        CurveSeries band =
            median_of(measured, QObject::tr("10–90 % of experts"), plain, CurveSeries::Line::None, true);
        add(band);
        add(median);
        CurveSeries predicted = median_of(by_size(report, &LabCurvePoint::predicted_error),
                                          QObject::tr("predicted"), plain, CurveSeries::Line::Dashed, false);
        predicted.in_key = false;
        if (!predicted.points.isEmpty())
            set.key.append({predicted.name, QColor(), KeyEntry::Mark::Dashes, -1});
        add(predicted);
        add(median_of(by_size(report, &LabCurvePoint::affinity_hessian_error),
                      QObject::tr("median, affinity-weighted"), weighted, CurveSeries::Line::Solid, false));
    }
    add(root_line(median));
    add(own_positions(report, each ? view.layer : -1));
    if (view.layer >= 0 && view.expert >= 0)
        add(line_of(measured, {view.layer, view.expert}, expert_name(view.layer, view.expert), {}));
    return set;
}

CurveSet spectrum_curves(const LabReport& report, const LabView& view) {
    CurveSet set;
    set.x_title = QObject::tr("Rank of the eigenvalue");
    set.y_title = QObject::tr("Eigenvalue / largest");
    const LabExpert *first = nullptr, *starved = nullptr, *chosen = nullptr;
    QVector<QVector<double>> columns;
    for (const auto& expert : report.experts) {
        if (expert.spectrum.isEmpty())
            continue;
        if (!first) {
            first = &expert;
            columns.resize(expert.spectrum.size());
        }
        // Spectra of another shape have no common ranks.
        if (expert.spectrum.size() == columns.size() && expert.dimension == first->dimension)
            for (qsizetype k = 0; k < columns.size(); ++k)
                columns[k].append(expert.spectrum[k]);
        if (!starved || expert.tokens < starved->tokens)
            starved = &expert;
        if (expert.layer == view.layer && expert.expert == view.expert)
            chosen = &expert;
    }
    if (!first)
        return set;
    CurveSeries band{QObject::tr("10–90 % of experts"),
                     estimator_color("gauss-newton"),
                     {},
                     CurveSeries::Line::None,
                     false,
                     true};
    CurveSeries median{
        QObject::tr("median"), estimator_color("gauss-newton"), {}, CurveSeries::Line::Solid, false};
    for (qsizetype k = 0; k < columns.size(); ++k) {
        CurvePoint point{rank_at(*first, k), quantile(columns[k], 0.5)};
        median.points.append(point);
        point.low = quantile(columns[k], 0.1);
        point.high = quantile(columns[k], 0.9);
        band.points.append(point);
    }
    set.series = {band, median};
    set.series.append(spectrum_of(
        *starved, QObject::tr("fewest tokens: layer %1, expert %2").arg(starved->layer).arg(starved->expert),
        own_color));
    if (starved->tokens > 0 && starved->tokens < starved->dimension) {
        CurveSeries reach{QObject::tr("rank that its %L1 tokens reach").arg(qint64(starved->tokens)),
                          own_color,
                          {{starved->tokens, 1}},
                          CurveSeries::Line::Dotted,
                          false};
        double least = 1; // an eigenvalue of 0 has no place on the axis
        for (const double value : starved->spectrum)
            if (value > 0)
                least = std::min(least, value);
        reach.points.append({starved->tokens, least});
        set.series.append(reach);
    }
    if (chosen && chosen != starved)
        set.series.append(spectrum_of(*chosen, expert_name(chosen->layer, chosen->expert), {}));
    return set;
}

ScatterData quantization_against_hessian(const LabReport& report) {
    ScatterData data;
    data.x_title = QObject::tr("Relative error of the Hessian");
    data.y_title = QObject::tr("Relative quantization error");
    for (const auto& point : report.curve)
        data.points.append({point.layer, point.expert, point.hessian_error, point.quantization_error,
                            QObject::tr("n = %L1").arg(point.n)});
    return data;
}

ScatterData hessian_against_tokens(const LabReport& report) {
    ScatterData data;
    data.x_title = QObject::tr("Tokens of the expert");
    data.y_title = QObject::tr("Relative error of the Hessian");
    for (const auto& expert : report.experts)
        data.points.append({expert.layer, expert.expert, expert.tokens, expert.hessian_error, {}});
    return data;
}

} // namespace moequant
