// Asks for the size of a picture and where it goes; remembers the last size of this run of the program.
#pragma once
#include "widgets/plots/figure_file.h"

#include <QDialog>

class QDoubleSpinBox;
class QSpinBox;

namespace moequant {

class FigureDialog : public QDialog {
    Q_OBJECT
  public:
    explicit FigureDialog(const QString& title, QWidget* parent = nullptr);

  Q_SIGNALS:
    void chosen(const QString& path, const moequant::FigureSize& size);

  private:
    void choose_file();
    QString title_;
    QDoubleSpinBox *width_, *height_;
    QSpinBox* dpi_;
};

} // namespace moequant
