// The last lines of a log, oldest first.
#pragma once
#include <QAbstractTableModel>
#include <QDateTime>
#include <QString>

#include <deque>

namespace moequant {

class LogModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Time, Severity, Text, Columns };
    static constexpr int most_lines = 5000; ///< older ones are dropped

    explicit LogModel(QObject* parent = nullptr);
    /// Shown with the next turn of the event loop, together with all others of this turn.
    void append(const QString& text, bool warning);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    struct Line {
        QDateTime time;
        QString text;
        bool warning = false;
    };
    void take_pending();
    std::deque<Line> lines_, pending_;
};

} // namespace moequant
