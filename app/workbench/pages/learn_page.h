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

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void color_headings();
    QListWidget* list_;
    QTextBrowser* text_;
};

} // namespace moequant
