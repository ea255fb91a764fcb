// A growing list of sentences, each with a number in front: what happened, layer by layer.
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <QVector>

namespace moequant {

class LineModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    /// Titles of the two columns.
    LineModel(const QString& number, const QString& text, QObject* parent = nullptr);
    /// `mark`: the line tells of something to look at.
    void append(int number, const QString& text, bool mark = false);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  private:
    struct Line {
        int number;
        QString text;
        bool mark;
    };
    QString number_, text_;
    QVector<Line> lines_;
};

} // namespace moequant
