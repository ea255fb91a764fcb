#include "app/workbench/forms/settings_undo.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMetaProperty>
#include <QUndoCommand>

#include <algorithm>

namespace moequant {
namespace {

constexpr int moved_on_ms = 1500; ///< changes of one control that follow each other this fast are one step

/// A control, and one that follows it (the preset's name); more are a preset, which nothing is added to.
constexpr int most_merged = 2;

bool is_setting(const QWidget* widget) {
    if (widget->property("no_undo").toBool() || widget->accessibleName().isEmpty())
        return false;
    if (qobject_cast<const QLineEdit*>(widget)) // not the one inside a number box or a choice
        return !qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()) &&
               !qobject_cast<const QComboBox*>(widget->parentWidget());
    return qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QCheckBox*>(widget) ||
           qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSlider*>(widget);
}

QMetaProperty value_property(const QWidget* widget) {
    return widget->metaObject()->userProperty();
}

} // namespace

class SettingsChange : public QUndoCommand {
  public:
    struct Change {
        QPointer<QWidget> control;
        QPointer<QWidget> page;
        QVariant before, after;
    };
    SettingsChange(SettingsUndo& undo, const QVector<Change>& changes) : undo_(undo), changes_(changes) {
        setText(changes.size() == 1 ? changes[0].control->accessibleName()
                                    : SettingsUndo::tr("%n settings", nullptr, int(changes.size())));
        age_.start();
    }
    void undo() override { apply(false); }
    void redo() override {
        if (!first_)
            apply(true);
        first_ = false;
    }
    int id() const override { return changes_.size() <= most_merged ? 1 : -1; }
    bool mergeWith(const QUndoCommand* later) override {
        const auto& other = *static_cast<const SettingsChange*>(later);
        if (age_.elapsed() > moved_on_ms)
            return false;
        const auto mine = [this](const Change& change) {
            return std::find_if(changes_.begin(), changes_.end(),
                                [&](const Change& known) { return known.control == change.control; });
        };
        for (const Change& change : other.changes_)
            if (mine(change) == changes_.end())
                return false;
        for (const Change& change : other.changes_)
            mine(change)->after = change.after;
        age_.restart();
        return true;
    }

  private:
    void apply(bool forward) {
        undo_.applying_ = true;
        for (const Change& change : changes_)
            if (change.control) {
                value_property(change.control).write(change.control, forward ? change.after : change.before);
                undo_.watched_[change.control].value = value_property(change.control).read(change.control);
            }
        undo_.applying_ = false;
        if (changes_[0].page)
            Q_EMIT undo_.page_changed(changes_[0].page);
    }
    SettingsUndo& undo_;
    QVector<Change> changes_;
    QElapsedTimer age_;
    bool first_ = true;
};

SettingsUndo::SettingsUndo(QObject* parent) : QObject(parent) {
    stack_.setUndoLimit(200);
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &SettingsUndo::push_changes);
}

void SettingsUndo::watch(QWidget* page) {
    const QMetaMethod slot = metaObject()->method(metaObject()->indexOfMethod("take_change()"));
    for (QWidget* control : page->findChildren<QWidget*>()) {
        if (watched_.contains(control) || !is_setting(control) || !value_property(control).hasNotifySignal())
            continue;
        watched_[control] = {page, value_property(control).read(control)};
        connect(control, value_property(control).notifySignal(), this, slot);
        connect(control, &QObject::destroyed, this, [this, control] { watched_.remove(control); });
    }
}

void SettingsUndo::take_change() {
    auto* control = qobject_cast<QWidget*>(sender());
    if (!control || applying_)
        return;
    changed_.append(control);
    soon_.start();
}

void SettingsUndo::push_changes() {
    QVector<SettingsChange::Change> changes;
    for (const auto& control : changed_) {
        if (!control || !watched_.contains(control))
            continue;
        Watched& known = watched_[control];
        const QVariant now = value_property(control).read(control);
        if (now == known.value)
            continue;
        changes.append({control, known.page, known.value, now});
        known.value = now;
    }
    changed_.clear();
    if (!changes.isEmpty())
        stack_.push(new SettingsChange(*this, changes));
}

} // namespace moequant
