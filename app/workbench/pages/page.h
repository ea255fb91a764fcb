// A page: one question, its controls on top, its pictures below, its messages between.
#pragma once
#include "app/workbench/frame/message_bar.h"
#include "app/workbench/workbench.h"

#include <QWidget>

#include <vector>

class QAction;
class QHBoxLayout;
class QVBoxLayout;

namespace moequant {

class Page : public QWidget {
    Q_OBJECT
  public:
    Page(Workbench& workbench, const QString& question, QWidget* parent = nullptr);
    /// What F5 does here; null: nothing.
    QAction* main_action() const { return main_; }
    /// The jobs that the main action would run, for "Copy as command".
    virtual std::vector<Job> jobs() const { return {}; }
    void tell(const QString& text, bool error);
    /// Puts a quiet button for the action at the right of the question.
    void add_title_action(QAction* action);
    MessageBar& messages() { return *messages_; }

  protected:
    /// A row for controls under the question.
    QHBoxLayout* add_controls();
    QVBoxLayout* body() const { return body_; }
    /// Made once; its text is that of the button it is put on.
    QAction* make_main_action(const QString& text, const QString& tip);
    /// A push button that follows the action.
    static QWidget* button_for(QAction* action, bool prominent = false);
    /// Puts in what every job of the window has: the model.
    Job new_job(const char* kind) const;
    /// Shows the failure of one of this page's jobs.
    void show_failure(const ActiveJob& job, const RequestFailure& failure);

    Workbench& workbench_;

  private:
    QHBoxLayout* title_row_;
    QVBoxLayout *controls_, *body_;
    MessageBar* messages_;
    QAction* main_ = nullptr;
};

} // namespace moequant
