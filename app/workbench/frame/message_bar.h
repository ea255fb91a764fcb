// One line in the page for what went wrong or was done, instead of a dialog.
#pragma once
#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QTimer;

namespace moequant {

class MessageBar : public QFrame {
    Q_OBJECT
  public:
    enum class Tone { Note, Warning, Error };

    explicit MessageBar(QWidget* parent = nullptr);
    /// A note goes away by itself; warnings and errors stay until they are closed or replaced.
    void show_message(const QString& text, Tone tone);
    /// A message with one button.
    void show_action(const QString& text, Tone tone, const QString& button, const std::function<void()>& act);
    QString text() const;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QLabel *mark_, *text_;
    QPushButton* button_;
    QTimer* timer_;
    std::function<void()> act_;
    Tone tone_ = Tone::Note;
};

} // namespace moequant
