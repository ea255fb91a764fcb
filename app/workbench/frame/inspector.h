// Everything known about the selected layer and expert, the same on every page.
#pragma once
#include <QWidget>

class QFormLayout;
class QLabel;
class QSpinBox;

namespace moequant {

class Workbench;

class Inspector : public QWidget {
    Q_OBJECT
  public:
    explicit Inspector(Workbench& workbench, QWidget* parent = nullptr);

  private:
    void refresh();
    void add_row(const QString& name, const QString& value, const QColor& color = {});
    Workbench& workbench_;
    QSpinBox *layer_, *expert_;
    QWidget* facts_;
    QFormLayout* rows_ = nullptr;
    QLabel* hint_;
};

} // namespace moequant
