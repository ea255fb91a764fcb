// The few statistics that plots draw beside their points.
#pragma once
#include <QVector>

namespace moequant {

/// log10 y = intercept + slope · log10 x, by least squares.
struct PowerLaw {
    double slope = 0, intercept = 0;
    double correlation = 0; ///< Pearson's, of the logarithms
    int points = 0;         ///< pairs that took part: both finite and above 0
    double at(double x) const;
};
/// NaN throughout with fewer than three points or when all x are alike.
PowerLaw fit_power_law(const QVector<double>& x, const QVector<double>& y);

/// A mean with its 95 % confidence interval (Student's t); the ends are NaN with fewer than three values.
struct MeanInterval {
    double mean = 0, low = 0, high = 0;
    int count = 0; ///< finite values
};
MeanInterval mean_interval(const QVector<double>& values);

/// A box plot's numbers: quantiles (linear between order statistics) of the finite values.
struct Quantiles {
    double low = 0, lower = 0, median = 0, upper = 0, high = 0; ///< 5, 25, 50, 75, 95 %
    QVector<double> outside;                                    ///< below 5 or above 95 %
    int count = 0;
};
Quantiles quantiles(QVector<double> values);

} // namespace moequant
