// Cards in one place, one of them shown; the choice stands where their titles were.
#pragma once
#include <QStackedWidget>
#include <QVector>

class QHBoxLayout;
class QToolButton;

namespace moequant {

class Card;

class CardStack : public QStackedWidget {
    Q_OBJECT
  public:
    explicit CardStack(QWidget* parent = nullptr);
    /// All at once; the first is shown.
    void set_cards(const QVector<QPair<QString, Card*>>& cards);
    void show_card(int index);

  private:
    QVector<QVector<QToolButton*>> buttons_; ///< [cards, cards]: every card has the whole choice
};

} // namespace moequant
