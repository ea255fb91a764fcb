#include "app/workbench/frame/rail.h"

#include "app/workbench/frame/icons.h"

#include <QActionGroup>
#include <QEvent>
#include <QToolButton>

#include <algorithm>

namespace moequant {

Rail::Rail(QWidget* parent) : QToolBar(parent), group_(new QActionGroup(this)) {
    setObjectName(QStringLiteral("rail"));
    setWindowTitle(tr("Pages"));
    setAccessibleName(tr("Pages"));
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    setIconSize(QSize(24, 24));
    group_->setExclusive(true);
}

void Rail::add(const char* icon, const QString& name, const QString& tip, int digit) {
    const int number = int(actions_.size());
    auto* action = addAction(name);
    action->setCheckable(true);
    action->setActionGroup(group_);
    action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + digit)));
    action->setToolTip(QStringLiteral("%1 (Ctrl+%2)").arg(tip).arg(digit));
    connect(action, &QAction::triggered, this, [this, number] { Q_EMIT page_asked(number); });
    actions_.push_back(action);
    icons_.push_back(icon);
    int width = 84;
    for (const QAction* other : actions_)
        if (auto* button = qobject_cast<QToolButton*>(widgetForAction(const_cast<QAction*>(other))))
            width = std::max(width, button->fontMetrics().horizontalAdvance(other->text()) + 20);
    for (const QAction* other : actions_)
        if (auto* button = qobject_cast<QToolButton*>(widgetForAction(const_cast<QAction*>(other)))) {
            button->setAccessibleName(other->text());
            button->setFocusPolicy(Qt::TabFocus);
            button->setFixedSize(QSize(width, 58));
        }
    recolor();
}

void Rail::set_current(int page) {
    actions_[std::size_t(page)]->setChecked(true);
}

void Rail::changeEvent(QEvent* event) {
    QToolBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        recolor();
}

void Rail::recolor() {
    for (std::size_t i = 0; i < actions_.size(); ++i)
        actions_[i]->setIcon(line_icon(icons_[i], palette().color(QPalette::WindowText)));
}

} // namespace moequant
