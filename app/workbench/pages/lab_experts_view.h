// The chain from balance to error on one page: tokens of every expert, the error of their Hessians, what
// quantization makes of it.
#pragma once
#include "app/workbench/lab_curves.h"
#include "widgets/tables/run_model.h"

#include <QWidget>

class QAction;
class QLabel;

namespace moequant {

class DataTable;
class HeatMap;
class Workbench;

class LabExpertsView : public QWidget {
    Q_OBJECT
  public:
    /// `measure` fills the pictures.
    LabExpertsView(Workbench& workbench, QAction* measure, QWidget* parent = nullptr);
    void set_report(const LabReport& report);

  Q_SIGNALS:
    void message(const QString& text, bool error);

  private:
    void build_pictures(QAction* measure);
    void connect_pictures();
    void show_selection();
    /// Index into the report's experts; −1: it is not among them.
    int selected() const;

    Workbench& workbench_;
    LabReport report_;
    QLabel* note_;
    HeatMap* tokens_;
    CurvePlot *hessian_, *spectrum_;
    ErrorScatter* quantization_;
    RunModel experts_;
    DataTable* table_;
    bool showing_ = false; ///< the table follows the selection
};

} // namespace moequant
