// The only progress bar: what is worked on, how far, how fast, how long still, and Stop.
#pragma once
#include <nlohmann/json.hpp>

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace moequant {

/// "2 min 10 s", "41 s", "3 h 5 min".
QString duration_text(double seconds);

class RunStrip : public QWidget {
    Q_OBJECT
  public:
    explicit RunStrip(QWidget* parent = nullptr);
    void show_idle(const QString& text);
    /// A job that was handed over; `waiting` more come after it.
    /// `stage` is the one that the title already says.
    void show_job(const QString& title, const QString& stage, int waiting, bool by_layer);
    /// The fields of a `progress` event.
    void show_progress(const nlohmann::json& progress);
    QString text() const;

  Q_SIGNALS:
    void stop_asked(bool after_layer);

  private:
    QLabel *what_, *rate_, *left_;
    QProgressBar* bar_;
    QToolButton* stop_;
    QAction* after_layer_;
    QString title_, stage_;
};

} // namespace moequant
