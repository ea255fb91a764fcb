// A few alternatives as cards, one of them chosen: a title, a short fact at its right, and a few lines.
#pragma once
#include <QString>
#include <QVector>
#include <QWidget>

class QButtonGroup;
class QGridLayout;

namespace moequant {

struct Choice {
    QString key, title;
    QString fact;      ///< beside the title: "≈ 5.7 MiB"
    QStringList lines; ///< plain text
    QString obstacle;  ///< why it cannot be chosen; empty: it can
    bool operator==(const Choice&) const = default;
};

class ChoiceCards : public QWidget {
    Q_OBJECT
  public:
    explicit ChoiceCards(const QString& name, int columns, QWidget* parent = nullptr);
    /// Keeps what is chosen where it still can be; else chooses the first that can.
    void set_choices(const QVector<Choice>& choices);
    const QVector<Choice>& choices() const { return choices_; }
    QString chosen() const { return chosen_; } ///< key; empty: none
    void choose(const QString& key);

  Q_SIGNALS:
    void choice_changed(const QString& key);

  private:
    void rebuild();
    QVector<Choice> choices_;
    QString chosen_;
    QGridLayout* grid_;
    QButtonGroup* group_;
    int columns_;
};

} // namespace moequant
