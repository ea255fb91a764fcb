#include "widgets/action_rows.h"

#include <QHBoxLayout>
#include <QLabel>
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
    inside->setAutoFillBackground(false);
    column_ = new QVBoxLayout(inside);
    column_->setContentsMargins(0, 0, 4, 0);
    column_->setSpacing(4);
    auto* scroll = new QScrollArea;
    scroll->setWidget(inside);
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
    while (auto* item = column_->takeAt(0)) {
        if (auto* widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // it may be the one whose button was pressed
        }
        delete item;
    }
    int height = 0;
    for (const auto& row : rows_) {
        auto* line = new QWidget;
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        auto* text = new QLabel(row.text);
        text->setWordWrap(true);
        auto* button = new QPushButton(row.button);
        button->setToolTip(row.tip);
        button->setAccessibleName(QStringLiteral("%1: %2").arg(row.button, row.text));
        button->setProperty("no_undo", true);
        connect(button, &QPushButton::clicked, this, [this, key = row.key] { Q_EMIT triggered(key); });
        layout->addWidget(text, 1);
        layout->addWidget(button);
        column_->addWidget(line);
        height = std::max(height, line->sizeHint().height());
    }
    column_->addStretch();
    const int shown = std::min(most_shown, int(rows_.size()));
    setFixedHeight(fontMetrics().height() + 26 + shown * (height + 4));
    setVisible(!rows_.isEmpty());
}

} // namespace moequant
