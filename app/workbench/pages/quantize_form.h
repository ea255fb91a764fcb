// The settings of a quantization: preset; calibration, method, grid, safety; what few need behind "Advanced".
#pragma once
#include "app/workbench/workbench.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace moequant {

class AdvancedForm;
class OptionForm;

class QuantizeForm : public QWidget {
    Q_OBJECT
  public:
    /// `launch` is put under the form.
    QuantizeForm(Workbench& workbench, QWidget* launch, QWidget* parent = nullptr);
    Job job() const;
    nlohmann::json values() const;
    /// The calibration SPEC without its query, and how many tokens of it are asked for.
    QString source() const;
    qint64 tokens() const;
    /// Offers a set as calibration and chooses it when asked.
    void offer_source(const QString& spec, bool choose);
    void remember();

  Q_SIGNALS:
    void changed();

  private:
    void use_preset(int preset);
    void follow();
    Workbench& workbench_;
    QWidget* build_calibration();
    QWidget* build_output();
    void restore();
    std::string preset() const; ///< name; empty: the recommended settings
    QComboBox *preset_, *source_;
    QSpinBox *samples_, *length_;
    QLineEdit* output_;
    OptionForm *method_, *grid_, *safety_;
    AdvancedForm* advanced_;
};

} // namespace moequant
