// Undo and redo for every setting of the pages: number boxes, ticks, choices, sliders, lines of text.
#pragma once
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUndoStack>
#include <QVariant>

namespace moequant {

/// Watches the controls of pages and puts each change on a stack. Changes of one turn of the event loop (a
/// preset sets many controls) are one step; so is one control that is moved on and on (a slider, typing).
class SettingsUndo : public QObject {
    Q_OBJECT
  public:
    explicit SettingsUndo(QObject* parent = nullptr);
    QUndoStack& stack() { return stack_; }
    /// Takes up the controls under `page` that are not watched yet. A control with the dynamic property
    /// `no_undo`, or without an accessible name, is left out.
    void watch(QWidget* page);

  Q_SIGNALS:
    /// An undo or redo changes a control of this page.
    void page_changed(QWidget* page);

  private:
    Q_INVOKABLE void take_change(); ///< of the sender, a control
    struct Watched {
        QPointer<QWidget> page;
        QVariant value;
    };
    void push_changes();
    QUndoStack stack_;
    QHash<QWidget*, Watched> watched_;
    QVector<QPointer<QWidget>> changed_;
    QTimer soon_;
    bool applying_ = false;
    friend class SettingsChange;
};

} // namespace moequant
