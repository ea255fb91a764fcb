// A plain verdict: a line each with its mark, what it is about, and one sentence.
#pragma once
#include "widgets/card.h"

#include <QVector>

class QGridLayout;

namespace moequant {

struct VerdictLine {
    enum class Tone { Good, Warning, Bad, Neutral };
    Tone tone = Tone::Neutral;
    QString subject, text;
    bool operator==(const VerdictLine&) const = default;
};

/// "✓ Memory: 210 MiB of 12 GiB"
QString plain_text(const QVector<VerdictLine>& lines);

class VerdictCard : public Card {
    Q_OBJECT
  public:
    explicit VerdictCard(const QString& title, QWidget* parent = nullptr);
    void set_lines(const QVector<VerdictLine>& lines);
    const QVector<VerdictLine>& lines() const { return lines_; }

  Q_SIGNALS:
    /// Something to tell in the page's message bar.
    void message(const QString& text, bool error);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void rebuild();
    QVector<VerdictLine> lines_;
    QWidget* inside_;
    QGridLayout* grid_;
};

} // namespace moequant
