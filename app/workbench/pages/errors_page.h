// "Where did it go wrong?": the error of every expert of a quantization, and the worst linears.
#pragma once
#include "app/workbench/pages/page.h"
#include "widgets/tables/run_model.h"

namespace moequant {

class DataTable;
class ErrorScatter;
class HeatMap;

class ErrorsPage : public Page {
    Q_OBJECT
  public:
    ErrorsPage(Workbench& workbench, QAction* quantize, QWidget* parent = nullptr);
    void open_run(const QString& folder);

  private:
    void refresh();
    HeatMap* map_;
    ErrorScatter* scatter_;
    RunModel linears_;
    DataTable* table_;
    QVector<LinearRow> shown_;
};

} // namespace moequant
