// Ctrl+K: every action of the window by its name.
#pragma once
#include <QFrame>
#include <QPointer>
#include <QVector>

class QAction;
class QLineEdit;
class QListWidget;

namespace moequant {

struct PaletteEntry {
    QString name; ///< "View: Theme: Dark"
    QPointer<QAction> action;
};

/// How well `typed` fits `name`: its letters must come in this order; greater is better (starts of words,
/// runs of letters), -1 does not fit. Case does not count.
int palette_score(const QString& typed, const QString& name);

class CommandPalette : public QFrame {
    Q_OBJECT
  public:
    explicit CommandPalette(QWidget* window);
    /// Shows the entries over the window's top and takes the keyboard.
    void open(const QVector<PaletteEntry>& entries);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void show_matches(const QString& typed);
    void run_current();
    QVector<PaletteEntry> entries_;
    QLineEdit* line_;
    QListWidget* list_;
};

/// The enabled actions of the window's menus and pages, each once, with the menus they are in.
QVector<PaletteEntry> palette_entries(const QWidget* window);

} // namespace moequant
