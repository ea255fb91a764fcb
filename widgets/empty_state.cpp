#include "widgets/empty_state.h"

#include "widgets/theme.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace moequant {

EmptyState::EmptyState(QWidget* parent) : QWidget(parent), sentence_(new QLabel), button_(new QPushButton) {
    sentence_->setWordWrap(true);
    sentence_->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 8, 24, 16);
    layout->setSpacing(8);
    layout->addStretch();
    layout->addWidget(sentence_);
    layout->addWidget(button_, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(button_, &QPushButton::clicked, this, [this] {
        if (action_)
            action_->trigger();
    });
    button_->hide();
    recolor();
}

void EmptyState::set(const QString& sentence, QAction* action) {
    sentence_->setText(sentence);
    if (action_)
        action_->disconnect(this);
    action_ = action;
    button_->setVisible(action != nullptr);
    if (!action)
        return;
    const auto follow = [this] {
        button_->setText(action_->text());
        button_->setAccessibleDescription(sentence_->text());
        button_->setEnabled(action_->isEnabled());
        button_->setToolTip(action_->toolTip());
    };
    connect(action, &QAction::changed, this, follow);
    follow();
}

void EmptyState::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        recolor();
    QWidget::changeEvent(event);
}

void EmptyState::recolor() {
    const QColor color = muted_text(palette());
    if (sentence_->palette().color(QPalette::WindowText) == color)
        return;
    QPalette p = palette();
    p.setColor(QPalette::WindowText, color);
    sentence_->setPalette(p);
}

} // namespace moequant
