// "What is in this model?": its layers, experts and linears as a tree, architecture, sizes and the memory it
// needs.
#pragma once
#include "app/workbench/pages/page.h"
#include "widgets/tables/fact_model.h"
#include "widgets/tables/model_tree.h"

class QTreeView;

namespace moequant {

class Card;
class DataTable;

class ModelPage : public Page {
    Q_OBJECT
  public:
    /// `open_sample` fills the page; `compare` is what to do next.
    ModelPage(Workbench& workbench, QAction* open_sample, QAction* compare, QWidget* parent = nullptr);

  private:
    void build_tree(QAction* open_sample);
    void refresh();
    void show_selection();
    FactModel facts_, memory_;
    ModelTree tree_;
    QTreeView* view_;
    Card* tree_card_;
    DataTable *facts_table_, *memory_table_;
};

} // namespace moequant
