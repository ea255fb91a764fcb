// What to measure of the chosen runs: corpora, how much of them, and against which model.
#pragma once
#include "app/workbench/settings.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace moequant {

class EvaluateForm : public QFrame {
    Q_OBJECT
  public:
    explicit EvaluateForm(Settings& settings, QWidget* parent = nullptr);
    /// Names of what would be evaluated; `agrees`: there is a float model to agree with.
    void set_targets(const QStringList& names, bool agrees);
    /// SPECs of the ticked corpora, with the number of windows.
    QStringList specs() const;
    bool against_float() const;

  Q_SIGNALS:
    /// Something was ticked.
    void changed();
    void asked();
    void closed();

  private:
    void save();
    Settings& settings_;
    QVector<QCheckBox*> corpora_;
    QCheckBox* against_;
    QComboBox* windows_;
    QLabel* targets_;
    QPushButton* start_;
    bool any_target_ = false;
};

} // namespace moequant
