// "What does it mean?": the lesson of app/workbench/learn, a chapter a page of the window.
#pragma once
#include "app/workbench/pages/page.h"

class QListWidget;
class QTextBrowser;

namespace moequant {

class LearnPage : public Page {
    Q_OBJECT
  public:
    LearnPage(Workbench& workbench, QWidget* parent = nullptr);
    /// Shows this topic of topics(); an unknown one leaves the page as it is.
    void show_topic(const QString& key);

  private:
    QListWidget* list_;
    QTextBrowser* text_;
};

} // namespace moequant
