// What stands where a picture or table has no data yet: one sentence and the one button that fills it.
#pragma once
#include <QPointer>
#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace moequant {

class EmptyState : public QWidget {
    Q_OBJECT
  public:
    explicit EmptyState(QWidget* parent = nullptr);
    /// The button shows the action's text and follows its enabled state; null: no button.
    void set(const QString& sentence, QAction* action = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void recolor();
    QLabel* sentence_;
    QPushButton* button_;
    QPointer<QAction> action_;
};

} // namespace moequant
