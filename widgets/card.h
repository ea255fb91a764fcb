// A titled frame on the page: title, a few controls at its right, and either its content or an empty state.
#pragma once
#include <QFrame>

class QAction;
class QHBoxLayout;
class QLabel;
class QMenu;
class QStackedLayout;

namespace moequant {

class EmptyState;

class Card : public QFrame {
    Q_OBJECT
  public:
    explicit Card(const QString& title, QWidget* parent = nullptr);
    QString title() const;
    void set_title(const QString& title);
    /// Stands where the title was, such as a choice of cards.
    void set_title_widget(QWidget* widget);
    /// Puts a control at the right end of the title row.
    void add_header_widget(QWidget* widget);
    /// What the view shows, as rich text: behind a "?" at the right of the title row, and Shift+F1.
    void set_explanation(const QString& html);
    /// The "⋯" button at the very end of the title row.
    void set_menu(QMenu* menu, const QString& tip);
    void set_content(QWidget* content);
    /// The sentence and button shown until `show_content(true)`.
    void set_empty(const QString& sentence, QAction* action = nullptr);
    void show_content(bool shown);
    bool content_shown() const;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QLabel* title_;
    QHBoxLayout* header_;
    QStackedLayout* stack_;
    EmptyState* empty_;
    QWidget *more_ = nullptr, *info_ = nullptr;
};

} // namespace moequant
