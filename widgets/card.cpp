#include "widgets/card.h"

#include "widgets/empty_state.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStackedLayout>
#include <QToolButton>
#include <QWhatsThis>

namespace moequant {

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent),
      title_(new QLabel(title)),
      header_(new QHBoxLayout),
      stack_(new QStackedLayout),
      empty_(new EmptyState) {
    setObjectName(title); // what it was made as; the title may change
    QFont bold = title_->font();
    bold.setBold(true);
    title_->setFont(bold);
    title_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    title_->setFocusPolicy(Qt::NoFocus);
    title_->setMinimumWidth(40);
    header_->setSpacing(8);
    header_->addWidget(title_);
    header_->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(4);
    layout->addLayout(header_);
    layout->addLayout(stack_, 1);
    stack_->addWidget(empty_);
}

QString Card::title() const {
    return title_->text();
}

void Card::set_title(const QString& title) {
    title_->setText(title);
}

void Card::set_title_widget(QWidget* widget) {
    title_->hide();
    header_->insertWidget(0, widget);
}

void Card::add_header_widget(QWidget* widget) {
    const QWidget* before = info_ ? info_ : more_;
    header_->insertWidget(before ? header_->indexOf(before) : -1, widget);
}

void Card::set_explanation(const QString& html) {
    setWhatsThis(html);
    if (info_)
        return;
    auto* info = new QToolButton;
    info->setText(QStringLiteral("?"));
    info->setAutoRaise(true);
    info->setToolTip(tr("What am I looking at?"));
    info->setAccessibleName(tr("What does \u201c%1\u201d show?").arg(title()));
    connect(info, &QToolButton::clicked, this, [this, info] {
        QWhatsThis::showText(info->mapToGlobal(QPoint(0, info->height())), whatsThis(), this);
    });
    header_->insertWidget(more_ ? header_->indexOf(more_) : -1, info);
    info_ = info;
}

void Card::set_menu(QMenu* menu, const QString& tip) {
    auto* more = new QToolButton;
    more->setText(QStringLiteral("⋯"));
    more->setAutoRaise(true);
    more->setToolTip(tip);
    more->setAccessibleName(QStringLiteral("%1: %2").arg(tip, title()));
    // Not setMenu(): the style would draw an arrow over the dots.
    connect(more, &QToolButton::clicked, menu,
            [more, menu] { menu->popup(more->mapToGlobal(QPoint(0, more->height()))); });
    header_->addWidget(more);
    more_ = more;
}

void Card::set_content(QWidget* content) {
    stack_->addWidget(content);
}

void Card::set_empty(const QString& sentence, QAction* action) {
    empty_->set(sentence, action);
}

void Card::show_content(bool shown) {
    stack_->setCurrentIndex(shown && stack_->count() > 1 ? 1 : 0);
}

bool Card::content_shown() const {
    return stack_->currentIndex() == 1;
}

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

} // namespace moequant
