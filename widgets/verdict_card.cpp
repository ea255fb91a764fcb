#include "widgets/verdict_card.h"

#include "widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>

namespace moequant {
namespace {

QString mark_of(VerdictLine::Tone tone) {
    switch (tone) {
    case VerdictLine::Tone::Good:
        return QStringLiteral("✓");
    case VerdictLine::Tone::Warning:
        return QStringLiteral("⚠");
    case VerdictLine::Tone::Bad:
        return QStringLiteral("✗");
    default:
        return QStringLiteral("·");
    }
}

QColor color_of(VerdictLine::Tone tone, const QPalette& palette) {
    const bool dark = is_dark(palette);
    switch (tone) {
    case VerdictLine::Tone::Good:
        return dark ? QColor(0x56d364) : QColor(0x1a7f37);
    case VerdictLine::Tone::Warning:
        return dark ? QColor(0xe3b341) : QColor(0x8a5a00);
    case VerdictLine::Tone::Bad:
        return dark ? QColor(0xff8078) : QColor(0xb42318);
    default:
        return muted_text(palette);
    }
}

} // namespace

QString plain_text(const QVector<VerdictLine>& lines) {
    QStringList texts;
    for (const auto& line : lines)
        texts.append(QStringLiteral("%1 %2: %3").arg(mark_of(line.tone), line.subject, line.text));
    return texts.join('\n');
}

VerdictCard::VerdictCard(const QString& title, QWidget* parent)
    : Card(title, parent), inside_(new QWidget), grid_(new QGridLayout(inside_)) {
    grid_->setContentsMargins(0, 0, 4, 0);
    grid_->setHorizontalSpacing(8);
    grid_->setVerticalSpacing(6);
    grid_->setColumnStretch(2, 1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(inside_);
    inside_->setAutoFillBackground(false); // setWidget() switches it on
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setAccessibleName(title);
    set_content(scroll);
    auto* menu = new QMenu(this);
    menu->addAction(tr("&Copy as text"), this, [this] {
        QApplication::clipboard()->setText(plain_text(lines_));
        Q_EMIT message(tr("Copied"), false);
    });
    set_menu(menu, tr("Copy these lines"));
    show_content(false);
}

void VerdictCard::set_lines(const QVector<VerdictLine>& lines) {
    if (lines == lines_)
        return;
    lines_ = lines;
    rebuild();
    show_content(!lines_.isEmpty());
}

void VerdictCard::rebuild() {
    while (auto* item = grid_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int i = 0; i < grid_->rowCount(); ++i)
        grid_->setRowStretch(i, 0);
    int row = 0;
    for (const auto& line : lines_) {
        auto* mark = new QLabel(mark_of(line.tone));
        QPalette colored = palette();
        colored.setColor(QPalette::WindowText, color_of(line.tone, palette()));
        mark->setPalette(colored);
        mark->setFixedWidth(mark->fontMetrics().horizontalAdvance(QStringLiteral("⚠")) + 4);
        auto* subject = new QLabel(line.subject);
        QFont bold = subject->font();
        bold.setBold(true);
        subject->setFont(bold);
        auto* text = new QLabel(line.text);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setFocusPolicy(Qt::NoFocus);
        text->setAccessibleName(QStringLiteral("%1: %2").arg(line.subject, line.text));
        for (auto* label : {mark, subject, text})
            label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        grid_->addWidget(mark, row, 0);
        grid_->addWidget(subject, row, 1);
        grid_->addWidget(text, row++, 2);
    }
    grid_->setRowStretch(row, 1);
}

void VerdictCard::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        rebuild();
}

} // namespace moequant
