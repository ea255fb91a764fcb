// τ on a logarithmic slider, from 0.01 to 100 and then infinity, kept equal to a number box.
#pragma once
#include <QSlider>

class QDoubleSpinBox;

namespace moequant {

class TauSlider : public QSlider {
    Q_OBJECT
  public:
    /// Follows the box and moves it.
    explicit TauSlider(QDoubleSpinBox* box);

  private:
    void follow(double tau);
};

} // namespace moequant
