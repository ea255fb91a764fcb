// The navigation rail: one button a page, each with a key.
#pragma once
#include <QToolBar>

#include <vector>

class QActionGroup;

namespace moequant {

class Rail : public QToolBar {
    Q_OBJECT
  public:
    explicit Rail(QWidget* parent = nullptr);
    /// `icon` names a drawing of icons.h; `digit` shows the page together with Ctrl.
    void add(const char* icon, const QString& name, const QString& tip, int digit);
    void set_current(int page);
    const std::vector<QAction*>& pages() const { return actions_; }

  Q_SIGNALS:
    void page_asked(int page);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void recolor();
    QActionGroup* group_;
    std::vector<QAction*> actions_;
    std::vector<const char*> icons_;
};

} // namespace moequant
