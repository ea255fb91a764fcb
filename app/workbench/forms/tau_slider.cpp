#include "app/workbench/forms/tau_slider.h"

#include <QDoubleSpinBox>

#include <algorithm>
#include <cmath>

namespace moequant {
namespace {

constexpr int steps_a_decade = 100, last = 4 * steps_a_decade, infinite = last + 10;

} // namespace

TauSlider::TauSlider(QDoubleSpinBox* box) : QSlider(Qt::Horizontal) {
    setRange(0, infinite);
    setSingleStep(4);
    setPageStep(25);
    setMinimumWidth(120);
    setAccessibleName(tr("τ, logarithmic"));
    setToolTip(box->toolTip());
    setProperty("no_undo", true); // the box has it
    follow(box->value());
    connect(box, &QDoubleSpinBox::valueChanged, this, &TauSlider::follow);
    connect(this, &QSlider::valueChanged, box, [box](int position) {
        if (position > last) {
            if (position > last + 5)
                box->setValue(box->maximum());
            return;
        }
        const double tau = std::pow(10.0, double(position) / steps_a_decade - 2);
        const double digits = std::pow(10.0, 2 - std::floor(std::log10(tau))); // three that count
        box->setValue(std::round(tau * digits) / digits);
    });
}

void TauSlider::follow(double tau) {
    const QSignalBlocker quiet(this);
    setValue(tau > 100 ? infinite
                       : std::clamp(int(std::lround((std::log10(std::max(tau, 0.01)) + 2) * steps_a_decade)),
                                    0, last));
}

} // namespace moequant
