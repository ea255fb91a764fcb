#include "app/workbench/pages/page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace moequant {

Page::Page(Workbench& workbench, const QString& question, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      title_row_(new QHBoxLayout),
      controls_(new QVBoxLayout),
      body_(new QVBoxLayout),
      messages_(new MessageBar) {
    auto* title = new QLabel(question);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    title->setFont(font);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->setSpacing(8);
    title_row_->addWidget(title);
    title_row_->addStretch();
    layout->addLayout(title_row_);
    layout->addLayout(controls_);
    layout->addWidget(messages_);
    layout->addLayout(body_, 1);
    controls_->setSpacing(8);
    setAccessibleName(question);
}

void Page::add_title_action(QAction* action) {
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    title_row_->addWidget(button);
}

QHBoxLayout* Page::add_controls() {
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    controls_->addLayout(row);
    return row;
}

QAction* Page::make_main_action(const QString& text, const QString& tip) {
    main_ = new QAction(text, this);
    main_->setToolTip(tip + QStringLiteral(" (F5)"));
    return main_;
}

QWidget* Page::button_for(QAction* action, bool prominent) {
    auto* button = new QPushButton(action->text());
    button->setDefault(prominent);
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

Job Page::new_job(const char* kind) const {
    Job job;
    job.kind = kind;
    job.model = workbench_.model().toStdString();
    return job;
}

void Page::tell(const QString& text, bool error) {
    messages_->show_message(text, error ? MessageBar::Tone::Error : MessageBar::Tone::Note);
}

void Page::show_failure(const ActiveJob& job, const RequestFailure& failure) {
    if (failure.code == "cancelled")
        messages_->show_message(tr("%1: stopped").arg(job.title), MessageBar::Tone::Warning);
    else if (failure.code != "lost") // the window's banner tells
        tell(tr("%1: %2").arg(job.title, failure.text), true);
}

} // namespace moequant
