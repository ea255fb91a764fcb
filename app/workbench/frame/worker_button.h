// Where the work is done: the worker's state at the right of the title strip, and what can be done about it.
#pragma once
#include "app/workbench/workbench.h"

#include <QToolButton>

namespace moequant {

class WorkerButton : public QToolButton {
    Q_OBJECT
  public:
    explicit WorkerButton(Workbench& workbench, QWidget* parent = nullptr);

  private:
    void choose_machine();
    void use_this_machine();
    void refresh();
    Workbench& workbench_;
    QAction *machine_, *here_;
};

} // namespace moequant
