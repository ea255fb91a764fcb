// "What is in this model?": architecture, sizes, layers and the memory it needs.
#pragma once
#include "app/workbench/pages/page.h"
#include "widgets/tables/fact_model.h"
#include "widgets/tables/run_model.h"

namespace moequant {

class DataTable;

class ModelPage : public Page {
    Q_OBJECT
  public:
    ModelPage(Workbench& workbench, QAction* open_sample, QWidget* parent = nullptr);

  private:
    void refresh();
    FactModel facts_, memory_;
    RunModel layers_;
    DataTable *facts_table_, *memory_table_, *layers_table_;
};

} // namespace moequant
