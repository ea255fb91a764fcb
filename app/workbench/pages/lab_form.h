// What the Hessian lab is to measure: the text, the linear, the loss; behind "More" all the rest.
#pragma once
#include "app/workbench/workbench.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;

namespace moequant {

class OptionForm;

class LabForm : public QWidget {
    Q_OBJECT
  public:
    /// `launch`: the button that starts the job; stands behind the controls.
    LabForm(Workbench& workbench, QWidget* launch, QWidget* parent = nullptr);
    Job job() const;
    /// Why there can be no such job; empty: there can.
    QString fault() const;
    /// What the chosen loss means for differences, in a sentence.
    QString note() const;
    /// Adds a source that another page made.
    void offer_source(const QString& spec);

  private:
    QWidget* build_source();
    QWidget* build_more();
    QWidget* control(const char* key) const;
    nlohmann::json values() const;
    void restore();
    void remember();
    /// Greys out what the loss does not ask for.
    void follow();
    void show_model();
    void show_selection();
    void take_selection();

    Workbench& workbench_;
    QComboBox* source_;
    QSpinBox *samples_, *length_;
    OptionForm *where_, *what_;
    QVector<OptionForm*> forms_; ///< those two, and one for each option behind "More"
    QLabel* note_;
    bool following_ = false; ///< the controls take over the window's selection
};

} // namespace moequant
