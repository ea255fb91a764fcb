// "What was said?": the worker's and the window's log.
#pragma once
#include "app/workbench/pages/page.h"
#include "widgets/tables/log_model.h"

namespace moequant {

class LogPage : public Page {
    Q_OBJECT
  public:
    explicit LogPage(Workbench& workbench, QWidget* parent = nullptr);
    LogModel& log() { return log_; }

  private:
    LogModel log_;
};

} // namespace moequant
