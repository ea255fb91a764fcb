#include "app/workbench/frame/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

namespace moequant {
namespace {

QColor tone_color(MessageBar::Tone tone) {
    switch (tone) {
    case MessageBar::Tone::Error:
        return QColor(0xd55e00);
    case MessageBar::Tone::Warning:
        return QColor(0xe69f00);
    case MessageBar::Tone::Note:
        break;
    }
    return QColor(0x009e73);
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent),
      mark_(new QLabel),
      text_(new QLabel),
      button_(new QPushButton),
      timer_(new QTimer(this)) {
    setAccessibleName(tr("Message"));
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text_->setAccessibleName(tr("Message text"));
    button_->setAccessibleName(tr("What to do about it"));
    auto* close = new QToolButton;
    close->setText(QStringLiteral("×"));
    close->setAutoRaise(true);
    close->setToolTip(tr("Dismiss"));
    close->setAccessibleName(tr("Dismiss the message"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 4, 4, 4);
    layout->addWidget(mark_);
    layout->addWidget(text_, 1);
    layout->addWidget(button_);
    layout->addWidget(close);
    timer_->setSingleShot(true);
    timer_->setInterval(6000);
    connect(timer_, &QTimer::timeout, this, &QWidget::hide);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(button_, &QPushButton::clicked, this, [this] {
        hide();
        if (const auto act = act_)
            act();
    });
    hide();
}

void MessageBar::show_message(const QString& text, Tone tone) {
    tone_ = tone;
    act_ = nullptr;
    button_->hide();
    mark_->setText(tone == Tone::Note ? QStringLiteral("✓") : QStringLiteral("⚠"));
    text_->setText(text);
    setAccessibleDescription(text);
    show();
    update();
    if (tone == Tone::Note)
        timer_->start();
    else
        timer_->stop();
}

void MessageBar::show_action(const QString& text, Tone tone, const QString& button,
                             const std::function<void()>& act) {
    show_message(text, tone);
    timer_->stop();
    act_ = act;
    button_->setText(button);
    button_->show();
}

QString MessageBar::text() const {
    return isHidden() ? QString() : text_->text();
}

void MessageBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = tone_color(tone_);
    fill.setAlpha(40);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(rect(), 4, 4);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect(), 4, 4);
    painter.setBrush(tone_color(tone_));
    painter.drawRect(QRect(0, 0, 4, height()));
}

} // namespace moequant
