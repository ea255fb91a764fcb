// The study of one row's Hessian: bias and variance of every estimator against ε or n, the whole error over
// both, the orders that were measured.
#pragma once
#include "app/workbench/lab_curves.h"
#include "widgets/tables/run_model.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;

namespace moequant {

class DataTable;

class LabStudyView : public QWidget {
    Q_OBJECT
  public:
    /// `measure` fills the pictures.
    explicit LabStudyView(QAction* measure, QWidget* parent = nullptr);
    void set_report(const LabReport& report);
    bool measured() const { return !report_.points.isEmpty(); }
    /// The choices of what is drawn; the caller finds them a place.
    QWidget* bar() const { return bar_; }

  Q_SIGNALS:
    void message(const QString& text, bool error);

  private:
    QWidget* build_bar();
    void build_pictures(QAction* measure);
    /// Puts what the run holds into the choices.
    void offer();
    void take_choices();
    void show_curves();
    bool exact() const; ///< all samples: there is one n
    bool by_epsilon() const;

    LabReport report_;
    QAction* measure_;
    QWidget* bar_;
    LabView view_;
    QComboBox *sampling_, *along_, *n_, *epsilon_, *estimator_;
    QLabel *n_label_, *epsilon_label_, *note_;
    CurvePlot *bias_, *variance_;
    SurfaceMap* surface_;
    RunModel orders_, terms_;
    DataTable *order_table_, *term_table_;
};

} // namespace moequant
