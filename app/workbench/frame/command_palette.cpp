#include "app/workbench/frame/command_palette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>

namespace moequant {
namespace {

QString bare(QString text) { // without the mnemonic and the dots
    text.remove(u'&');
    if (text.endsWith(u'…'))
        text.chop(1);
    return text.trimmed();
}

void add_menu(const QMenu* menu, const QString& path, QVector<PaletteEntry>& entries, QSet<QAction*>& seen) {
    for (QAction* action : menu->actions()) {
        if (action->isSeparator() || action->text().isEmpty() || seen.contains(action))
            continue;
        const QString name = path + QStringLiteral(": ") + bare(action->text());
        if (action->menu()) {
            Q_EMIT action->menu()->aboutToShow(); // those that fill themselves
            add_menu(action->menu(), name, entries, seen);
        } else if (action->isEnabled()) {
            seen.insert(action);
            entries.append({name, action});
        }
    }
}

} // namespace

int palette_score(const QString& typed, const QString& name) {
    int score = 0, run = 0;
    qsizetype at = 0;
    for (const QChar letter : typed) {
        if (letter.isSpace())
            continue;
        const auto found = name.indexOf(letter, at, Qt::CaseInsensitive);
        if (found < 0)
            return -1;
        run = found == at ? run + 1 : 0;
        const bool starts = found == 0 || !name[found - 1].isLetterOrNumber();
        score += 1 + 3 * run + (starts ? 6 : 0);
        at = found + 1;
    }
    return score;
}

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window, Qt::Popup), line_(new QLineEdit), list_(new QListWidget) {
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Find an action"));
    line_->setPlaceholderText(tr("What do you want to do?"));
    line_->setAccessibleName(tr("Part of an action's name"));
    line_->setClearButtonEnabled(true);
    line_->setProperty("no_undo", true);
    list_->setAccessibleName(tr("Actions that fit"));
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setUniformItemSizes(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(line_);
    layout->addWidget(list_);
    line_->installEventFilter(this);
    connect(line_, &QLineEdit::textChanged, this, &CommandPalette::show_matches);
    connect(line_, &QLineEdit::returnPressed, this, &CommandPalette::run_current);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::run_current);
}

void CommandPalette::open(const QVector<PaletteEntry>& entries) {
    entries_ = entries;
    line_->clear();
    show_matches({});
    const QWidget* window = parentWidget();
    resize(std::min(560, window->width() - 80), std::min(420, window->height() - 120));
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, 64)));
    show();
    line_->setFocus();
}

void CommandPalette::show_matches(const QString& typed) {
    QVector<QPair<int, int>> order; // score, place
    for (int i = 0; i < entries_.size(); ++i)
        if (const int score = palette_score(typed, entries_[i].name); score >= 0)
            order.append({score, i});
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    list_->clear();
    for (const auto& [score, place] : order) {
        const PaletteEntry& entry = entries_[place];
        if (!entry.action)
            continue;
        const QString keys = entry.action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(
            keys.isEmpty() ? entry.name : QStringLiteral("%1   [%2]").arg(entry.name, keys), list_);
        item->setData(Qt::UserRole, place);
        item->setToolTip(entry.action->toolTip());
    }
    list_->setCurrentRow(0);
}

void CommandPalette::run_current() {
    const auto* item = list_->currentItem();
    const QPointer<QAction> action = item ? entries_[item->data(Qt::UserRole).toInt()].action : nullptr;
    hide();
    if (action)
        action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == line_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int rows = list_->count(), page = 8;
        const int step = key == Qt::Key_Down       ? 1
                         : key == Qt::Key_Up       ? -1
                         : key == Qt::Key_PageDown ? page
                         : key == Qt::Key_PageUp   ? -page
                                                   : 0;
        if (step != 0 && rows > 0) {
            list_->setCurrentRow(std::clamp(list_->currentRow() + step, 0, rows - 1));
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

QVector<PaletteEntry> palette_entries(const QWidget* window) {
    QVector<PaletteEntry> entries;
    QSet<QAction*> seen;
    if (const auto* main = qobject_cast<const QMainWindow*>(window))
        for (QAction* action : main->menuBar()->actions())
            if (action->menu())
                add_menu(action->menu(), bare(action->text()), entries, seen);
    for (QAction* action : window->findChildren<QAction*>()) {
        // Actions of pages and the rail; Qt's own and those of pop-up menus of one picture need their place.
        if (seen.contains(action) || action->isSeparator() || action->menu() || !action->isEnabled() ||
            bare(action->text()).isEmpty() || action->text().startsWith(u'&') ||
            qobject_cast<QMenu*>(action->parent()) || qobject_cast<QLineEdit*>(action->parent()))
            continue;
        seen.insert(action);
        const QString page =
            action->parent() ? action->parent()->property("accessibleName").toString() : QString();
        entries.append(
            {page.isEmpty() ? bare(action->text()) : page + QStringLiteral(": ") + bare(action->text()),
             action});
    }
    return entries;
}

} // namespace moequant
