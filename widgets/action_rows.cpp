#include "widgets/action_rows.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace moequant {
namespace {

constexpr int most_shown = 3; ///< rows before the card scrolls

} // namespace

ActionRows::ActionRows(const QString& title, QWidget* parent) : Card(title, parent) {
    auto* inside = new QWidget;
    grid_ = new QGridLayout(inside);
    grid_->setContentsMargins(0, 0, 4, 0);
    grid_->setSpacing(4);
    grid_->setHorizontalSpacing(8);
    grid_->setColumnStretch(1, 1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(inside);
    inside->setAutoFillBackground(false); // setWidget() switches it on
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setAccessibleName(title);
    scroll->setFocusPolicy(Qt::NoFocus);
    set_content(scroll);
    show_content(true);
    hide();
}

void ActionRows::set_rows(const QVector<ActionRow>& rows) {
    if (rows == rows_)
        return;
    rows_ = rows;
    while (auto* item = grid_->takeAt(0)) {
        if (auto* widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // it may be the button that was pressed
        }
        delete item;
    }
    int height = 0, at = 0;
    for (const auto& row : rows_) {
        auto* text = new QLabel(row.text);
        auto* button = new QPushButton(row.button);
        button->setToolTip(row.tip);
        button->setAccessibleName(QStringLiteral("%1: %2").arg(row.button, row.text));
        button->setProperty("no_undo", true);
        connect(button, &QPushButton::clicked, this, [this, key = row.key] { Q_EMIT triggered(key); });
        if (row.field.isEmpty()) {
            text->setMinimumWidth(40);
            text->setToolTip(row.text);
            grid_->addWidget(text, at, 0, 1, 2);
        } else {
            auto* field = new QLineEdit(row.field);
            field->setReadOnly(true);
            field->setCursorPosition(0);
            field->setAccessibleName(row.text);
            field->setToolTip(row.field);
            field->setProperty("no_undo", true);
            field->setProperty("may_elide", true);
            text->setBuddy(field);
            grid_->addWidget(text, at, 0);
            grid_->addWidget(field, at, 1);
        }
        grid_->addWidget(button, at, 2);
        grid_->setRowStretch(at++, 0);
        height = std::max(height, button->sizeHint().height());
    }
    grid_->setRowStretch(at, 1);
    const int shown = std::min(most_shown, int(rows_.size()));
    setFixedHeight(fontMetrics().height() + 30 + shown * (height + 4));
    setVisible(!rows_.isEmpty());
}

} // namespace moequant
