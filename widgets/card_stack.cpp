#include "widgets/card_stack.h"

#include "widgets/card.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace moequant {

CardStack::CardStack(QWidget* parent) : QStackedWidget(parent) {}

void CardStack::set_cards(const QVector<QPair<QString, Card*>>& cards) {
    for (int own = 0; own < cards.size(); ++own) {
        auto* choice = new QWidget;
        auto* row = new QHBoxLayout(choice);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(2);
        QVector<QToolButton*> buttons;
        for (int i = 0; i < cards.size(); ++i) {
            auto* button = new QToolButton;
            button->setText(cards[i].first);
            button->setCheckable(true);
            button->setChecked(i == own);
            button->setAutoRaise(true);
            button->setAccessibleName(tr("Show %1").arg(cards[i].first));
            button->setToolTip(button->accessibleName());
            QFont font = button->font();
            font.setBold(i == own);
            button->setFont(font);
            connect(button, &QToolButton::clicked, this, [this, i] {
                show_card(i);
                buttons_[i][i]->setFocus();
            });
            row->addWidget(button);
            buttons.append(button);
        }
        buttons_.append(buttons);
        cards[own].second->set_title_widget(choice);
        addWidget(cards[own].second);
    }
    if (!cards.isEmpty())
        show_card(0);
}

void CardStack::show_card(int index) {
    setCurrentIndex(index);
    for (int own = 0; own < buttons_.size(); ++own)
        for (int i = 0; i < buttons_[own].size(); ++i)
            buttons_[own][i]->setChecked(i == own);
}

} // namespace moequant
