// The options of a quantization that few need: mixed precision, grids by pattern, starved experts, storage.
#pragma once
#include <nlohmann/json.hpp>

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace moequant {

class OptionForm;

class AdvancedForm : public QWidget {
    Q_OBJECT
  public:
    explicit AdvancedForm(QWidget* parent = nullptr);
    /// Options of `quantize`; what is at its default and may be unset is left out.
    nlohmann::json values() const;
    void set_values(const nlohmann::json& values);
    void reset();
    /// AWQ knows no mixed precision, RTN no starved experts.
    void follow(const std::string& method);

  Q_SIGNALS:
    void changed();

  private:
    QDoubleSpinBox* average_bits_;
    QLineEdit* bit_choices_;
    QSpinBox* min_tokens_;
    QPlainTextEdit* overrides_;
    QLabel* fault_;
    OptionForm* plain_;
};

} // namespace moequant
